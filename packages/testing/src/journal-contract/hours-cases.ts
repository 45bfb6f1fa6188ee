import { deepEqual, rejects } from 'node:assert/strict';
import type { JourneyOutcome } from '@turnspan/core';
import { createJourney, createVisit, DAY, ended, HOUR, START, settled } from './events';
import type { ContractJournal, JournalCase, JournalStage } from './types';

const PERIOD = { since: START, until: START + 3 * DAY };

/** How sums and the visits of journeys are read. */
export const HOURS_CASES: readonly JournalCase[] = [
  ['reads the sums of a period, ordered by hour, with what is still queued', readsPeriod],
  ['reads the sums of a flow', readsFlow],
  ['adds hours up to longer steps, counted from the beginning of the period', readsSteps],
  ['adds up to weeks, whether they are whole or end early', readsWeeks],
  ['adds up over columns that make no difference', readsMerged],
  ['refuses columns that the table does not have', refusesColumns],
  ['reads more sums than fit in one page, each once', readsPages],
  ['refuses steps that are not made of hours, and times that are none', refusesSteps],
  ['says that sums are whole that are as old as the journal', isWhole],
  ['reads the visits of the journeys that ended last', readsVisits],
  ['reads the visits of journeys by how and where they ended', readsSomeVisits],
];

async function readsPeriod({ open }: JournalStage): Promise<void> {
  const journal = open();
  for (const hours of [30, 2, 0, 3, 1]) visit(journal, { at: START + hours * HOUR });

  const rows = await journal.hours('visit_hours', { since: START + 1, until: START + 30 * HOUR });

  deepEqual(hoursOf(rows), [1, 2, 3]);
}

async function readsFlow({ open }: JournalStage): Promise<void> {
  const journal = open();
  visit(journal, { flow: 'order' });
  visit(journal, { flow: 'help' });

  const rows = await journal.hours('wait_hours', { ...PERIOD, flow: 'help' });

  const [row] = rows as readonly Record<string, unknown>[];
  deepEqual([rows.length, row?.flow, row?.count], [1, 'help', 1]);
}

async function readsSteps({ open }: JournalStage): Promise<void> {
  const journal = open();
  for (const hours of [0, 6, 7, 30, 31]) visit(journal, { at: START + hours * HOUR });

  const since = START - 17 * HOUR;
  const rows = await journal.hours('visit_hours', { ...PERIOD, since, stepMs: DAY });

  const sums = (rows as readonly Record<string, number>[]).map((row) => [
    ((row.hour ?? 0) - since) / DAY,
    row.count,
    row.wait_seconds_sum,
  ]);
  deepEqual(sums, [
    [0, 2, 8],
    [1, 2, 8],
    [2, 1, 4],
  ]);
}

async function readsWeeks({ open }: JournalStage): Promise<void> {
  const journal = open();
  const days = [0, 6, 7, 13, 14, 20];
  for (const day of days) visit(journal, { at: START + day * DAY + 5 * HOUR });
  const countsOf = async (stepMs: number, until: number) =>
    toCounts(await journal.hours('visit_hours', { since: START, until, stepMs }));

  deepEqual(await countsOf(7 * DAY, START + 20 * DAY), [2, 2, 1]);
  deepEqual(await countsOf(30 * DAY + HOUR, START + 21 * DAY), [6]);
  deepEqual(await countsOf(150 * HOUR, START + 21 * DAY), [2, 1, 2, 1]);
}

async function readsMerged({ open }: JournalStage): Promise<void> {
  const journal = open();
  for (const node of ['size', 'crust']) {
    visit(journal, { node });
    visit(journal, { node, flow: 'help' });
    visit(journal, { node, flow: 'help', at: START + HOUR });
  }
  const merged = ['flow', 'version', 'node', 'line'];

  const hours = await journal.hours('visit_hours', { ...PERIOD, merged });
  const steps = { merged: ['node', 'flow', 'seconds'], stepMs: 3 * DAY };
  const waits = await journal.hours('wait_hours', { ...PERIOD, ...steps });

  const rest = { variant: '', channel: 'whatsapp', outcome: 'advanced', version: '', line: '' };
  const sums = (count: number) => ({
    ...{ count, wait_count: count, wait_seconds_sum: 4 * count },
    processing_seconds_sum: count / 4,
  });
  deepEqual(hours, [
    { hour: START, flow: '', node: '', ...rest, ...sums(4) },
    { hour: START + HOUR, flow: '', node: '', ...rest, ...sums(2) },
  ]);
  const wait = { ...{ end: 'replied', seconds: 0, count: 6 }, channel: 'whatsapp', line: 'line' };
  const place = { hour: START, flow: '', node: '', version: 'v1', variant: '' };
  deepEqual(waits, [{ ...place, ...wait }]);
}

async function refusesColumns({ open }: JournalStage): Promise<void> {
  const journal = open();

  for (const name of ['colour', 'hour', 'count']) {
    const query = { ...PERIOD, merged: [name] };
    await rejects(journal.hours('visit_hours', query), { code: 'OPTION_INVALID' });
  }
}

async function readsPages({ open }: JournalStage): Promise<void> {
  const journal = open();
  const hours = Array.from({ length: 300 }, (_, hour) => hour);
  for (const hour of hours) {
    for (const node of ['a', 'b', 'c', 'd']) visit(journal, { at: START + hour * HOUR, node });
    if (hour % 100 === 0) await journal.flush();
  }

  const rows = await journal.hours('visit_hours', { since: START, until: START + 1000 * HOUR });

  deepEqual(
    hoursOf(rows),
    hours.flatMap((hour) => [hour, hour, hour, hour]),
  );
}

async function refusesSteps({ open }: JournalStage): Promise<void> {
  const journal = open();

  for (const stepMs of [0, -HOUR, 1.5 * HOUR, Number.NaN]) {
    await rejects(journal.hours('visit_hours', { ...PERIOD, stepMs }), { code: 'OPTION_INVALID' });
  }
  const until = Number.NaN;
  await rejects(journal.hours('visit_hours', { ...PERIOD, until }), { code: 'OPTION_INVALID' });
}

async function isWhole({ open }: JournalStage): Promise<void> {
  const journal = open();
  await journal.flush();

  const since = [
    await journal.countedSince('visit_hours'),
    await journal.countedSince('loop_hours'),
  ];

  deepEqual(since, [0, 0]);
}

async function readsVisits({ open }: JournalStage): Promise<void> {
  const journal = open();
  for (const [hours, id] of ['a', 'b', 'c', 'd'].entries()) journey(journal, { id, hours });

  const query = { flow: 'order', since: START, until: START + 3 * HOUR, limit: 2 };
  const visits = await journal.visitsOf(query);

  deepEqual(namesOf(visits), ['c size', 'c crust', 'b size', 'b crust']);
}

async function readsSomeVisits({ open }: JournalStage): Promise<void> {
  const journal = open();
  journey(journal, { id: 'a', outcome: 'dropped' });
  journey(journal, { id: 'b', outcome: 'dropped', nodes: ['crust', 'size'] });
  journey(journal, { id: 'c', outcome: 'stopped' });
  journey(journal, { id: 'd', outcome: 'dropped', flow: 'help' });

  const query = { ...PERIOD, flow: 'order', limit: 10, outcome: 'dropped' } as const;
  const atCrust = await journal.visitsOf({ ...query, node: 'crust' });
  const anywhere = await journal.visitsOf(query);

  deepEqual(namesOf(atCrust), ['a size', 'a crust']);
  deepEqual(namesOf(anywhere), ['a size', 'a crust', 'b crust', 'b size']);
}

let visits = 0;

function visit(
  journal: ContractJournal,
  { at = START, flow = 'order', node = 'size' }: { at?: number; flow?: string; node?: string },
): void {
  visits += 1;
  const run = createJourney({ flow });
  const asked = { journey: run, index: visits, node, enteredAt: at, askedAt: at };
  journal.observe(settled({ at, visit: createVisit(asked) }));
}

interface Run {
  readonly id: string;
  readonly hours?: number;
  readonly flow?: string;
  readonly outcome?: JourneyOutcome;
  readonly nodes?: readonly string[];
}

function journey(
  journal: ContractJournal,
  { id, hours = 0, flow = 'order', outcome = 'completed', nodes = ['size', 'crust'] }: Run,
): void {
  const run = createJourney({ id, flow });
  const at = START + hours * HOUR;
  for (const [index, node] of nodes.entries()) {
    journal.observe(settled({ at, visit: createVisit({ journey: run, index, node }) }));
  }
  journal.observe(ended({ at, journey: run, outcome }));
}

function hoursOf(rows: readonly object[]): readonly number[] {
  return (rows as readonly { hour: number }[]).map(({ hour }) => (hour - START) / HOUR);
}

function toCounts(rows: readonly object[]): readonly number[] {
  return (rows as readonly { count: number }[]).map(({ count }) => count);
}

function namesOf(rows: readonly object[]): readonly string[] {
  return (rows as readonly Record<string, unknown>[]).map(
    ({ journey_id, node }) => `${journey_id} ${node}`,
  );
}
