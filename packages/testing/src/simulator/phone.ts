import type { Timestamp } from '@turnspan/core';
import type { Customer, PlannedStatus, SentMessage } from '../graph-api';

/** What answering a customer took. */
export interface PhoneResponse {
  readonly seconds: number;
  readonly feltSeconds: number;
  readonly first: boolean;
  readonly responder: 'bot' | 'agent';
}

/** A message on the customer's phone. */
export interface PhoneMessage {
  readonly id: string;
  readonly text: string;
  /** What WhatsApp bills it as. */
  readonly category: string;
  /** When the bot asked for it to be sent. */
  readonly requestedAt: Timestamp;
  readonly acceptedAt: Timestamp;
  readonly statuses: readonly PlannedStatus[];
  /** What this message is the answer to, if it is the first since the customer wrote. */
  readonly response: PhoneResponse | undefined;
}

/** Silence after which a session is over. */
const SESSION_MS = 24 * 60 * 60 * 1000;

/** A customer's phone: it knows what was sent and received, and when. */
export class Phone {
  readonly customer: Customer;
  /** Messages received and not yet looked at. */
  readonly inbox: PhoneMessage[] = [];
  /** Id of the message received last. */
  lastMessageId = '';
  /** When a message last failed on its way, as its status says. */
  failedAt: Timestamp | undefined;
  /** Who is answering. */
  responder: 'bot' | 'agent' = 'bot';
  #unanswered: { readonly at: Timestamp; readonly timestamp: Timestamp } | undefined;
  #lastActiveAt = Number.NEGATIVE_INFINITY;
  readonly #responded = new Set<string>();

  constructor(customer: Customer) {
    this.customer = customer;
  }

  /** Whether the business still owes an answer, in a session that is not over. */
  isOwed(now: Timestamp): boolean {
    return this.#unanswered !== undefined && now - this.#lastActiveAt < SESSION_MS;
  }

  /** The customer wrote: `at` is when it reached the bot, `timestamp` what WhatsApp says. */
  wrote(at: Timestamp, timestamp: Timestamp): void {
    this.touch(at);
    this.#unanswered ??= { at, timestamp };
  }

  /** Something happened between the two; after a long silence a new session begins. */
  touch(at: Timestamp): void {
    if (at - this.#lastActiveAt >= SESSION_MS) {
      this.#responded.clear();
      this.#unanswered = undefined;
      this.responder = 'bot';
    }
    this.#lastActiveAt = Math.max(at, this.#lastActiveAt);
  }

  /** A message of the business arrived. */
  receive(message: SentMessage, statuses: readonly PlannedStatus[]): void {
    const { id, receivedAt: requestedAt, acceptedAt } = message;
    const response = this.#respond(acceptedAt);
    const failed = statuses.find(({ status }) => status === 'failed');
    if (failed) this.failedAt = Math.floor((acceptedAt + failed.afterMs) / 1000) * 1000;
    this.lastMessageId = id;
    const category = message.type === 'template' ? 'marketing' : 'service';
    const text = textOf(message);
    this.inbox.push({ id, text, category, requestedAt, acceptedAt, statuses, response });
  }

  #respond(at: Timestamp): PhoneResponse | undefined {
    const unanswered = this.#unanswered;
    if (!unanswered) return undefined;
    this.#unanswered = undefined;
    const { responder } = this;
    const first = !this.#responded.has(responder);
    this.#responded.add(responder);
    const seconds = (at - unanswered.at) / 1000;
    return { seconds, feltSeconds: (at - unanswered.timestamp) / 1000, first, responder };
  }
}

/** What a person reads of a message. */
export function textOf({ body }: Pick<SentMessage, 'body'>): string {
  const { text, interactive, template } = body as {
    readonly text?: { readonly body?: string };
    readonly interactive?: { readonly body?: { readonly text?: string } };
    readonly template?: { readonly name?: string };
  };
  return text?.body ?? interactive?.body?.text ?? template?.name ?? '';
}
