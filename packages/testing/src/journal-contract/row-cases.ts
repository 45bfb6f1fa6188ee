import { deepEqual } from 'node:assert/strict';
import type { TrackerEvent } from '@turnspan/core';
import {
  CONFUSED,
  changed,
  createVisit,
  ended,
  HOUR,
  MINUTE,
  PREFERENCE,
  QUALITY_EVENT,
  RESPONDED,
  RETURNED,
  SHOWN,
  START,
  STARTED,
  settled,
} from './events';
import type { ContractRow, JournalCase, JournalStage } from './types';

const PERSON = { channel: 'whatsapp', line: 'line', user_key: 'user' };
const RUN = { flow: 'order', version: 'v1', variant: '', ...PERSON, session_id: 'session' };
const PLACE = { journey_id: 'journey', visit_index: 1, node: 'size', ...RUN };
const NAMES = { name: null, language: null, account: null };

/** What becomes of an event that is told. */
const KEPT: readonly (readonly [table: string, event: TrackerEvent, row: ContractRow])[] = [
  [
    'visits',
    settled(),
    {
      ...PLACE,
      at: START + 5000,
      kind: 'question',
      outcome: 'advanced',
      entered_at: START,
      asked_at: START + 100,
      wait_seconds: 4,
      processing_seconds: 0.25,
      input_kind: 'text',
      match: 'matched',
      loop_period: null,
    },
  ],
  ['returns', RETURNED, { ...PLACE, at: START + HOUR, entered_at: START, asked_at: START + 100 }],
  ['confusions', CONFUSED, { ...PLACE, at: START + 10, signal: 'no_match' }],
  ['journey_starts', STARTED, { journey_id: 'journey', at: START, ...RUN, entry: 'user' }],
  [
    'journeys',
    ended(),
    {
      journey_id: 'journey',
      at: START + MINUTE,
      ...RUN,
      outcome: 'completed',
      entry: 'user',
      started_at: START,
      seconds: 60,
      turns: 4,
    },
  ],
  [
    'responses',
    RESPONDED,
    {
      turn_id: 'turn',
      at: START + 400,
      channel: 'whatsapp',
      line: 'line',
      flow: 'order',
      responder: 'bot',
      first: 1,
      seconds: 0.4,
      felt_seconds: null,
    },
  ],
  [
    'exposures',
    SHOWN,
    {
      ...{ experiment: 'ask-size', salt: 'salt', ...PERSON, at: START + 50 },
      ...{ variant: 'split', other_variant: null, flow: 'order', journey_id: 'journey' },
      ...{ visit_index: 1, reason: 'store', counts: 1 },
    },
  ],
  [
    'preference_changes',
    PREFERENCE,
    { at: START + 900, ...PERSON, value: 'stop', flow: null, node: null },
  ],
  [
    'quality_events',
    QUALITY_EVENT,
    { at: START, kind: 'phone', subject: '1', ...NAMES, event: 'FLAGGED' },
  ],
  [
    'quality_changes',
    changed({ from: 'RED' }),
    {
      id: 1,
      kind: 'phone',
      subject: '1',
      attribute: 'rating',
      key: '',
      ...NAMES,
      name: 'Pizza',
      value: 'GREEN',
      at: START,
      observed_at: START,
      source: 'webhook',
      until: null,
      reason: null,
      previous: 'RED',
    },
  ],
];

/** What a message brings about, and brings about later when it comes again. */
const OF_A_MESSAGE = ['visits', 'returns', 'confusions', 'journey_starts', 'journeys', 'responses'];

/** Each thing that is told is there once. */
export const ROW_CASES: readonly JournalCase[] = [
  ...KEPT.map(
    ([table, event, row]): JournalCase => [
      `keeps ${table}, each once however often it is told`,
      (stage) => keepsOnce(stage, { table, event, row }),
    ],
  ),
  ...KEPT.filter(([table]) => OF_A_MESSAGE.includes(table)).map(
    ([table, event, row]): JournalCase => [
      `leaves ${table} as they were that a process which has ended had told`,
      (stage) => leavesAsTheyWere(stage, { table, event, row }),
    ],
  ),
  ['keeps what is told again and was never there', keepsWhatIsNew],
];

async function leavesAsTheyWere(
  { open, readRows }: JournalStage,
  { table, event, row }: { table: string; event: TrackerEvent; row: ContractRow },
): Promise<void> {
  const [ended, next] = [open(), open()];
  ended.observe(event);
  await ended.flush();

  next.observe({ ...event, at: event.at + MINUTE, again: true });
  await next.flush();

  deepEqual(await readRows(table), [row]);
}

async function keepsWhatIsNew({ open, readRows }: JournalStage): Promise<void> {
  const journal = open();
  journal.observe(settled());

  journal.observe({ ...settled({ visit: createVisit({ index: 2, node: 'crust' }) }), again: true });
  await journal.flush();

  const hours = await readRows('visit_hours');
  deepEqual(hours.map(({ node, count }) => `${node} ${count}`).sort(), ['crust 1', 'size 1']);
}

async function keepsOnce(
  { open, readRows }: JournalStage,
  { table, event, row }: { table: string; event: TrackerEvent; row: ContractRow },
): Promise<void> {
  const [journal, other] = [open(), open()];

  journal.observe(event);
  journal.observe(event);
  await journal.flush();
  journal.observe(event);
  await journal.flush();
  other.observe(event);
  await other.flush();

  deepEqual(await readRows(table), [row]);
}
