import { deepEqual } from 'node:assert/strict';
import type { TrackerEvent } from '@turnspan/core';
import {
  CONFUSED,
  createJourney,
  createVisit,
  DAY,
  delivered,
  ended,
  HOUR,
  MINUTE,
  PREFERENCE,
  RESPONDED,
  RETURNED,
  START,
  settled,
} from './events';
import type { ContractRow, JournalCase, JournalStage } from './types';

const LINE = { channel: 'whatsapp', line: 'line' };
const RUN = { hour: START, flow: 'order', version: 'v1', variant: '', ...LINE };
const SIZE = { ...RUN, node: 'size' };
const MESSAGE = { ...LINE, template: '', count: 1 };
const LATER = { at: START + HOUR };

/** A question that was passed. */
function passed(index: number, node: string, overrides: Partial<typeof VISIT> = {}): TrackerEvent {
  return { ...VISIT, visit: createVisit({ index, node }), ...overrides };
}

const VISIT = settled();
const LOOP: readonly TrackerEvent[] = [
  passed(1, 'size'),
  passed(2, 'crust', { outcome: 'jumped' }),
  passed(3, 'size', { outcome: 'jumped', loopPeriod: 2 }),
];
const DELIVERY = delivered();
const REFUSED: TrackerEvent = {
  ...DELIVERY,
  flow: undefined,
  node: undefined,
  signal: {
    ...DELIVERY.signal,
    status: 'failed',
    failure: { class: 'negative_feedback', code: '131048' },
  },
};

interface Counting {
  readonly name: string;
  readonly table: string;
  readonly told: readonly TrackerEvent[];
  readonly rows: readonly ContractRow[];
  /** Whether it counts what has no name of its own, so that it counts what is told again. */
  readonly isNameless?: true;
}

const COUNTINGS: readonly Counting[] = [
  {
    name: 'counts replies by how long they took',
    table: 'wait_hours',
    told: [VISIT, passed(2, 'size', { waitSeconds: 3.5 }), passed(3, 'size', { waitSeconds: 4.1 })],
    rows: [
      { ...SIZE, end: 'replied', seconds: 4, count: 2 },
      { ...SIZE, end: 'replied', seconds: 5, count: 1 },
    ],
  },
  {
    name: 'counts for how long those had waited who did not reply, and leaves out who was not asked',
    table: 'wait_hours',
    told: [
      passed(1, 'size', {
        at: START + DAY,
        visit: createVisit({ askedAt: START + 2000 }),
        outcome: 'dropped',
        waitSeconds: undefined,
      }),
      passed(2, 'size', { outcome: 'switched', waitSeconds: undefined }),
      settled({ visit: createVisit({ index: 3, askedAt: undefined }), waitSeconds: undefined }),
    ],
    rows: [
      { ...SIZE, end: 'other', seconds: 5, count: 1 },
      { ...SIZE, hour: START + DAY, end: 'dropped', seconds: DAY / 1000, count: 1 },
    ],
  },
  {
    name: 'counts signals by the hour in which they were told',
    table: 'signal_hours',
    told: [...LOOP, CONFUSED, { ...CONFUSED, at: START + 20 }, RETURNED],
    rows: [
      { ...SIZE, signal: 'loop', count: 1 },
      { ...SIZE, signal: 'no_match', count: 2 },
      { ...SIZE, hour: START + HOUR, signal: 'return', count: 1 },
    ],
  },
  {
    name: 'counts the steps of a journey that has ended',
    table: 'transition_hours',
    told: [...LOOP, ended()],
    rows: [
      { ...RUN, from: '', to: 'size', outcome: '', count: 1 },
      { ...RUN, from: 'crust', to: 'size', outcome: '', count: 1 },
      { ...RUN, from: 'size', to: '', outcome: 'completed', count: 1 },
      { ...RUN, from: 'size', to: 'crust', outcome: '', count: 1 },
    ],
  },
  {
    name: 'counts a journey that had no visit',
    table: 'transition_hours',
    told: [ended({ outcome: 'not_engaged' })],
    rows: [{ ...RUN, from: '', to: '', outcome: 'not_engaged', count: 1 }],
  },
  {
    name: 'counts no step of a journey that goes on',
    table: 'transition_hours',
    told: LOOP,
    rows: [],
  },
  {
    name: 'counts a journey once at each node that it had passed',
    table: 'node_journey_hours',
    told: [...LOOP, { ...CONFUSED, visit: createVisit({ index: 2, node: 'crust' }) }, ended(LATER)],
    rows: [
      { ...toLater({ node: 'crust' }), outcome: 'completed', last: 0, confused: 1, count: 1 },
      { ...toLater({ node: 'size' }), outcome: 'completed', last: 1, confused: 0, count: 1 },
    ],
  },
  {
    name: 'counts a circle under one name, wherever it was entered, and once for each journey',
    table: 'loop_hours',
    told: [
      ...LOOP,
      passed(4, 'crust', { outcome: 'jumped', loopPeriod: 2 }),
      ended({ outcome: 'dropped' }),
    ],
    rows: [{ ...RUN, cycle: '["crust","size"]', outcome: 'dropped', count: 1 }],
  },
  {
    name: 'counts responses by how long they took',
    table: 'response_hours',
    told: [
      RESPONDED,
      { ...RESPONDED, at: START + 500, seconds: 0.375 },
      { ...RESPONDED, at: START + 600, flow: undefined, first: false, seconds: 2 },
    ],
    rows: [
      { hour: START, ...LINE, flow: '', responder: 'bot', first: 0, ...sumOf(2, 1, 2) },
      { hour: START, ...LINE, flow: 'order', responder: 'bot', first: 1, ...sumOf(0.4, 2, 0.775) },
    ],
  },
  {
    name: 'counts opt-outs where the last message came from, and no other change of mind',
    table: 'message_hours',
    told: [
      { ...PREFERENCE, place: { flow: 'order', node: 'size' } },
      { ...PREFERENCE, at: START + MINUTE, value: 'resume' },
    ],
    rows: [{ hour: START, ...MESSAGE, flow: 'order', node: 'size', event: 'opted_out' }],
  },
  {
    name: 'counts what became of messages, and what people thought of them',
    table: 'message_hours',
    told: [delivered(), REFUSED],
    rows: [
      { hour: START, ...MESSAGE, flow: '', node: '', event: 'failed' },
      { hour: START, ...MESSAGE, flow: '', node: '', event: 'negative_feedback' },
      { hour: START, ...MESSAGE, flow: 'order', node: 'size', event: 'sent' },
    ],
    isNameless: true,
  },
];

/** What is added up besides visits and journeys, and how all sums are read. */
export const ROLL_UP_CASES: readonly JournalCase[] = [
  ...COUNTINGS.map(
    (counting): JournalCase => [counting.name, (stage) => countsOnce(stage, counting)],
  ),
  ['finds the visits of a journey that other processes had written', findsVisits],
];

async function countsOnce({ open, readRows }: JournalStage, counting: Counting): Promise<void> {
  const { table, told, rows, isNameless } = counting;
  const [journal, other] = [open(), open()];

  for (const event of told) journal.observe(event);
  await journal.flush();
  for (const again of isNameless ? [] : [journal, other]) {
    for (const event of told.toReversed()) again.observe(event);
    await again.flush();
  }

  deepEqual(sort(await readRows(table)), sort(rows));
}

async function findsVisits({ open, readRows }: JournalStage): Promise<void> {
  const [first, second] = [open(), open()];

  first.observe(passed(1, 'size'));
  await first.flush();
  second.observe(passed(2, 'crust'));
  await second.flush();
  first.observe(ended());
  first.observe(ended({ journey: createJourney({ id: 'other' }) }));
  await first.flush();

  const steps = (await readRows('transition_hours')).map(({ from, to }) => `${from}>${to}`);
  deepEqual(steps.sort(), ['>', '>size', 'crust>', 'size>crust']);
}

function toLater(row: { readonly node: string }): ContractRow {
  return { ...RUN, ...row, hour: START + HOUR };
}

function sumOf(seconds: number, count: number, seconds_sum: number): ContractRow {
  return { seconds, count, seconds_sum };
}

function sort(rows: readonly ContractRow[]): readonly ContractRow[] {
  const toText = (row: ContractRow) => JSON.stringify(Object.entries(row).sort());
  return [...rows].sort((one, other) => (toText(one) < toText(other) ? -1 : 1));
}
