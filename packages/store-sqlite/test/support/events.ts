import type {
  DeliverySignal,
  JourneyRef,
  QualityChange,
  QualityFact,
  TrackerEvent,
  TurnRef,
  UserRef,
  VisitRef,
  VisitSettled,
} from '@turnspan/core';

/** The beginning of time in the tests: 2026-01-05 09:00 UTC. */
export const T0: number = Date.UTC(2026, 0, 5, 9);
export const MINUTE = 60_000;
export const HOUR: number = 60 * MINUTE;
export const DAY: number = 24 * HOUR;

export const USER: UserRef = { channel: 'whatsapp', line: '15550001', key: 'u1' };

type EventOf<K extends TrackerEvent['kind']> = Extract<TrackerEvent, { readonly kind: K }>;

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
    askedAt: T0 + 100.4,
    ...overrides,
  };
}

export function settled(overrides: Partial<VisitSettled> = {}): VisitSettled {
  return {
    kind: 'visit_settled',
    at: T0 + 5000.3,
    visit: createVisit(),
    turn: undefined,
    outcome: 'advanced',
    waitSeconds: 4.9,
    processingSeconds: 0.25,
    repliedAt: T0 + 5000,
    inputKind: 'text',
    match: 'matched',
    openedBy: undefined,
    loopPeriod: undefined,
    ...overrides,
  };
}

export function ended(overrides: Partial<EventOf<'journey_ended'>> = {}): TrackerEvent {
  return {
    kind: 'journey_ended',
    at: T0 + 60_000,
    journey: createJourney(),
    turn: undefined,
    outcome: 'completed',
    seconds: 60,
    turns: 4,
    ...overrides,
  };
}

export function createTurn(): TurnRef {
  return {
    id: 't1',
    user: USER,
    startedAt: T0,
    proactive: false,
    inputKind: 'text',
    messageKey: 'm1',
    session: { id: 's1' },
    trace: undefined,
  };
}

export function responded(overrides: Partial<EventOf<'responded'>> = {}): TrackerEvent {
  return {
    kind: 'responded',
    at: T0 + 400,
    turn: createTurn(),
    flow: 'order',
    responder: 'bot',
    first: true,
    seconds: 0.4,
    feltSeconds: 1.6,
    ...overrides,
  };
}

export function delivery(
  signal: Partial<DeliverySignal> = {},
  overrides: Partial<EventOf<'delivery'>> = {},
): TrackerEvent {
  const { channel, line } = USER;
  return {
    kind: 'delivery',
    at: T0 + 700,
    signal: { kind: 'delivery', channel, line, status: 'sent', at: T0, ...signal },
    flow: undefined,
    node: undefined,
    seconds: undefined,
    ...overrides,
  };
}

export function preference(value = 'stop'): TrackerEvent {
  const place = { flow: 'order', node: 'size' };
  return { kind: 'preference_changed', at: T0 + 900, user: USER, value, place };
}

export function qualityEvent(event = 'FLAGGED'): TrackerEvent {
  const subject = { kind: 'phone', id: '15550001' } as const;
  const signal = { kind: 'quality_event', subject, event, at: T0 } as const;
  return { kind: 'quality_event', at: T0, signal };
}

export function createFact(overrides: Partial<QualityFact> = {}): QualityFact {
  const at = overrides.at ?? T0;
  return {
    subject: { kind: 'phone', id: '15550001', name: 'Pizza' },
    attribute: 'rating',
    value: 'GREEN',
    observedAt: at,
    source: 'webhook',
    ...overrides,
    at,
  };
}

export function changed(overrides: Partial<QualityChange> = {}): TrackerEvent {
  const change = { ...createFact(overrides), from: overrides.from };
  return { kind: 'quality_changed', at: change.at, change };
}
