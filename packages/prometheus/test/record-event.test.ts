import type { TrackerEvent } from '@turnspan/core';
import {
  createJourney,
  createTurn,
  createVisit,
  declared,
  delivery,
  entered,
  responded,
  settled,
  T0,
  USER,
} from './support/events';
import { fact, PHONE } from './support/facts';
import { countedBy, observeAll, samplesOf } from './support/scrape';

const journey = createJourney();
const visit = createVisit();
const turn = createTurn();
const at = T0;
const JOURNEY = 'flow="order",channel="whatsapp",line="15550001"';
const NODE = 'flow="order",node="size"';
const ENDPOINT = 'channel="whatsapp",line="15550001"';

const CASES: readonly (readonly [string, TrackerEvent, readonly string[]])[] = [
  [
    'journey_started',
    { kind: 'journey_started', at, journey, turn },
    [`conversation_journeys_started_total{${JOURNEY},entry="user"} 1`],
  ],
  [
    'journey_started of a variant',
    { kind: 'journey_started', at, journey: createJourney({ variant: 'b' }), turn },
    [
      'conversation_journeys_started_total{flow="order",variant="b",channel="whatsapp",line="15550001",entry="user"} 1',
    ],
  ],
  [
    'journey_ended',
    { kind: 'journey_ended', at, journey, turn, outcome: 'completed', seconds: 12, turns: 3 },
    [
      `conversation_journeys_ended_total{${JOURNEY},outcome="completed"} 1`,
      'conversation_journey_seconds_sum{flow="order",outcome="completed"} 12',
      'conversation_journey_seconds_count{flow="order",outcome="completed"} 1',
      'conversation_journey_turns_sum{flow="order",outcome="completed"} 3',
      'conversation_journey_turns_count{flow="order",outcome="completed"} 1',
    ],
  ],
  ['node_entered', entered(), [`conversation_node_entries_total{${NODE}} 1`]],
  [
    'node_entered from another node',
    entered({ from: 'hello' }),
    [
      `conversation_node_entries_total{${NODE}} 1`,
      'conversation_transitions_total{flow="order",from="hello",to="size"} 1',
    ],
  ],
  [
    'visit_settled',
    settled({ outcome: 'dropped' }),
    [`conversation_node_exits_total{${NODE},outcome="dropped"} 1`],
  ],
  [
    'visit_settled with both times',
    settled({ waitSeconds: 7, processingSeconds: 0.02 }),
    [
      `conversation_node_exits_total{${NODE},outcome="advanced"} 1`,
      `conversation_node_processing_seconds_sum{${NODE}} 0.02`,
      `conversation_node_processing_seconds_count{${NODE}} 1`,
      `conversation_reply_wait_seconds_sum{${NODE}} 7`,
      `conversation_reply_wait_seconds_count{${NODE}} 1`,
    ],
  ],
  [
    'visit_stalled',
    { kind: 'visit_stalled', at, visit },
    [`conversation_node_stalls_total{${NODE}} 1`],
  ],
  [
    'node_returned',
    { kind: 'node_returned', at, visit, turn },
    [`conversation_node_returns_total{${NODE}} 1`],
  ],
  [
    'node_confused',
    { kind: 'node_confused', at, visit, turn, signal: 'help' },
    [`conversation_node_confusions_total{${NODE},signal="help"} 1`],
  ],
  [
    'node_looped',
    { kind: 'node_looped', at, visit, turn, period: 2 },
    [`conversation_node_loops_total{${NODE},period="2"} 1`],
  ],
  ['inbound_received without a delay', inbound(undefined), []],
  [
    'inbound_received',
    inbound(1.5),
    [
      `conversation_inbound_delay_seconds_sum{${ENDPOINT}} 1.5`,
      `conversation_inbound_delay_seconds_count{${ENDPOINT}} 1`,
    ],
  ],
  [
    'responded',
    responded(),
    [
      `conversation_response_seconds_sum{${JOURNEY},responder="bot"} 0.4`,
      `conversation_response_seconds_count{${JOURNEY},responder="bot"} 1`,
    ],
  ],
  [
    'responded for the first time, outside of every flow',
    responded({ first: true, flow: undefined, feltSeconds: 2 }),
    [
      `conversation_first_response_seconds_sum{flow="__none__",${ENDPOINT},responder="bot"} 0.4`,
      `conversation_first_response_seconds_count{flow="__none__",${ENDPOINT},responder="bot"} 1`,
      `conversation_response_seconds_sum{flow="__none__",${ENDPOINT},responder="bot"} 0.4`,
      `conversation_response_seconds_count{flow="__none__",${ENDPOINT},responder="bot"} 1`,
      `conversation_felt_response_seconds_sum{${ENDPOINT}} 2`,
      `conversation_felt_response_seconds_count{${ENDPOINT}} 1`,
    ],
  ],
  [
    'delivery of a WhatsApp message of a node',
    delivery({ status: 'read', category: 'utility' }, { flow: 'order', node: 'size', seconds: 9 }),
    [
      `conversation_delivery_seconds_sum{${ENDPOINT},stage="read"} 9`,
      `conversation_delivery_seconds_count{${ENDPOINT},stage="read"} 1`,
      `conversation_node_messages_total{${NODE},status="read"} 1`,
      'whatsapp_messages_total{line="15550001",category="utility",status="read"} 1',
    ],
  ],
  [
    'delivery that failed',
    delivery({ status: 'failed', failure: { class: 'billing', code: '131042' } }, { seconds: 1 }),
    [
      'whatsapp_messages_total{line="15550001",category="unknown",status="failed"} 1',
      'whatsapp_message_failures_total{line="15550001",class="billing",code="131042"} 1',
    ],
  ],
  [
    'delivery that failed for no reason given',
    delivery({ status: 'failed', category: '' }),
    [
      'whatsapp_messages_total{line="15550001",category="unknown",status="failed"} 1',
      'whatsapp_message_failures_total{line="15550001",class="other",code="unknown"} 1',
    ],
  ],
  ['delivery on another channel', delivery({ channel: 'web' }), []],
  [
    'webhook',
    { kind: 'webhook', at, signal: { kind: 'webhook', field: 'messages', result: 'stale' } },
    ['whatsapp_webhook_events_total{field="messages",result="stale"} 1'],
  ],
  [
    'quality_event',
    {
      kind: 'quality_event',
      at,
      signal: { kind: 'quality_event', subject: PHONE, event: 'FLAGGED', at },
    },
    ['whatsapp_quality_events_total{kind="phone",event="flagged"} 1'],
  ],
  ['quality_changed', { kind: 'quality_changed', at, change: { ...fact(), from: undefined } }, []],
  [
    'preference_changed to stop',
    preference({ place: { flow: 'order', node: 'size' } }),
    ['whatsapp_opt_outs_total{line="15550001",flow="order",node="size"} 1'],
  ],
  [
    'preference_changed to stop without a place',
    preference({}),
    ['whatsapp_opt_outs_total{line="15550001",flow="__none__",node="__none__"} 1'],
  ],
  ['preference_changed to resume', preference({ value: 'resume' }), []],
  ['preference_changed on another channel', preference({ user: { ...USER, channel: 'web' } }), []],
  ['clock_skewed', { kind: 'clock_skewed', at }, ['turnspan_clock_skews_total 1']],
  [
    'error_contained',
    { kind: 'error_contained', at, error: 'x' },
    ['turnspan_contained_errors_total 1'],
  ],
  ['turn_started', { kind: 'turn_started', at, turn }, []],
  ['turn_ended', { kind: 'turn_ended', at, turn, error: undefined }, []],
  ['node_asked', { kind: 'node_asked', at, visit, turn }, []],
];

describe('recordEvent', () => {
  it.each(CASES)('counts %s', async (_, event, expected) => {
    const counted = await countedBy([event]);

    expect(counted).toEqual(expected);
  });

  it.each([
    ['nothing for what is no number', Number.NaN, []],
    ['nothing for what is endless', Number.POSITIVE_INFINITY, []],
    [
      'zero for what is negative',
      -3,
      [
        `conversation_inbound_delay_seconds_sum{${ENDPOINT}} 0`,
        `conversation_inbound_delay_seconds_count{${ENDPOINT}} 1`,
      ],
    ],
  ])('measures %s', async (_, delaySeconds, expected) => {
    const registry = observeAll([inbound(delaySeconds)]);

    const samples = await samplesOf(registry, 'conversation_inbound_delay_seconds');

    expect(samples.filter((line) => !line.includes('_bucket'))).toEqual(expected);
  });

  it('counts each observation in its bucket and in all above it', async () => {
    const registry = observeAll([inbound(0.1), inbound(0.2), inbound(9_999)]);

    const buckets = await samplesOf(registry, 'conversation_inbound_delay_seconds_bucket');

    expect(buckets).toHaveLength(15);
    expect(buckets[0]).toBe(`conversation_inbound_delay_seconds_bucket{le="0.1",${ENDPOINT}} 1`);
    expect(buckets[1]).toContain('le="0.25"');
    expect(buckets.map((line) => line.split(' ')[1])).toEqual(['1', ...Array(13).fill('2'), '3']);
  });
});

describe('a declared flow', () => {
  it('starts the series of its nodes and edges at 0', async () => {
    const samples = await samplesOf(observeAll([declared()]));

    const zeros = samples.filter((line) => / 0$/.test(line) && line.includes('flow='));
    expect(zeros.filter((line) => !line.includes('_exits_'))).toEqual([
      'conversation_node_entries_total{flow="order",node="hello"} 0',
      `conversation_node_entries_total{${NODE}} 0`,
      `conversation_node_stalls_total{${NODE}} 0`,
      `conversation_node_returns_total{${NODE}} 0`,
      'conversation_transitions_total{flow="order",from="hello",to="size"} 0',
      `conversation_waiting{${NODE}} 0`,
      `conversation_stalled{${NODE}} 0`,
    ]);
    const outcomes = zeros.flatMap(
      (line) => /node="(.*?)",outcome="(.*?)"/.exec(line)?.slice(1) ?? [],
    );
    expect(outcomes.join(' ')).toBe(
      'hello advanced hello completed hello failed size advanced size repeated size jumped' +
        ' size completed size stopped size dropped size undelivered size failed',
    );
  });

  it('tells its version and when it counts silence as a drop', async () => {
    const counted = await countedBy([declared(), declared({ at: at + 5000 })]);

    expect(counted).toEqual([
      'conversation_drop_after_seconds{flow="order"} 86400',
      'conversation_flow_info{flow="order",version="v1"} 1',
    ]);
  });

  it('tells when it changed, and only of the version that runs', async () => {
    const counted = await countedBy([
      declared(),
      declared({ version: 'v2', at: at + 5000 }),
      declared({ version: 'v3', at: at + 9000 }),
    ]);

    expect(counted).toEqual([
      'conversation_drop_after_seconds{flow="order"} 86400',
      'conversation_flow_info{flow="order",version="v3"} 1',
      `conversation_flow_changed_timestamp_seconds{flow="order",version="v3"} ${T0 / 1000 + 9}`,
    ]);
  });
});

function preference(
  overrides: Partial<Extract<TrackerEvent, { readonly kind: 'preference_changed' }>>,
): TrackerEvent {
  return {
    kind: 'preference_changed',
    at,
    user: USER,
    value: 'stop',
    place: undefined,
    ...overrides,
  };
}

function inbound(delaySeconds: number | undefined): TrackerEvent {
  return { kind: 'inbound_received', at, turn: createTurn({ user: USER }), delaySeconds };
}
