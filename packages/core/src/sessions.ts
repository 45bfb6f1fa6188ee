import type { Receipt } from './channel';
import type { SessionRef, UserRef } from './refs';
import type { Snapshot } from './snapshot';
import type { Responder, Timestamp } from './vocabulary';

/** One user's activity, as far as response times need it. */
export interface Session {
  readonly user: UserRef;
  ref: SessionRef;
  lastActiveAt: Timestamp;
  responder: Responder;
  /** Who has given a first response in this session. */
  readonly responded: Set<Responder>;
  /** The first message that nobody has answered yet. */
  unanswered: Receipt | undefined;
  /** When something was last sent, on the steady clock. */
  lastSentTick: number;
}

/** What answering did: how long the user had waited, and whether it was a first response. */
export interface Response {
  readonly receipt: Receipt;
  readonly first: boolean;
  readonly responder: Responder;
}

interface LineQueue {
  readonly channel: string;
  readonly line: string;
  /** Users without an answer, the one who waits longest first. */
  readonly waiting: Map<string, Timestamp>;
}

/** The sessions of all users who were active lately, in this process. */
export class Sessions {
  readonly #timeoutMs: number;
  readonly #createId: () => string;
  /** In order of last activity, so that the idle ones stand in front. */
  readonly #sessions = new Map<string, Session>();
  readonly #lines = new Map<string, LineQueue>();

  constructor(timeoutMs: number, createId: () => string) {
    this.#timeoutMs = timeoutMs;
    this.#createId = createId;
  }

  /** The user's session at this moment: the running one, or a new one linked to the one before. */
  touch(user: UserRef, at: Timestamp): Session {
    const key = keyOf(user);
    const known = this.#sessions.get(key);
    this.#sessions.delete(key);
    const session = known && this.#isRunning(known, at) ? known : this.#open(user, known);
    session.lastActiveAt = Math.max(session.lastActiveAt, at);
    this.#sessions.set(key, session);
    return session;
  }

  /**
   * Goes on with a session that another process, or this one before its restart, had begun: its
   * id came with a position last active at `lastActiveAt`. Where this process knows the session
   * before, it needs no such hint.
   */
  adopt(session: Session, id: string, lastActiveAt: Timestamp): void {
    const isKnown = session.ref.id === id || session.ref.previousId !== undefined;
    if (isKnown || session.responded.size > 0) return;
    if (session.lastActiveAt - lastActiveAt < this.#timeoutMs) {
      session.ref = { id };
      session.responded.add('bot');
    } else {
      session.ref = { id: session.ref.id, previousId: id };
    }
  }

  /**
   * Notes a message from the user; of a burst only the first counts. A message that had to wait
   * for its turn while the one before it was answered belongs to that burst.
   */
  received(user: UserRef, session: Session, receipt: Receipt): void {
    if (session.unanswered || receipt.receivedTick < session.lastSentTick) return;
    session.unanswered = receipt;
    this.#line(user).waiting.set(user.key, receipt.receivedAt);
  }

  /** Notes that something was sent to the user; returns the response that this is, if it is one. */
  sent(user: UserRef, session: Session, tick: number): Response | undefined {
    session.lastSentTick = tick;
    const receipt = session.unanswered;
    if (!receipt) return undefined;
    session.unanswered = undefined;
    this.#line(user).waiting.delete(user.key);
    const { responder, responded } = session;
    const first = !responded.has(responder);
    responded.add(responder);
    return { receipt, first, responder };
  }

  /** Forgets sessions that have timed out. */
  expire(now: Timestamp): void {
    for (const [key, session] of this.#sessions) {
      if (this.#isRunning(session, now)) return;
      this.#sessions.delete(key);
      this.#line(session.user).waiting.delete(session.user.key);
    }
  }

  /** Who has no answer yet, by line. */
  unanswered(): Snapshot['unanswered'] {
    return [...this.#lines.values()].map(({ channel, line, waiting }) => ({
      channel,
      line,
      count: waiting.size,
      oldestAt: waiting.values().next().value,
    }));
  }

  #isRunning(session: Session, at: Timestamp): boolean {
    return at - session.lastActiveAt < this.#timeoutMs;
  }

  /** What the session before left unanswered stays unanswered: it is no response time of this one. */
  #open(user: UserRef, before: Session | undefined): Session {
    const id = this.#createId();
    if (before?.unanswered) this.#line(user).waiting.delete(user.key);
    return {
      user,
      ref: before ? { id, previousId: before.ref.id } : { id },
      lastActiveAt: Number.NEGATIVE_INFINITY,
      responder: 'bot',
      responded: new Set(),
      unanswered: undefined,
      lastSentTick: before?.lastSentTick ?? Number.NEGATIVE_INFINITY,
    };
  }

  #line({ channel, line }: UserRef): LineQueue {
    const key = `${channel}\0${line}`;
    const known = this.#lines.get(key);
    if (known) return known;
    const created = { channel, line, waiting: new Map<string, Timestamp>() };
    this.#lines.set(key, created);
    return created;
  }
}

function keyOf({ line, key }: UserRef): string {
  return `${key}\0${line}`;
}
