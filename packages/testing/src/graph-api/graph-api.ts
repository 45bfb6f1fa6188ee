import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { systemClock, type Timestamp } from '@turnspan/core';
import { toCustomer } from './customer';
import { Failures } from './failures';
import { HttpFace } from './http-face';
import { Management } from './management';
import type { Business } from './management-business';
import { MessagesEndpoint } from './messages-endpoint';
import { StatusQueue } from './status-queue';
import { type Pricing, statusUpdate } from './status-webhook';
import type {
  FailureScope,
  GraphApiOptions,
  Line,
  PlannedStatus,
  ReadReceipt,
  RefusedMessage,
  SendFailure,
  SentMessage,
  StatusPolicy,
  WebhookBody,
} from './types';
import { batch, SAMPLE_LINE } from './webhook';
import { type PostOptions, WebhookClient } from './webhook-client';

/** A running fake of the WhatsApp Cloud API. */
export class GraphApi {
  /** The Management API: what is asked of it, and how it behaves. */
  readonly management: Management;
  readonly #options: GraphApiOptions;
  readonly #failures: Failures = new Failures();
  readonly #queue: StatusQueue = new StatusQueue();
  readonly #endpoint: MessagesEndpoint;
  readonly #webhooks: WebhookClient;
  readonly #server: Server;
  #statuses: StatusPolicy;

  constructor(options: GraphApiOptions) {
    this.#options = options;
    this.#statuses = options.statuses ?? (() => []);
    this.#endpoint = new MessagesEndpoint(options, this.#failures, (message) =>
      this.#sent(message),
    );
    this.#webhooks = new WebhookClient(options.appSecret, options.webhookUrl);
    this.management = new Management(options);
    const face = new HttpFace(options, this.#endpoint, this.management);
    this.#server = createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
      face.serve(request, response).catch((error) => response.destroy(error));
    });
  }

  /** The address to use in place of `https://graph.facebook.com`. */
  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** The truth about the business, to be changed at will. */
  get business(): Business {
    return this.management.business;
  }

  /** What was accepted, in that order: the truth about what the bot sent, and when. */
  get sent(): readonly SentMessage[] {
    return this.#endpoint.sent;
  }

  /** What was refused, or broke. */
  get refused(): readonly RefusedMessage[] {
    return this.#endpoint.refused;
  }

  /** What the bot marked as read. */
  get reads(): readonly ReadReceipt[] {
    return this.#endpoint.reads;
  }

  /** The line of one of the numbers, for the builders of webhooks. */
  line(phoneNumberId: string): Line {
    const { businessAccountId = SAMPLE_LINE.businessAccountId } = this.#options;
    return { ...SAMPLE_LINE, businessAccountId, phoneNumberId };
  }

  /** Lets sends fail; the returned function ends it early. */
  failNext(failure: SendFailure, scope?: FailureScope): () => void {
    return this.#failures.plan(failure, scope);
  }

  /** Changes how long answers take from now on. */
  setLatency(latencyMs: NonNullable<GraphApiOptions['latencyMs']>): void {
    this.#endpoint.setLatency(latencyMs);
  }

  /** Changes which statuses messages get from now on. */
  setStatuses(policy: StatusPolicy): void {
    this.#statuses = policy;
  }

  /** Says where webhooks go from now on. */
  setWebhookUrl(url: string): void {
    this.#webhooks.setUrl(url);
  }

  /** Does Meta's handshake with the webhook and says whether the answer was right. */
  verifyWebhook(verifyToken: string): Promise<boolean> {
    return this.#webhooks.verify(verifyToken);
  }

  /** Posts a webhook, signed, and gives the HTTP status of the answer. */
  postWebhook(body: WebhookBody, options?: PostOptions): Promise<number> {
    return this.#webhooks.post(body, options);
  }

  /** When the next status is due; undefined when none waits. */
  nextStatusAt(): Timestamp | undefined {
    return this.#queue.nextAt();
  }

  /**
   * Posts, one after the other, the statuses that are due, and gives the HTTP status of each
   * webhook. What could not be posted stays due.
   */
  async flushStatuses(until: Timestamp = this.#now()): Promise<readonly number[]> {
    const { statusesPerWebhook = 1 } = this.#options;
    const due = this.#queue.takeDue(until);
    const answers: number[] = [];
    try {
      while (due.length > 0) {
        const bodies = due.slice(0, statusesPerWebhook).map(({ body }) => body);
        answers.push(await this.postWebhook(batch(bodies)));
        due.splice(0, statusesPerWebhook);
      }
    } finally {
      this.#queue.putBack(due);
    }
    return answers;
  }

  /** Starts to listen on a free port of this machine. */
  async listen(): Promise<void> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
  }

  /** Ends all connections and stops. */
  async close(): Promise<void> {
    this.#webhooks.close();
    const closed = once(this.#server, 'close');
    this.#server.close();
    this.#server.closeAllConnections();
    await closed;
  }

  #sent(message: SentMessage): void {
    const planned = this.#statuses(message);
    const priced = planned.find(({ status }) => status === 'delivered') ?? planned[0];
    for (const status of planned) this.#plan(message, status, status === priced);
    this.#options.onSent?.(message);
  }

  #plan(message: SentMessage, planned: PlannedStatus, isPriced: boolean): void {
    const { status, afterMs, arrivesAfterMs = afterMs, copies = 1, code } = planned;
    const { customer = toCustomer } = this.#options;
    const body = statusUpdate({
      message,
      status,
      at: message.acceptedAt + afterMs,
      line: this.line(message.phoneNumberId),
      recipient: customer(message.to),
      ...(isPriced && status !== 'failed' && { pricing: toPricing(message) }),
      ...(code !== undefined && { code }),
    });
    const arrivesAt = message.acceptedAt + arrivesAfterMs;
    for (let copy = 0; copy < copies; copy += 1) this.#queue.add({ arrivesAt, body });
  }

  #now(): Timestamp {
    return (this.#options.clock ?? systemClock).now();
  }
}

/**
 * Starts a fake of the WhatsApp Cloud API on a free port of this machine. It accepts and refuses
 * messages as the real one does, keeps what it accepted, and posts signed webhooks.
 *
 * @example
 * const graph = await startGraphApi({ appSecret, phoneNumberIds: [SAMPLE_LINE.phoneNumberId] });
 * graph.setWebhookUrl('http://127.0.0.1:3000/webhook');
 * await graph.postWebhook(textMessage({ from: { phone: '16505551234' }, at: Date.now() }, 'Hi'));
 */
export async function startGraphApi(options: GraphApiOptions): Promise<GraphApi> {
  const graph = new GraphApi(options);
  await graph.listen();
  return graph;
}

/** Templates are taken for marketing; all else is a service message inside the free tier. */
function toPricing({ type }: SentMessage): Pricing {
  return type === 'template'
    ? { category: 'marketing', billable: true, type: 'regular' }
    : { category: 'service', billable: false, type: 'free_customer_service' };
}
