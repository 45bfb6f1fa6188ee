import type { Snapshot, TrackerEvent } from '@turnspan/core';
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
  TRACE,
  USER,
} from './events';
import { fact, PHONE } from './facts';

const turn = createTurn({ trace: TRACE });
const journey = createJourney({ variant: 'short' });
const hello = createVisit({ journey, node: 'hello', kind: 'message', askedAt: undefined });
const size = createVisit({ journey, index: 2 });
const at = T0 + 1000;

/** Every kind of event at least once: an order, with all that can go wrong in one. */
export const SCRIPT: readonly TrackerEvent[] = [
  declared(),
  { kind: 'turn_started', at, turn },
  { kind: 'inbound_received', at, turn, delaySeconds: 0.8 },
  { kind: 'journey_started', at, journey, turn },
  entered({ at, visit: hello, turn }),
  shown('short', true),
  shown('long', false),
  settled({ at, visit: hello, turn, processingSeconds: 0.012 }),
  entered({ at, visit: size, turn, from: 'hello' }),
  { kind: 'message_sent', at, turn, visit: size, startedAt: at, messages: 2, error: undefined },
  { kind: 'node_asked', at, visit: size, turn },
  responded({ at, turn, first: true, seconds: 0.42, feltSeconds: 1.6 }),
  { kind: 'turn_ended', at, turn, error: undefined },
  delivery({ status: 'sent', category: 'service' }, { flow: 'order', node: 'size', seconds: 0.3 }),
  delivery({ status: 'delivered', category: 'service' }, { seconds: 1.4 }),
  delivery({ status: 'read' }, { flow: 'order', node: 'size', seconds: 62 }),
  delivery({ status: 'failed', failure: { class: 'frequency_cap', code: '131049' } }),
  delivery({ channel: 'web', line: 'shop', status: 'delivered' }, { seconds: 0.1 }),
  { kind: 'node_confused', at, visit: size, turn, signal: 'no_match' },
  { kind: 'node_looped', at, visit: size, turn, period: 1 },
  settled({ at: T0 + 20_000, visit: size, turn, outcome: 'repeated', waitSeconds: 19 }),
  entered({ at: T0 + 20_000, visit: { ...size, index: 3 }, turn, from: 'size' }),
  { kind: 'visit_stalled', at: T0 + 1_820_000, visit: size },
  settled({ at: T0 + 86_420_000, visit: size, turn: undefined, outcome: 'dropped' }),
  {
    kind: 'journey_ended',
    at: T0 + 86_420_000,
    journey,
    turn: undefined,
    outcome: 'dropped',
    seconds: 86_419,
    turns: 2,
  },
  { kind: 'node_returned', at: T0 + 90_000_000, visit: size, turn },
  responded({ at: T0 + 90_000_000, turn, flow: undefined, responder: 'agent', seconds: 75 }),
  declared({ at: T0 + 90_000_000, version: 'v2', dropAfterMs: 3_600_000 }),
  webhook('messages', 'applied'),
  webhook('messages', 'duplicate'),
  webhook('phone_number_quality_update', 'applied'),
  {
    kind: 'quality_event',
    at,
    signal: { kind: 'quality_event', subject: PHONE, event: 'FLAGGED', at },
  },
  { kind: 'quality_changed', at, change: { ...fact({ value: 'RED' }), from: 'GREEN' } },
  {
    kind: 'preference_changed',
    at,
    user: USER,
    value: 'stop',
    place: { flow: 'order', node: 'size' },
  },
  { kind: 'clock_skewed', at },
  { kind: 'error_contained', at, error: new Error('store') },
];

/** What is true at the end of the script. */
export const SCRIPT_SNAPSHOT: Snapshot = {
  waiting: [{ flow: 'order', node: 'size', waiting: 3, stalled: 1 }],
  unanswered: [
    { channel: 'whatsapp', line: '15550001', count: 2, oldestAt: T0 + 500 },
    { channel: 'web', line: 'shop', count: 0, oldestAt: undefined },
  ],
  settledUntil: T0 - 86_400_000,
  sweepLagSeconds: 0.25,
};

function webhook(field: string, result: 'applied' | 'duplicate'): TrackerEvent {
  return { kind: 'webhook', at, signal: { kind: 'webhook', field, result } };
}

function shown(variant: string, first: boolean): TrackerEvent {
  const run = { flow: 'order', salt: 'greeting', reason: 'store', counts: true, since: T0 };
  const shown = { experiment: 'greeting', variant, first, ...run };
  return { kind: 'variant_shown', at, turn, journey, shown };
}
