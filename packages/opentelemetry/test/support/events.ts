import type {
  JourneyRef,
  TraceRef,
  TrackerEvent,
  TurnRef,
  VisitOutcome,
  VisitRef,
  VisitSettled,
} from '@turnspan/core';

/** The tracker's event of one kind. */
export type EventOf<Kind extends TrackerEvent['kind']> = Extract<
  TrackerEvent,
  { readonly kind: Kind }
>;

/** A Monday morning, with a fraction of a millisecond that a double can hold. */
export const MONDAY: number = Date.UTC(2026, 0, 5, 9) + 0.25;

const USER = { channel: 'whatsapp', line: '15550001', key: 'u-5f2c' } as const;

/** A turn of one user; say only what matters. */
export function turnOf(given: Partial<TurnRef> = {}): TurnRef {
  return {
    id: 'turn-1',
    user: USER,
    startedAt: MONDAY,
    proactive: false,
    inputKind: 'text',
    messageKey: 'm-91aa',
    session: { id: 'session-1' },
    trace: undefined,
    ...given,
  };
}

/** A visit of the node `ask_email` in the flow `signup`; say only what matters. */
export function visitOf({
  journey,
  ...given
}: Partial<Omit<VisitRef, 'journey'>> & { readonly journey?: Partial<JourneyRef> } = {}): VisitRef {
  return {
    journey: {
      id: 'journey-1',
      flow: 'signup',
      version: 'v-7d1',
      variant: '',
      exposures: [],
      entry: 'user',
      startedAt: MONDAY,
      user: USER,
      sessionId: 'session-1',
      ...journey,
    },
    index: 1,
    node: 'ask_email',
    kind: 'question',
    variant: journey?.variant ?? '',
    enteredAt: MONDAY,
    askedAt: undefined,
    ...given,
  };
}

export function turnStarted(turn: TurnRef, at: number = turn.startedAt): TrackerEvent {
  return { kind: 'turn_started', at, turn };
}

/** WhatsApp rates a number otherwise than before. */
export function numberRated(line: string, value: string): TrackerEvent {
  const subject = { kind: 'phone', id: line } as const;
  const times = { at: MONDAY, observedAt: MONDAY };
  const change = { subject, attribute: 'rating', value, source: 'poll', from: undefined } as const;
  return { kind: 'quality_changed', at: MONDAY, change: { ...change, ...times } };
}

export function turnEnded(turn: TurnRef, at: number, error?: string): TrackerEvent {
  return { kind: 'turn_ended', at, turn, error };
}

export function nodeEntered(turn: TurnRef, visit: VisitRef, at: number): TrackerEvent {
  return { kind: 'node_entered', at, turn, visit, from: undefined };
}

export function nodeAsked(turn: TurnRef, visit: VisitRef, at: number): TrackerEvent {
  return { kind: 'node_asked', at, turn, visit };
}

/** One call that took 30 ms. */
export function messageSent(
  turn: TurnRef,
  at: number,
  given: Partial<EventOf<'message_sent'>> = {},
): TrackerEvent {
  return {
    kind: 'message_sent',
    at,
    turn,
    visit: undefined,
    startedAt: at - 30,
    messages: 1,
    error: undefined,
    ...given,
  };
}

export function visitSettled(
  visit: VisitRef,
  outcome: VisitOutcome,
  given: Partial<VisitSettled> = {},
): VisitSettled {
  return {
    kind: 'visit_settled',
    at: MONDAY,
    visit,
    turn: undefined,
    outcome,
    waitSeconds: undefined,
    processingSeconds: undefined,
    repliedAt: undefined,
    inputKind: undefined,
    match: undefined,
    openedBy: undefined,
    loopPeriod: undefined,
    ...given,
  };
}

/** A greeting and a question in one turn, the answer a minute later in the next. */
export interface Signup {
  readonly asking: TurnRef;
  readonly answering: TurnRef;
  readonly question: VisitRef;
}

/** Plays the two turns into an observer, which sets the traces of the turns. */
export function playSignup(observe: (event: TrackerEvent) => void, session = 'session-1'): Signup {
  const asking = turnOf({ id: `${session}/1`, session: { id: session } });
  const question = ask(observe, asking);
  const answering = turnOf({
    id: `${session}/2`,
    session: { id: session },
    startedAt: MONDAY + 60_000,
  });
  answer(observe, { asking, answering, question });
  return { asking, answering, question };
}

/** Opens a session, greets and asks; gives the question as the tracker knows it afterwards. */
function ask(observe: (event: TrackerEvent) => void, turn: TurnRef): VisitRef {
  const journey = { id: `journey of ${turn.session.id}`, sessionId: turn.session.id };
  const greeting = visitOf({ journey, node: 'hello', kind: 'message' });
  const question = visitOf({ journey, index: 2 });
  observe(turnStarted(turn));
  observe(nodeEntered(turn, greeting, MONDAY + 10));
  observe(messageSent(turn, MONDAY + 50, { visit: greeting }));
  observe(visitSettled(greeting, 'advanced', { turn, at: MONDAY + 60 }));
  observe(nodeEntered(turn, question, MONDAY + 60));
  observe(messageSent(turn, MONDAY + 100, { visit: question }));
  observe(nodeAsked(turn, question, MONDAY + 100));
  observe(turnEnded(turn, MONDAY + 110));
  return { ...question, askedAt: MONDAY + 100 };
}

function answer(observe: (event: TrackerEvent) => void, { asking, answering, question }: Signup) {
  const repliedAt = answering.startedAt;
  const farewell = visitOf({ journey: question.journey, index: 3, node: 'bye', kind: 'message' });
  observe(turnStarted(answering));
  observe(
    visitSettled(question, 'advanced', {
      at: repliedAt + 40,
      turn: answering,
      repliedAt,
      waitSeconds: 59.9,
      inputKind: 'text',
      match: 'matched',
      openedBy: asking.trace,
    }),
  );
  observe(nodeEntered(answering, farewell, repliedAt + 40));
  observe(messageSent(answering, repliedAt + 90, { visit: farewell }));
  observe(visitSettled(farewell, 'completed', { turn: answering, at: repliedAt + 95 }));
  observe(turnEnded(answering, repliedAt + 100));
}

/** A span of another process. */
export const ELSEWHERE: TraceRef = {
  traceId: '0af7651916cd43dd8448eb211c80319c',
  spanId: 'b7ad6b7169203331',
};
