import { deepEqual, equal } from 'node:assert/strict';
import type { ExposureRef, JourneyRef, TrackerEvent } from '@turnspan/core';
import {
  createJourney,
  createVisit,
  DAY,
  ended,
  HOUR,
  MINUTE,
  PREFERENCE,
  SHOWN,
  START,
  STARTED,
  settled,
} from './events';
import type { ContractRow, JournalCase, JournalStage } from './types';

const QUERY = { experiment: 'ask-size', salt: 'salt' };
const BORN: readonly ExposureRef[] = [{ experiment: 'ask-size', variant: 'split', since: 1 }];

/** Who was shown which variant, and what came of it. */
export const EXPOSURE_CASES: readonly JournalCase[] = [
  ['keeps the variant that a user was shown first', keepsFirst],
  ['keeps what counts rather than what does not, told before or after it', keepsWhatCounts],
  ['keeps a user once for each salt', keepsEachSalt],
  ['notes another variant that a user was shown, in one batch or in several', notesOther],
  ['finds the journey that begins after its variant was shown', findsLaterJourney],
  ['leaves an exposure as it was that no journey bears', leavesWithoutJourney],
  ['keeps exposures as long as rows', keepsAsRows],
  ['counts the users who count, variant by variant', countsVariants],
  ['tells what came of those who were shown a variant', tellsOutcomes],
  ['counts a goal only from the exposure on', countsGoalsAfter],
  ['tells of a user who was shown several variants in each of them', tellsOfMixed],
  ['settles whom no journey began for, and leaves out whose journey is lost', settlesTheRest],
];

function shown(
  changes: Partial<typeof SHOWN.shown> = {},
  { user = 'user', journey = createJourney() }: Place = {},
): TrackerEvent {
  const turn = { ...SHOWN.turn, user: { ...SHOWN.turn.user, key: user } };
  return { ...SHOWN, turn, journey: journey ?? undefined, shown: { ...SHOWN.shown, ...changes } };
}

interface Place {
  readonly user?: string;
  /** Null if none has begun. */
  readonly journey?: JourneyRef | null | undefined;
}

async function tell({ open }: JournalStage, batches: readonly (readonly TrackerEvent[])[]) {
  const journal = open();
  for (const events of batches) {
    for (const event of events) journal.observe(event);
    await journal.flush();
  }
  return journal;
}

function pick(rows: readonly ContractRow[], ...columns: readonly string[]): readonly string[] {
  return rows.map((row) => columns.map((column) => String(row[column])).join(' ')).sort();
}

async function keepsFirst(stage: JournalStage): Promise<void> {
  const later = shown({ since: START + HOUR }, { journey: createJourney({ id: 'next' }) });

  await tell(stage, [[shown(), later], [later]]);
  await tell(stage, [[later]]);

  const rows = await stage.readRows('exposures');
  deepEqual(pick(rows, 'variant', 'at', 'journey_id'), [`split ${START + 50} journey`]);
}

async function keepsWhatCounts(stage: JournalStage): Promise<void> {
  const outside = { variant: 'one', reason: 'outside_ramp', counts: false };
  const events = (user: string) => [shown(outside, { user }), shown({}, { user })] as const;
  const [before, after] = events('before-in-one');
  const [early, late] = events('before');

  await tell(stage, [
    [before, after, early],
    [late, shown({}, { user: 'after' })],
    [shown(outside, { user: 'after' }), shown(outside, { user: 'never' })],
  ]);

  deepEqual(
    pick(await stage.readRows('exposures'), 'user_key', 'variant', 'reason', 'other_variant'),
    [
      'after split store null',
      'before split store null',
      'before-in-one split store null',
      'never one outside_ramp null',
    ],
  );
}

async function keepsEachSalt(stage: JournalStage): Promise<void> {
  await tell(stage, [[shown(), shown({ salt: 'second', variant: 'one' })]]);

  const rows = await stage.readRows('exposures');

  deepEqual(pick(rows, 'salt', 'variant'), ['salt split', 'second one']);
}

async function notesOther(stage: JournalStage): Promise<void> {
  const show = (variant: string, user: string) => shown({ variant }, { user });

  await tell(stage, [
    [show('split', 'a'), show('one', 'a'), show('three', 'a'), show('split', 'b')],
    [show('one', 'b')],
    [show('three', 'b'), show('split', 'b')],
  ]);

  deepEqual(pick(await stage.readRows('exposures'), 'user_key', 'variant', 'other_variant'), [
    'a split one',
    'b split one',
  ]);
}

async function findsLaterJourney(stage: JournalStage): Promise<void> {
  const begun = {
    ...STARTED,
    journey: createJourney({ exposures: BORN, variant: 'ask-size:split' }),
  };

  await tell(stage, [[shown({}, { journey: null })], [begun as TrackerEvent]]);

  deepEqual(pick(await stage.readRows('exposures'), 'journey_id'), ['journey']);
}

async function leavesWithoutJourney(stage: JournalStage): Promise<void> {
  await tell(stage, [[shown({}, { journey: null })], [STARTED]]);

  const rows = await stage.readRows('exposures');

  deepEqual(pick(rows, 'journey_id'), ['null']);
}

async function keepsAsRows(stage: JournalStage): Promise<void> {
  const journal = await tell(stage, [[shown({ since: START })]]);

  equal(await journal.prune(START + DAY), 0);
  equal(await journal.prune(START + DAY + 1), 1);
  deepEqual(await stage.readRows('exposures'), []);
}

async function countsVariants(stage: JournalStage): Promise<void> {
  const one = { variant: 'one', since: START + MINUTE };
  const journal = await tell(stage, [
    [shown(), shown(one, { user: 'b' }), shown({ ...one, since: START }, { user: 'c' })],
    [shown({ ...one, counts: false }, { user: 'd' }), shown({ salt: 'second' }, { user: 'e' })],
  ]);

  const variants = await journal.shownVariants();

  const split = { variant: 'split', users: 1, since: START + 50, until: START + 50 };
  deepEqual(variants, [
    { ...QUERY, variant: 'one', users: 2, since: START, until: START + MINUTE },
    { ...QUERY, ...split },
    { ...QUERY, ...split, salt: 'second' },
  ]);
}

async function tellsOutcomes(stage: JournalStage): Promise<void> {
  const [done, gone, going] = ['a', 'b', 'c'].map((key) =>
    createJourney({ id: key, user: { channel: 'whatsapp', line: 'line', key } }),
  );
  const visit = (journey = createJourney()) => createVisit({ journey, askedAt: START + 1000 });
  const journal = await tell(stage, [
    [shown({}, { user: 'a', journey: done }), shown({}, { user: 'b', journey: gone })],
    [shown({ variant: 'one' }, { user: 'c', journey: going })],
    [settled({ visit: visit(done), waitSeconds: 4 }), ended({ journey: done ?? createJourney() })],
    [settled({ at: START + HOUR, visit: visit(gone), waitSeconds: undefined })],
    [ended({ journey: gone ?? createJourney(), outcome: 'dropped' })],
    [{ ...PREFERENCE, user: { channel: 'whatsapp', line: 'line', key: 'b' } }],
  ]);

  const journeys = await journal.exposed(QUERY);

  const exposedAt = START + 50;
  const silent = { ms: HOUR - 1000, replied: false };
  const replied = { ms: 4000, replied: true };
  deepEqual(journeys, [
    {
      ...{ userKey: 'a', variant: 'split', exposedAt, settled: true, reached: true },
      ...{ outcome: 'completed', optedOut: false, wait: replied },
    },
    {
      ...{ userKey: 'b', variant: 'split', exposedAt, settled: true, reached: false },
      ...{ outcome: 'dropped', optedOut: true, wait: silent },
    },
    {
      ...{ userKey: 'c', variant: 'one', exposedAt, settled: false, reached: false },
      ...{ outcome: undefined, optedOut: false, wait: undefined },
    },
  ]);
}

async function countsGoalsAfter(stage: JournalStage): Promise<void> {
  const exposures = [{ experiment: 'ask-size', variant: 'split', since: 2 }];
  const journey = createJourney({ exposures });
  const at = (index: number, node: string) => createVisit({ journey, index, node });
  const journal = await tell(stage, [
    [shown({}, { journey }), settled({ visit: at(1, 'size') })],
    [settled({ visit: at(2, 'crust'), waitSeconds: undefined }), ended({ journey })],
  ]);
  const reaches = async (goal: string) => {
    const [first] = (await journal.exposed({ ...QUERY, goal })) as readonly ContractRow[];
    return first?.reached;
  };

  deepEqual([await reaches('completed'), await reaches('replied')], [true, false]);
  deepEqual([await reaches('size'), await reaches('crust')], [false, true]);
}

async function tellsOfMixed(stage: JournalStage): Promise<void> {
  const journal = await tell(stage, [[shown(), shown({ variant: 'one' })]]);

  const journeys = await journal.exposed(QUERY);

  deepEqual(pick(journeys as readonly ContractRow[], 'userKey', 'variant'), [
    'user one',
    'user split',
  ]);
}

async function settlesTheRest(stage: JournalStage): Promise<void> {
  const none = shown({ since: START }, { user: 'none', journey: null });
  const journal = await tell(stage, [[none, shown({ since: START }, { user: 'lost' })]]);
  const read = async () =>
    pick((await journal.exposed(QUERY)) as readonly ContractRow[], 'userKey', 'settled');

  const early = await read();
  await stage.pass(HOUR);
  const later = await read();
  await stage.pass(30 * DAY);
  const atLast = await read();

  deepEqual(early, ['lost false', 'none false']);
  deepEqual(later, ['lost false', 'none true']);
  deepEqual(atLast, ['none true']);
}
