import type { JourneyRef, TrackerEvent, TurnRef } from '@turnspan/core';
import { collectCohort, judgeExperiment, parseDeclaration } from '@turnspan/experiments';
import { createSqliteJournal } from '@turnspan/store-sqlite';

const T0 = Date.UTC(2026, 0, 5);
const HOUR = 3_600_000;
const DECLARATION = parseDeclaration('ask-size', { variants: ['one', 'split'], flow: 'order' });

/** A user who is shown a variant in every hour; of the second one more journeys are completed. */
function tellOf(index: number): readonly TrackerEvent[] {
  const at = T0 + index * (HOUR / 4);
  const variant = index % 2 === 0 ? 'one' : 'split';
  const user = { channel: 'whatsapp', line: 'line', key: `user-${index}` };
  const exposures = [{ experiment: 'ask-size', variant, since: 1 }];
  const journey: JourneyRef = {
    ...{ id: `journey-${index}`, flow: 'order', version: 'v1', exposures, entry: 'user' },
    ...{ variant: `ask-size:${variant}`, startedAt: at, user, sessionId: `session-${index}` },
  };
  const shown = {
    ...{ experiment: 'ask-size', salt: 'ask-size', variant, flow: 'order' },
    ...{ reason: 'hash', counts: true, first: true, since: at },
  };
  const turn = { id: `turn-${index}`, user } as TurnRef;
  const isDone = index % 10 < (variant === 'one' ? 4 : 8);
  const end = { at: at + HOUR, journey, turn: undefined, seconds: 60, turns: 2 };
  return [
    { kind: 'variant_shown', at, turn, journey, shown },
    { kind: 'journey_ended', ...end, outcome: isDone ? 'completed' : 'dropped' },
  ];
}

it('judges an experiment by what the journal tells of its users', async () => {
  const errors: unknown[] = [];
  const onError = (error: unknown) => errors.push(error);
  const journal = createSqliteJournal({ file: ':memory:', onError });
  for (const index of Array(1000).keys()) tellOf(index).forEach(journal.observe);
  const [{ experiment = '', salt = '' } = {}] = await journal.shownVariants();

  const cohort = collectCohort(await journal.exposed({ experiment, salt }), DECLARATION);
  const verdict = judgeExperiment(cohort, DECLARATION);

  expect(cohort.arms).toEqual([
    { variant: 'one', weight: 1, exposed: 500, users: 500, reached: 200 },
    { variant: 'split', weight: 1, exposed: 500, users: 500, reached: 400 },
  ]);
  expect(verdict).toMatchObject({ kind: 'ship', variant: 'split' });
  expect(errors).toEqual([]);
  await journal.close();
});
