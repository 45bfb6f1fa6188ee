import type {
  JourneyRef,
  QualityChange,
  QualityFact,
  TrackerEvent,
  TurnRef,
  VisitRef,
  VisitSettled,
} from '@turnspan/core';

type EventOf<K extends TrackerEvent['kind']> = Extract<TrackerEvent, { readonly kind: K }>;

/** When the contract begins: at the beginning of an hour. */
export const START: number = Date.UTC(2026, 0, 5, 9);
export const MINUTE = 60_000;
export const HOUR: number = 60 * MINUTE;
export const DAY: number = 24 * HOUR;

const USER = { channel: 'whatsapp', line: 'line', key: 'user' };

/** A run through a flow. */
export function createJourney(overrides: Partial<JourneyRef> = {}): JourneyRef {
  return {
    id: 'journey',
    flow: 'order',
    version: 'v1',
    variant: '',
    exposures: [],
    entry: 'user',
    startedAt: START,
    user: USER,
    sessionId: 'session',
    ...overrides,
  };
}

/** A passage through a node. */
export function createVisit(overrides: Partial<VisitRef> = {}): VisitRef {
  return {
    journey: createJourney(),
    index: 1,
    node: 'size',
    kind: 'question',
    variant: overrides.journey?.variant ?? '',
    enteredAt: START,
    askedAt: START + 100.4,
    ...overrides,
  };
}

/** A visit that was answered after four seconds. */
export function settled(overrides: Partial<VisitSettled> = {}): VisitSettled {
  return {
    kind: 'visit_settled',
    at: START + 5000.3,
    visit: createVisit(),
    turn: undefined,
    outcome: 'advanced',
    waitSeconds: 4,
    processingSeconds: 0.25,
    repliedAt: START + 5000,
    inputKind: 'text',
    match: 'matched',
    openedBy: undefined,
    loopPeriod: undefined,
    ...overrides,
  };
}

/** A journey that ended after a minute. */
export function ended(overrides: Partial<EventOf<'journey_ended'>> = {}): TrackerEvent {
  return {
    kind: 'journey_ended',
    at: START + MINUTE,
    journey: createJourney(),
    turn: undefined,
    outcome: 'completed',
    seconds: 60,
    turns: 4,
    ...overrides,
  };
}

/** A message that was handed to the channel. */
export function delivered(at: number = START): EventOf<'delivery'> {
  const { channel, line } = USER;
  const signal = { kind: 'delivery', channel, line, status: 'sent', at } as const;
  return { kind: 'delivery', at, signal, flow: 'order', node: 'size', seconds: undefined };
}

/** A rating of a phone number. */
export function createFact(overrides: Partial<QualityFact> = {}): QualityFact {
  const at = overrides.at ?? START;
  return {
    subject: { kind: 'phone', id: '1', name: 'Pizza' },
    attribute: 'rating',
    value: 'GREEN',
    observedAt: at,
    source: 'webhook',
    ...overrides,
    at,
  };
}

/** A rating that is new. */
export function changed(overrides: Partial<QualityChange> = {}): TrackerEvent {
  const change = { ...createFact(overrides), from: overrides.from };
  return { kind: 'quality_changed', at: change.at, change };
}

const TURN: TurnRef = {
  id: 'turn',
  user: USER,
  startedAt: START,
  proactive: false,
  inputKind: 'text',
  messageKey: undefined,
  session: { id: 'session' },
  trace: undefined,
};

/** A journey that has begun. */
export const STARTED: TrackerEvent = {
  kind: 'journey_started',
  at: START,
  journey: createJourney(),
  turn: TURN,
};
/** An answer to a question whose visit had been dropped. */
export const RETURNED: EventOf<'node_returned'> = {
  kind: 'node_returned',
  at: START + HOUR,
  visit: createVisit(),
  turn: TURN,
};
/** An answer that was not understood. */
export const CONFUSED: EventOf<'node_confused'> = {
  kind: 'node_confused',
  at: START + 10,
  visit: createVisit(),
  turn: TURN,
  signal: 'no_match',
};
/** The first answer of the bot. */
export const RESPONDED: EventOf<'responded'> = {
  kind: 'responded',
  at: START + 400,
  turn: TURN,
  flow: 'order',
  responder: 'bot',
  first: true,
  seconds: 0.4,
  feltSeconds: undefined,
};
/** A user who is shown a variant of an experiment. */
export const SHOWN: EventOf<'variant_shown'> = {
  kind: 'variant_shown',
  at: START + 50,
  turn: TURN,
  journey: createJourney(),
  shown: {
    ...{ experiment: 'ask-size', variant: 'split', flow: 'order', salt: 'salt' },
    ...{ reason: 'store', counts: true, first: true, since: START + 49.6 },
  },
};
/** A person who wants no more messages. */
export const PREFERENCE: EventOf<'preference_changed'> = {
  kind: 'preference_changed',
  at: START + 900,
  user: USER,
  value: 'stop',
  place: undefined,
};
/** Something that the channel said about the business. */
export const QUALITY_EVENT: TrackerEvent = {
  kind: 'quality_event',
  at: START,
  signal: {
    kind: 'quality_event',
    subject: { kind: 'phone', id: '1' },
    event: 'FLAGGED',
    at: START,
  },
};
