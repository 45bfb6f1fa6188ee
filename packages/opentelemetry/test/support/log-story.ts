import type { QualityChange, TrackerEvent, TurnRef, VisitRef } from '@turnspan/core';
import {
  ELSEWHERE,
  type EventOf,
  MONDAY,
  messageSent,
  nodeAsked,
  nodeEntered,
  turnEnded,
  turnOf,
  turnStarted,
  visitOf,
  visitSettled,
} from './events';

/** A span that a turn of the story has. */
export const TURN_SPAN = {
  traceId: '4bf92f3577b34da6a3ce929d0e0e4736',
  spanId: '00f067aa0ba902b7',
} as const;

const DAY = 86_400_000;
const LINE = { channel: 'whatsapp', line: '15550001' } as const;

const SHOWN = {
  experiment: 'greeting',
  variant: 'B',
  flow: 'signup',
  salt: 'greeting-2',
  reason: 'store',
  counts: true,
  first: true,
  since: MONDAY,
} as const;

/** Everything that can be told, once at least: a signup that fails in every way, and what WhatsApp says of the business. */
export function tellStory(): readonly TrackerEvent[] {
  const turn = turnOf({ trace: { ...TURN_SPAN } });
  const question = visitOf({ index: 2, askedAt: MONDAY + 100, journey: { variant: 'B' } });
  return [
    ...greet(turn, question),
    ...stumble(turn, question),
    ...leave(turn, question),
    ...rate(),
  ];
}

function greet(turn: TurnRef, question: VisitRef): readonly TrackerEvent[] {
  const { journey } = question;
  const greeting = visitOf({ node: 'hello', kind: 'message', journey: { variant: 'B' } });
  return [
    turnStarted(turn),
    { kind: 'inbound_received', at: MONDAY, turn, delaySeconds: 1.5 },
    { kind: 'journey_started', at: MONDAY + 5, journey, turn },
    nodeEntered(turn, greeting, MONDAY + 10),
    { kind: 'variant_shown', at: MONDAY + 20, turn, journey, shown: SHOWN },
    messageSent(turn, MONDAY + 50, { visit: greeting }),
    respond(turn, { flow: 'signup', feltSeconds: 1.55 }),
    visitSettled(greeting, 'advanced', { turn, at: MONDAY + 60, processingSeconds: 0.05 }),
    nodeAsked(turn, question, MONDAY + 100),
    turnEnded(turn, MONDAY + 110),
    deliver({ status: 'read', category: 'service' }, { node: 'ask_email', seconds: 2 }),
  ];
}

function stumble(turn: TurnRef, visit: VisitRef): readonly TrackerEvent[] {
  return [
    { kind: 'node_confused', at: MONDAY + 200, visit, turn, signal: 'no_match' },
    visitSettled(visit, 'repeated', {
      turn: { ...turn, trace: undefined },
      at: MONDAY + 210,
      waitSeconds: 0.1,
      processingSeconds: 0.01,
      repliedAt: MONDAY + 200,
      inputKind: 'text',
      match: 'unmatched',
      openedBy: ELSEWHERE,
      loopPeriod: 1,
    }),
    { kind: 'node_looped', at: MONDAY + 220, visit, turn, period: 1 },
    respond(turn, { responder: 'agent', first: false, flow: undefined }),
    { kind: 'visit_stalled', at: MONDAY + 1000, visit },
  ];
}

function leave(turn: TurnRef, visit: VisitRef): readonly TrackerEvent[] {
  const { journey } = visit;
  const failure = { class: 'unreachable', code: '131026' } as const;
  const ended = { kind: 'journey_ended', journey, seconds: 86_400, turns: 3 } as const;
  return [
    visitSettled(visit, 'dropped', { at: MONDAY + DAY, openedBy: ELSEWHERE }),
    { ...ended, at: MONDAY + DAY, turn: undefined, outcome: 'dropped' },
    { kind: 'node_returned', at: MONDAY + 2 * DAY, visit, turn },
    visitSettled(visit, 'failed', { turn, at: MONDAY + 2 * DAY + 1 }),
    { ...ended, at: MONDAY + 2 * DAY + 1, turn, outcome: 'failed' },
    { kind: 'error_contained', at: MONDAY, error: new Error('ana@example.com') },
    { kind: 'clock_skewed', at: MONDAY },
    deliver({ status: 'failed', failure }, { seconds: undefined }),
    visitSettled(visit, 'undelivered', { at: MONDAY + 3 * DAY }),
    { ...ended, at: MONDAY + 3 * DAY, turn: undefined, outcome: 'undelivered' },
    prefer({ flow: 'signup', node: 'ask_email' }),
    prefer(undefined),
  ];
}

/** The business's own names are those of people at times, and its reasons are free text. */
function rate(): readonly TrackerEvent[] {
  const phone = { kind: 'phone', id: '15550001', name: 'Ana Ruiz', accountId: '900' } as const;
  const template = { kind: 'template', id: '77', name: 'spring_sale', language: 'en_US' } as const;
  const account = { kind: 'account', id: '900' } as const;
  return [
    change({ subject: phone, attribute: 'rating', value: 'YELLOW', from: 'GREEN' }),
    change({ subject: template, attribute: 'status', value: 'PAUSED', reason: 'Ana said so' }),
    change({ subject: account, attribute: 'restriction', key: 'RESTRICTED', value: 'ON' }),
    {
      kind: 'quality_event',
      at: MONDAY + 4 * DAY,
      signal: { kind: 'quality_event', subject: phone, event: 'FLAGGED', at: MONDAY + 4 * DAY },
    },
    {
      kind: 'webhook',
      at: MONDAY,
      signal: { kind: 'webhook', field: 'messages', result: 'applied' },
    },
  ];
}

function respond(turn: TurnRef, given: Partial<EventOf<'responded'>>): TrackerEvent {
  const measured = { first: true, seconds: 0.05, feltSeconds: undefined } as const;
  const answer = { kind: 'responded', flow: undefined, responder: 'bot', ...measured } as const;
  return { ...answer, at: MONDAY + 50, turn, ...given };
}

function deliver(
  signal: Omit<EventOf<'delivery'>['signal'], 'kind' | 'channel' | 'line' | 'at'>,
  given: Partial<EventOf<'delivery'>>,
): TrackerEvent {
  const at = MONDAY + 150;
  const place = { flow: 'signup', node: undefined, seconds: undefined };
  return {
    kind: 'delivery',
    at,
    signal: { kind: 'delivery', ...LINE, tag: 'secret tag', at, ...signal },
    ...place,
    ...given,
  };
}

function prefer(place: EventOf<'preference_changed'>['place']): TrackerEvent {
  const user = { ...LINE, key: 'u-5f2c' };
  return { kind: 'preference_changed', at: MONDAY + 3 * DAY, user, value: 'stop', place };
}

function change(
  given: Pick<QualityChange, 'subject' | 'attribute' | 'value'> & Partial<QualityChange>,
): TrackerEvent {
  const at = MONDAY + 4 * DAY;
  const known = { at, observedAt: at, source: 'webhook', from: undefined } as const;
  return { kind: 'quality_changed', at, change: { ...known, ...given } };
}
