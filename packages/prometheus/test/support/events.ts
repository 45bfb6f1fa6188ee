import type {
  DeliverySignal,
  JourneyRef,
  Snapshot,
  TrackerEvent,
  TurnRef,
  UserRef,
  VisitRef,
  VisitSettled,
} from '@turnspan/core';

/** The beginning of time in the tests: 2026-01-05 09:00 UTC. */
export const T0: number = Date.UTC(2026, 0, 5, 9);

export const TRACE = { traceId: '4bf92f3577b34da6a3ce929d0e0e4736', spanId: '00f067aa0ba902b7' };

export const USER: UserRef = { channel: 'whatsapp', line: '15550001', key: 'u1' };

type EventOf<K extends TrackerEvent['kind']> = Extract<TrackerEvent, { readonly kind: K }>;

export function createTurn(overrides: Partial<TurnRef> = {}): TurnRef {
  return {
    id: 't1',
    user: USER,
    startedAt: T0,
    proactive: false,
    inputKind: 'text',
    messageKey: 'm1',
    session: { id: 's1' },
    trace: undefined,
    ...overrides,
  };
}

export function createJourney(overrides: Partial<JourneyRef> = {}): JourneyRef {
  return {
    id: 'j1',
    flow: 'order',
    version: 'v1',
    variant: '',
    exposures: [],
    entry: 'user',
    startedAt: T0,
    user: USER,
    sessionId: 's1',
    ...overrides,
  };
}

export function createVisit(overrides: Partial<VisitRef> = {}): VisitRef {
  return {
    journey: createJourney(),
    index: 1,
    node: 'size',
    kind: 'question',
    variant: overrides.journey?.variant ?? '',
    enteredAt: T0,
    askedAt: T0,
    ...overrides,
  };
}

export function settled(overrides: Partial<VisitSettled> = {}): VisitSettled {
  return {
    kind: 'visit_settled',
    at: T0,
    visit: createVisit(),
    turn: createTurn(),
    outcome: 'advanced',
    waitSeconds: undefined,
    processingSeconds: undefined,
    repliedAt: undefined,
    inputKind: undefined,
    match: undefined,
    openedBy: undefined,
    loopPeriod: undefined,
    ...overrides,
  };
}

export function entered(overrides: Partial<EventOf<'node_entered'>> = {}): TrackerEvent {
  return {
    kind: 'node_entered',
    at: T0,
    visit: createVisit(),
    turn: createTurn(),
    from: undefined,
    ...overrides,
  };
}

export function responded(overrides: Partial<EventOf<'responded'>> = {}): TrackerEvent {
  return {
    kind: 'responded',
    at: T0,
    turn: createTurn(),
    flow: 'order',
    responder: 'bot',
    first: false,
    seconds: 0.4,
    feltSeconds: undefined,
    ...overrides,
  };
}

export function delivery(
  signal: Partial<DeliverySignal>,
  overrides: Partial<EventOf<'delivery'>> = {},
): TrackerEvent {
  const { channel, line } = USER;
  return {
    kind: 'delivery',
    at: T0,
    signal: { kind: 'delivery', channel, line, status: 'sent', at: T0, ...signal },
    flow: undefined,
    node: undefined,
    seconds: undefined,
    ...overrides,
  };
}

export function declared(overrides: Partial<EventOf<'flow_declared'>> = {}): TrackerEvent {
  return {
    kind: 'flow_declared',
    at: T0,
    flow: 'order',
    version: 'v1',
    nodes: [
      { id: 'hello', kind: 'message' },
      { id: 'size', kind: 'question' },
    ],
    edges: [{ from: 'hello', to: 'size' }],
    dropAfterMs: 86_400_000,
    ...overrides,
  };
}

/** Nobody waits. */
export const QUIET: Snapshot = {
  waiting: [],
  unanswered: [],
  settledUntil: T0,
  sweepLagSeconds: 0,
};
