import type { IncomingMessage, ServerResponse } from 'node:http';
import { TurnspanError } from '@turnspan/core';
import { parseJson } from './parse-json';
import { parseUpdates } from './parse-updates';
import { type Body, readBody } from './read-body';
import { isSameText, isSignedBy } from './signature';
import type { Update } from './types';
import {
  type Receiver,
  toReceiver,
  type WebhookDelivery,
  type WebhookOptions,
} from './webhook-options';
import { takeUpdates } from './webhook-updates';

/** Serves the webhook, both its GET and its POST. Settles once it is answered; never rejects. */
export type WebhookHandler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/**
 * Makes the handler that Meta's webhooks are sent to. It needs the raw bytes of the body, so mount
 * it on a bare `node:http` server, or before any body parser.
 *
 * A body whose signature is right is always answered 200, also when a handler fails or its content
 * is not understood, because Meta repeats everything else for days. Each update is handed over once
 * (see {@link WebhookOptions.seen}); one that failed is not handed over again.
 *
 * @throws TurnspanError `OPTION_INVALID`
 *
 * @example
 * const webhook = createWebhookHandler({ appSecret, verifyToken, onMessage: (m) => bot.take(m) });
 * http.createServer((req, res) => webhook(req, res)).listen(3000);
 */
export function createWebhookHandler(options: WebhookOptions): WebhookHandler {
  return toHandler(toReceiver(options));
}

/** Makes the handler of a receiver that exists already. */
export function toHandler(receiver: Receiver): WebhookHandler {
  return async (request, response) => {
    try {
      await serve(receiver, request, response);
    } catch (error) {
      receiver.onError(error);
      answer(response, 500);
    }
  };
}

async function serve(
  receiver: Receiver,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (request.method === 'GET') return shakeHands(receiver, request, response);
  if (request.method === 'POST') return receive(receiver, request, response);
  answer(response, 405, { headers: { Allow: 'GET, POST' } });
}

/** Meta asks once, when the webhook is set up, whether the address is ours. */
function shakeHands(
  { verifyToken }: Receiver,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const query = new URLSearchParams((request.url ?? '').split('?')[1]);
  const isAgreed =
    query.get('hub.mode') === 'subscribe' &&
    isSameText(query.get('hub.verify_token') ?? '', verifyToken);
  if (isAgreed) answer(response, 200, { body: query.get('hub.challenge') ?? '' });
  else answer(response, 403);
}

async function receive(
  receiver: Receiver,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { clock } = receiver;
  const delivery = { receivedAt: clock.now(), receivedTick: clock.tick(), request };
  const body = await readBody(request, receiver.maxBytes);
  if (body.kind === 'aborted') return;
  const verdict = judge(receiver, request, body);
  if (verdict.result !== 'ok') {
    receiver.onSignal({ kind: 'webhook', field: '', result: verdict.result });
    if (verdict.misuse) receiver.onError(verdict.misuse);
    answer(response, verdict.status, closing(body));
    return;
  }
  await takeInTime(receiver, verdict.updates, delivery);
  answer(response, 200);
}

/** What is to be done with a body: take its updates, or refuse it with a status. */
export type Verdict =
  | {
      readonly result: 'bad_signature' | 'invalid';
      readonly status: number;
      /** How the handler was mounted wrongly, when that is why. */
      readonly misuse?: TurnspanError;
    }
  | { readonly result: 'ok'; readonly updates: readonly Update[] };

/** Checks the signature of a body, then reads its updates. */
export function judge(
  { secrets }: Receiver,
  request: IncomingMessage,
  body: Exclude<Body, { kind: 'aborted' }>,
): Verdict {
  if (body.kind === 'too_large') return { result: 'invalid', status: 413 };
  if (body.kind === 'consumed') return parserWasFirst();
  const signature = request.headers['x-hub-signature-256'];
  if (typeof signature !== 'string') return { result: 'bad_signature', status: 401 };
  if (!isSignedBy(secrets, signature, body.bytes)) {
    return body.mayBeTorn ? parserWasFirst() : { result: 'bad_signature', status: 403 };
  }
  const updates = parseBody(body.bytes);
  return updates ? { result: 'ok', updates } : { result: 'invalid', status: 400 };
}

function parseBody(bytes: Buffer): readonly Update[] | undefined {
  try {
    return parseUpdates(parseJson(bytes.toString('utf8')));
  } catch {
    return undefined;
  }
}

function parserWasFirst(): Verdict {
  const detail = 'A body parser read the webhook before; mount the webhook handler ahead of it.';
  return {
    result: 'invalid',
    status: 500,
    misuse: new TurnspanError('OPTION_INVALID', { detail }),
  };
}

/** Settles when the updates are taken, at the latest after `ackAfterMs`; the work then goes on. */
function takeInTime(
  receiver: Receiver,
  updates: readonly Update[],
  delivery: WebhookDelivery,
): Promise<void> {
  return new Promise((resolve) => {
    const stopTimer = receiver.startTimer(resolve, receiver.ackAfterMs);
    takeUpdates(receiver, updates, delivery)
      .catch(receiver.onError)
      .finally(() => {
        stopTimer();
        resolve();
      });
  });
}

/** What an answer has besides its status. */
export interface Answer {
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What is left of a body that is too large is not read, so the connection cannot be used again. */
function closing(body: Body): Answer {
  return body.kind === 'too_large' ? { headers: { Connection: 'close' } } : {};
}

/** Answers in plain text, unless it is answered already. */
export function answer(
  response: ServerResponse,
  status: number,
  { body = '', headers }: Answer = {},
): void {
  if (response.headersSent) return;
  response.writeHead(status, {
    'Content-Type': 'text/plain; charset=utf-8',
    'X-Content-Type-Options': 'nosniff',
    ...headers,
  });
  response.end(body);
}
