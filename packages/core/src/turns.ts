import type { Receipt } from './channel';
import { judgePlea } from './confusion';
import { emitIn, secondsBetween, type TrackerContext } from './context';
import type { Journey, Visit } from './journey';
import { type Pseudonymize, toPublicLine } from './privacy';
import type { Response } from './sessions';
import { placeKey } from './signals';
import { Turn } from './turn';
import type { Visits } from './visits';
import type { InputKind, Timestamp } from './vocabulary';
import { keepPositions } from './waiting';

/** An inbound message, or the moment the bot speaks first. Nothing of it is kept but hashes. */
export interface TurnInput {
  readonly channel: string;
  /** The business endpoint written to. */
  readonly line: string;
  /** The channel's own id of the person. */
  readonly userId: string;
  /** The channel's own id of the message. */
  readonly messageId?: string | undefined;
  /** What came; left out when the bot speaks first. */
  readonly inputKind?: InputKind | undefined;
  readonly text?: string | undefined;
  /** When the message came, if the channel adapter knows it better than we do now. */
  readonly receipt?: Receipt | undefined;
}

/** A call to the channel that has not come back yet. */
export interface Sending {
  readonly startedAt: Timestamp;
  readonly visit: Visit | undefined;
  /** What to send along, so that statuses find their way back to the node; written when it is asked for. */
  readonly tag: string | undefined;
}

/** What became of a {@link Sending}. */
export interface SendResult {
  /** How many real messages it had: typing and the like are none. */
  readonly messages: number;
  /** What the channel refused them with. */
  readonly error?: unknown;
  /** Journeys below the one that asks, outermost first. */
  readonly parents: readonly Journey[];
}

/** Begins and ends turns, and measures how long people wait for an answer in them. */
export class Turns {
  readonly #context: TrackerContext;
  readonly #visits: Visits;
  readonly #pseudonymize: Pseudonymize;
  readonly #timeoutMs: number;
  readonly #open = new Set<Turn>();

  constructor(
    context: TrackerContext,
    visits: Visits,
    options: { readonly pseudonymize: Pseudonymize; readonly timeoutMs: number },
  ) {
    this.#context = context;
    this.#visits = visits;
    this.#pseudonymize = options.pseudonymize;
    this.#timeoutMs = options.timeoutMs;
  }

  /** How many turns have not ended. */
  get open(): number {
    return this.#open.size;
  }

  /** A turn begins. */
  start(input: TurnInput): Turn {
    const turn = this.#create(input);
    this.#open.add(turn);
    const at = turn.startedAt;
    this.#context.emitter.emit({ kind: 'turn_started', at, turn });
    if (!turn.botSpeaksFirst) this.#receive(turn, input.receipt);
    return turn;
  }

  /** A turn is over; `error` is what the bot threw. */
  end(turn: Turn, error?: unknown): void {
    if (turn.ended) return;
    turn.ended = true;
    this.#open.delete(turn);
    this.#keepWaiting(turn);
    keepPositions(turn);
    const ended = { kind: 'turn_ended', at: turn.now(), turn, error: nameOf(error) } as const;
    emitIn(this.#context, turn, ended);
  }

  /** Ends turns whose bot never came back. */
  expire(now: Timestamp): void {
    for (const turn of this.#open) {
      if (now - turn.startedAt >= this.#timeoutMs) this.end(turn);
    }
  }

  /** The bot hands messages to the channel. */
  send(turn: Turn): Sending {
    const startedAt = turn.now();
    const visit = turn.current;
    if (!visit) return { startedAt, visit, tag: undefined };
    const { tags, clock } = this.#context;
    const { node, journey } = visit;
    const claimId = turn.asking === visit ? visit.claimId : '';
    const from = { flow: journey.flow, node, claimId, sentAt: clock.now() };
    return {
      startedAt,
      visit,
      get tag() {
        return tags.encode(from);
      },
    };
  }

  /** The channel took the messages, or refused them with an error. */
  sent(turn: Turn, { startedAt, visit }: Sending, result: SendResult): void {
    const at = turn.now();
    const { messages, parents } = result;
    const error = nameOf(result.error);
    emitIn(this.#context, turn, {
      kind: 'message_sent',
      at,
      turn,
      visit,
      startedAt,
      messages,
      error,
    });
    if (error !== undefined) this.#refused(turn, visit, at);
    else if (messages > 0) this.#accepted(turn, visit, parents);
  }

  #create(input: TurnInput): Turn {
    const { channel, userId, receipt, inputKind, text = '', messageId } = input;
    const { clock, createId, sessions, settings } = this.#context;
    const key = this.#pseudonymize(channel, userId);
    const kept = receipt?.kept === true && messageId !== undefined;
    // Of a message that is kept the hash is the turn's name, so that it cannot fail later on.
    const known = kept ? this.#pseudonymize('message', messageId) : undefined;
    const hashMessage = () =>
      known ?? (messageId === undefined ? undefined : this.#pseudonymize('message', messageId));
    const user = { channel, line: toPublicLine(input.line, this.#pseudonymize), key };
    const startedAt = clock.now();
    const start = {
      id: known ?? createId(),
      user,
      startedAt,
      proactive: inputKind === undefined,
      inputKind,
      hashMessage,
      kept,
      again: kept && receipt.again === true,
      createId,
      inputHash:
        text === '' ? '' : this.#pseudonymize('input', text.trim().toLowerCase()).slice(0, 4),
      plea: settings.plea(text),
      session: sessions.touch(user, receipt?.receivedAt ?? startedAt),
    };
    return new Turn(start, clock);
  }

  #receive(turn: Turn, known: Receipt | undefined): void {
    const { clock, sessions } = this.#context;
    const receipt = known ?? { receivedAt: turn.startedAt, receivedTick: clock.tick() };
    sessions.received(turn.user, turn.state, receipt);
    const { sentAt, receivedAt } = receipt;
    const delaySeconds =
      sentAt === undefined ? undefined : secondsBetween(this.#context, sentAt, receivedAt);
    emitIn(this.#context, turn, { kind: 'inbound_received', at: receivedAt, turn, delaySeconds });
  }

  #respond(turn: Turn, visit: Visit | undefined): void {
    const tick = this.#context.clock.tick();
    const response = this.#context.sessions.sent(turn.user, turn.state, tick);
    if (!response) return;
    const at = this.#context.clock.now();
    const { receipt, first, responder } = response;
    emitIn(this.#context, turn, {
      kind: 'responded',
      at,
      turn,
      flow: visit?.journey.flow,
      responder,
      first,
      seconds: Math.max(0, tick - receipt.receivedTick) / 1000,
      feltSeconds: this.#feltSeconds(response, at),
    });
  }

  #feltSeconds({ receipt: { sentAt } }: Response, at: Timestamp): number | undefined {
    return sentAt === undefined ? undefined : secondsBetween(this.#context, sentAt, at);
  }

  #accepted(turn: Turn, visit: Visit | undefined, parents: readonly Journey[]): void {
    this.#respond(turn, visit);
    if (!visit) return;
    const { journey, node } = visit;
    this.#context.lastPlaces.set(placeKey(turn.user), { flow: journey.flow, node });
    if (turn.asking !== visit) return;
    turn.asking = undefined;
    if (visit.journey.visit === visit) this.#visits.ask(turn, visit, parents);
  }

  /** A question that the channel refused never reached anybody. */
  #refused(turn: Turn, visit: Visit | undefined, at: Timestamp): void {
    turn.asking = undefined;
    if (!visit || visit.askedAt !== undefined || visit.journey.visit !== visit) return;
    turn.undelivered = true;
    this.#visits.settle(turn, visit.journey, { outcome: 'undelivered', at });
  }

  /** The user said something that was no answer: the question goes on waiting. */
  #keepWaiting(turn: Turn): void {
    const { owed } = turn;
    if (!owed?.waiting || owed.journey.visit !== owed) return;
    judgePlea(this.#context, turn, owed);
    // A visit stalls once: if it has, or was about to be found out, that stays.
    if (owed.stallAt > turn.startedAt) {
      this.#visits.setDeadlines(owed, turn.startedAt, turn.startedAt);
    }
    this.#visits.await(turn, owed, turn.resumed.slice(0, -1));
  }
}

function nameOf(error: unknown): string | undefined {
  if (error === undefined) return undefined;
  return error instanceof Error ? error.name : typeof error;
}
