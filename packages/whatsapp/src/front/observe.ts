import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { type Body, readBody, type ServedRequest } from '../read-body';
import { judge } from '../webhook-handler';
import { type Receiver, toReceiver, type WebhookOptions } from '../webhook-options';
import { takeUpdates } from '../webhook-updates';
import { peekBody } from './peek-body';

/** What {@link createWebhookFront} takes. */
export interface WebhookFrontOptions extends Omit<WebhookOptions, 'verifyToken'> {
  /**
   * The word that was agreed with Meta, for a front that answers by itself. The bot behind a front
   * answers the set-up of the webhook with its own.
   * @default none: every set-up is refused
   */
  readonly verifyToken?: string;
}

/** Checks the options of a front and fills in what is left out. */
export function toFrontReceiver(options: WebhookFrontOptions): Receiver {
  // Nobody can have agreed on a word that is made up here.
  return toReceiver({ ...options, verifyToken: options.verifyToken ?? randomUUID() });
}

/** Takes what concerns us from a request, once its body is there. Never rejects. */
export type Observe = (request: IncomingMessage, body: Promise<Body>) => Promise<void>;

/** Makes what signals every webhook and hands over its updates, and waits for none of them. */
export function createObserve(receiver: Receiver): Observe {
  const { clock, onSignal, onError } = receiver;
  const reportOnce = once(onError);

  function take(request: IncomingMessage, body: Body, received: Received): void {
    if (body.kind === 'aborted') return;
    const verdict = judge(receiver, request, body);
    if (verdict.result === 'ok') {
      takeUpdates(receiver, verdict.updates, { ...received, request }).catch(onError);
      return;
    }
    onSignal({ kind: 'webhook', field: '', result: verdict.result });
    if (verdict.misuse) reportOnce(verdict.misuse);
  }

  return async (request, body) => {
    const received = { receivedAt: clock.now(), receivedTick: clock.tick() };
    try {
      take(request, await body, received);
    } catch (error) {
      onError(error);
    }
  };
}

interface Received {
  readonly receivedAt: number;
  readonly receivedTick: number;
}

/** A parser that is in the way is so for every webhook, and needs no more than one report. */
function once(report: (error: unknown) => void): (error: unknown) => void {
  let isReported = false;
  return (error) => {
    if (!isReported) report(error);
    isReported = true;
  };
}

/** Reads the body and leaves it to be read, or takes what a parser has kept of it. */
export function lookAtBody(request: IncomingMessage, maxBytes: number): Promise<Body> {
  const isKept = Buffer.isBuffer((request as ServedRequest).rawBody);
  const isUnread = !request.readableDidRead && !request.readableEnded && !request.destroyed;
  return isUnread && !isKept ? peekBody(request, maxBytes) : readBody(request, maxBytes);
}
