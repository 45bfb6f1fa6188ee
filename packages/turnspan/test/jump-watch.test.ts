import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock, type TrackerEvent, type UserRef } from '@turnspan/core';
import type { Journal } from '@turnspan/journal';
import { createSqliteJournal } from '@turnspan/store-sqlite';
import { setUpInvestigations } from '../src/investigations/investigations';
import { parseKept } from '../src/investigations/kept';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** Noon of a Monday. */
const NOW = Date.UTC(2026, 10, 23, 12);
const LINE = '106540352242922';
const OTHER = '222222222222222';
const MESSAGES = 400;

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

it.each([
  ['opt_out', optOut],
  ['negative_feedback', complain],
] as const)('a jump of %s is looked into once a day', async (kind, toEvent) => {
  const { look, observe, journal, counts } = await watch();
  for (let person = 0; person < 30; person += 1) observe(toEvent(person));
  await look();

  for (let person = 30; person < 40; person += 1) observe(toEvent(person));
  await look();

  const rows = await journal.investigations(10);
  expect(rows).toMatchObject([
    { id: `line.whatsapp.${LINE}.${kind}.2026-11-23`, trigger: kind, subject: LINE, to: '30' },
  ]);
  expect(rows.map(parseKept)).toMatchObject([{ trigger: { kind, line: LINE, observed: 30 } }]);
  expect(counts).toMatchObject({ [kind]: 1 });
});

it('names the step after which people left', async () => {
  const { look, observe, journal } = await watch();

  for (let person = 0; person < 30; person += 1) observe(optOut(person));
  await look();

  const [row] = await journal.investigations(1);
  expect(row && parseKept(row)).toMatchObject({
    suspect: { kind: 'node', flow: 'news', node: 'offer' },
    answer: { kind: 'found' },
  });
});

it('of two processes that see the same jump one keeps it', async () => {
  const one = await watch();
  const other = await watch(one.journal);
  for (let person = 0; person < 30; person += 1) one.observe(optOut(person));
  // The other one hears of a single person, and its journal is the same.
  other.observe(optOut(30), { isKnown: true });

  await one.look();
  await other.look();

  expect(await one.journal.investigations(10)).toHaveLength(1);
  expect((one.counts.opt_out ?? 0) + (other.counts.opt_out ?? 0)).toBe(1);
});

it('is looked into again on another day, and on another line', async () => {
  const { look, observe, journal, clock } = await watch();
  for (let person = 0; person < 30; person += 1) observe(optOut(person));
  await look();

  for (let person = 0; person < 30; person += 1) observe(optOut(person, { line: OTHER }));
  await look();
  clock.now += DAY;
  for (let person = 0; person < 60; person += 1) {
    observe(sent(`${person} tomorrow`, { at: clock.now }));
    observe(optOut(person, { at: clock.now }));
  }
  await look();

  const rows = await journal.investigations(10);
  expect(rows.map(({ id }) => id.replace('line.whatsapp.', ''))).toEqual([
    `${LINE}.opt_out.2026-11-24`,
    `${LINE}.opt_out.2026-11-23`,
    `${OTHER}.opt_out.2026-11-23`,
  ]);
});

it('reads nothing while nobody leaves, and once however many leave', async () => {
  const { observe, reads, timers, look } = await watch();
  observe(sent('more'));
  observe(optOut(0, { value: 'resume' }));
  const waiting = timers.size;
  const before = reads.count;

  for (let person = 0; person < 500; person += 1) observe(optOut(person));
  const waitingThen = timers.size;
  await look();

  // One read of the watch, and three of the investigation that follows from it.
  expect([waiting, waitingThen, reads.count - before]).toEqual([0, 1, 4]);
});

it('looks into nothing where as many leave as ever', async () => {
  const { look, observe, journal, counts } = await watch();

  for (let person = 0; person < 4; person += 1) observe(optOut(person));
  await look();

  expect(await journal.investigations(10)).toEqual([]);
  expect(counts).toMatchObject({ opt_out: 0, negative_feedback: 0 });
});

it('tells of a journal that cannot be read, and looks again later', async () => {
  const { look, observe, journal, errors, reads } = await watch();
  reads.fails = true;
  observe(optOut(0));
  await look();
  reads.fails = false;

  for (let person = 1; person < 30; person += 1) observe(optOut(person));
  await look();

  expect(errors).toEqual([new Error('gone')]);
  expect(await journal.investigations(10)).toHaveLength(1);
});

it('looks no more once it is closed', async () => {
  const { observe, investigating, timers } = await watch();
  observe(optOut(0));

  await investigating.close();
  observe(optOut(1, { line: OTHER }));

  expect(timers.size).toBe(0);
});

/** Investigations on a journal of four weeks, in which 4 of 400 people a day opt out and 4 complain. */
async function watch(known?: Journal) {
  const clock = { now: NOW };
  const journal = known ?? (await createJournal(clock));
  const reads = { count: 0, fails: false };
  let asking = 0;
  const ask = async <T>(question: () => Promise<T>) => {
    asking += 1;
    return await question().finally(() => {
      asking -= 1;
    });
  };
  const hours: Journal['hours'] = async (...query) => {
    reads.count += 1;
    if (reads.fails) throw new Error('gone');
    return await ask(() => journal.hours(...query));
  };
  const timers = new Set<() => void>();
  const counts: Record<string, number> = {};
  const errors: unknown[] = [];
  const investigating = setUpInvestigations(undefined, {
    journal: { hours, keepInvestigation: (row) => ask(() => journal.keepInvestigation(row)) },
    metrics: {
      investigated: (trigger, count) => {
        counts[trigger] = (counts[trigger] ?? 0) + count;
      },
    },
    now: () => clock.now,
    onError: (error) => errors.push(error),
    startTimer: (run) => {
      timers.add(run);
      return () => timers.delete(run);
    },
  });
  if (!investigating) throw new Error('There is a journal.');
  closing.push(() => investigating.close());
  const observe = (event: TrackerEvent, { isKnown = false } = {}) => {
    if (!isKnown) journal.observe(event);
    investigating.observe(event);
  };
  const look = async () => {
    for (const run of timers) run();
    timers.clear();
    // What follows an answer follows at once, or in the next turn of the loop.
    for (let idle = 0; idle < 5; idle = asking > 0 ? 0 : idle + 1) {
      await new Promise((resolve) => setImmediate(resolve));
    }
  };
  return { journal, clock, reads, timers, counts, errors, investigating, observe, look };
}

async function createJournal(clock: { readonly now: number }): Promise<Journal> {
  const folder = mkdtempSync(join(tmpdir(), 'turnspan-jumps-'));
  const journal = createSqliteJournal({
    file: join(folder, 'journal.db'),
    onError: (error) => {
      throw error;
    },
    clock: { ...systemClock, now: () => clock.now },
    maxQueued: 1e6,
  });
  closing.push(async () => {
    await journal.close();
    rmSync(folder, { recursive: true, force: true });
  });
  for (const line of [LINE, OTHER]) {
    for (let day = 28; day >= 0; day -= 1) tellDay(journal, line, NOW - day * DAY);
  }
  await journal.flush();
  return journal;
}

function tellDay(journal: Journal, line: string, at: number): void {
  for (let person = 0; person < MESSAGES; person += 1) {
    journal.observe(sent(`${at} ${person}`, { line, at: at - HOUR }));
  }
  if (at === NOW) return;
  for (let person = 0; person < 4; person += 1) {
    journal.observe(optOut(person, { line, at }));
    journal.observe(complain(person, { line, at }));
  }
}

interface Told {
  readonly line?: string;
  readonly at?: number;
  readonly value?: string;
}

const PLACE = { flow: 'news', node: 'offer' };

function sent(_key: string, { line = LINE, at = NOW }: Told = {}): TrackerEvent {
  const signal = { kind: 'delivery', channel: 'whatsapp', line, status: 'sent', at } as const;
  return { kind: 'delivery', at, signal, ...PLACE, seconds: 1 };
}

function complain(_person: number, { line = LINE, at = NOW }: Told = {}): TrackerEvent {
  const failure = { class: 'negative_feedback', code: '131048' } as const;
  const about = { kind: 'delivery', channel: 'whatsapp', line, at } as const;
  const signal = { ...about, status: 'failed', failure } as const;
  return { kind: 'delivery', at, signal, ...PLACE, seconds: undefined };
}

function optOut(
  person: number,
  { line = LINE, at = NOW, value = 'stop' }: Told = {},
): TrackerEvent {
  const user: UserRef = { channel: 'whatsapp', line, key: `${at} ${person}` };
  return { kind: 'preference_changed', at, user, value, place: PLACE };
}
