import type { IncomingMessage, ServerResponse } from 'node:http';
import { toHandler } from '../webhook-handler';
import { createObserve, lookAtBody, toFrontReceiver, type WebhookFrontOptions } from './observe';
import { isListenedTo, tapBody } from './tap-body';

/** Hands a request on to whoever comes next. */
export type Next = (error?: unknown) => void;

/**
 * Stands before a bot, at the callback URL that both share. With `next` it takes what concerns it
 * and hands the request on; without, it answers as a {@link WebhookHandler} does.
 */
export type WebhookFront = (
  request: IncomingMessage,
  response: ServerResponse,
  next?: Next,
) => Promise<void>;

/**
 * Makes a front: Meta sends template, account and quality updates to the app's own callback URL
 * only, where the bot listens, so that both have to hear every webhook.
 *
 * The bot gets each request as if nobody had been there: its bytes can be read again, in any way,
 * and forged webhooks are handed on too. The bot waits for the body to arrive, and for nothing
 * else. Mount it ahead of body parsers, which {@link mountFront} does on Express and Botkit.
 *
 * @throws TurnspanError `OPTION_INVALID`
 *
 * @example
 * const front = createWebhookFront({ appSecret, quality });
 * http.createServer((req, res) => front(req, res, () => bot(req, res))).listen(3000);
 */
export function createWebhookFront(options: WebhookFrontOptions): WebhookFront {
  const receiver = toFrontReceiver(options);
  const { maxBytes } = receiver;
  const answer = toHandler(receiver);
  const observe = createObserve(receiver);

  return (request, response, next) => {
    if (next === undefined) return answer(request, response);
    if (request.method !== 'POST') {
      next();
      return Promise.resolve();
    }
    if (isListenedTo(request)) {
      // The body comes whether or not the next one listens, so the next one has to begin now.
      const taken = observe(request, tapBody(request, maxBytes));
      next();
      return taken;
    }
    return observe(request, lookAtBody(request, maxBytes)).then(() => {
      discardUnread(request, response);
      // On its own, so that what the bot throws is nobody's but the bot's.
      process.nextTick(next);
    });
  };
}

/** As Node does for requests that nobody reads: it sees that this one was, but not that it was put back. */
function discardUnread(request: IncomingMessage, response: ServerResponse): void {
  response.once('finish', () => {
    const isUnread = request.readableFlowing === null && request.listenerCount('readable') === 0;
    if (isUnread) request.resume();
  });
}
