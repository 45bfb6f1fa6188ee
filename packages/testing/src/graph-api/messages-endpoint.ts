import { setTimeout } from 'node:timers/promises';
import { systemClock, type Timestamp } from '@turnspan/core';
import { toCustomer, toWaId } from './customer';
import type { Failures } from './failures';
import { type GraphError, toGraphError } from './graph-errors';
import { isObject } from './rule';
import { checkMessage } from './send-rules';
import type {
  GraphApiOptions,
  JsonObject,
  ReadReceipt,
  RefusedMessage,
  SendFailure,
  SendRequest,
  SentMessage,
} from './types';
import { outgoingWamid } from './wamid';

/** What goes back over the wire. */
export type Answer =
  | { readonly kind: 'success'; readonly body: JsonObject }
  | { readonly kind: 'refusal'; readonly error: GraphError }
  | { readonly kind: 'page'; readonly httpStatus: number }
  | { readonly kind: 'reset' };

/** The `POST /{phone_number_id}/messages` of the Cloud API, behind the HTTP. */
export class MessagesEndpoint {
  readonly sent: SentMessage[] = [];
  readonly refused: RefusedMessage[] = [];
  readonly reads: ReadReceipt[] = [];
  readonly #options: GraphApiOptions;
  readonly #failures: Failures;
  readonly #onSent: (message: SentMessage) => void;
  #latency: NonNullable<GraphApiOptions['latencyMs']>;

  constructor(
    options: GraphApiOptions,
    failures: Failures,
    onSent: (message: SentMessage) => void,
  ) {
    this.#options = options;
    this.#failures = failures;
    this.#onSent = onSent;
    this.#latency = options.latencyMs ?? 0;
  }

  /** Changes the time between requests and answers from now on. */
  setLatency(latency: NonNullable<GraphApiOptions['latencyMs']>): void {
    this.#latency = latency;
  }

  /** Answers one request; `body` is undefined when it was no JSON. */
  async receive(phoneNumberId: string, body: unknown): Promise<Answer> {
    const content = isObject(body) ? body : {};
    if (content.status === 'read') return this.#markRead(phoneNumberId, content);
    const request = toSendRequest(phoneNumberId, content, this.#now());
    const failure = this.#failures.take(request);
    await this.#delay(request);
    if (failure && failure.kind !== 'lost_answer') {
      return this.#refuse(request, toAnswer(failure));
    }
    const error = checkMessage(content);
    if (error) return this.#refuse(request, { kind: 'refusal', error });
    const answer = this.#accept(request);
    return failure ? { kind: 'reset' } : answer;
  }

  #accept(request: SendRequest): Answer {
    const id = outgoingWamid(request.to, this.sent.length + 1);
    const message = { ...request, id, acceptedAt: this.#now() };
    this.sent.push(message);
    this.#onSent(message);
    return { kind: 'success', body: toAcceptance(message) };
  }

  #refuse(request: SendRequest, answer: Answer): Answer {
    this.refused.push({
      ...request,
      code: answer.kind === 'refusal' ? answer.error.code : undefined,
    });
    return answer;
  }

  #markRead(
    phoneNumberId: string,
    { message_id: messageId, typing_indicator }: JsonObject,
  ): Answer {
    if (typeof messageId !== 'string') {
      const message = '(#100) The parameter message_id is required.';
      return { kind: 'refusal', error: { ...toGraphError(100), message } };
    }
    const typing = typing_indicator !== undefined;
    this.reads.push({ phoneNumberId, messageId, typing, at: this.#now() });
    return { kind: 'success', body: { success: true } };
  }

  async #delay(request: SendRequest): Promise<void> {
    const { delay = setTimeout } = this.#options;
    const ms = typeof this.#latency === 'number' ? this.#latency : this.#latency(request);
    if (ms > 0) await delay(ms);
  }

  #now(): Timestamp {
    return (this.#options.clock ?? systemClock).now();
  }
}

function toSendRequest(
  phoneNumberId: string,
  body: JsonObject,
  receivedAt: Timestamp,
): SendRequest {
  const { to, recipient, type = 'text', biz_opaque_callback_data: tag } = body;
  return {
    phoneNumberId,
    to: String(to ?? recipient ?? ''),
    type: String(type),
    body,
    receivedAt,
    tag: typeof tag === 'string' ? tag : undefined,
  };
}

function toAcceptance({ id, to, type }: SentMessage): JsonObject {
  const { phone, userId } = toCustomer(to);
  const contact = { input: to, ...(phone ? { wa_id: toWaId(phone) } : { user_id: userId }) };
  const message = { id, ...(type === 'template' && { message_status: 'accepted' }) };
  return { messaging_product: 'whatsapp', contacts: [contact], messages: [message] };
}

function toAnswer(failure: Exclude<SendFailure, { kind: 'lost_answer' }>): Answer {
  switch (failure.kind) {
    case 'error': {
      const { kind: _, code, ...given } = failure;
      return { kind: 'refusal', error: { ...toGraphError(code), ...given } };
    }
    case 'unavailable':
      return { kind: 'page', httpStatus: failure.httpStatus };
    case 'reset':
      return { kind: 'reset' };
  }
}
