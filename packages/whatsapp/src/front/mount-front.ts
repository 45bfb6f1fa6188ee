import type { IncomingMessage, ServerResponse } from 'node:http';
import { moveLastAhead } from './router';
import type { Next, WebhookFront } from './webhook-front';

/** The part of a web server that is used: Express, Botkit's `controller.webserver`, Connect. */
export interface FrontWebserver {
  use(
    path: string,
    serve: (request: IncomingMessage, response: ServerResponse, next: Next) => unknown,
  ): unknown;
}

/** How Express names what it adds itself, and what everything else builds on. */
const FOUNDATION: readonly unknown[] = ['query', 'expressInit'];

/**
 * Puts a front before everything else that a web server does for a path, also before the body
 * parsers and middlewares that are there already. Paths below it are left alone.
 *
 * @example
 * const controller = new Botkit({ adapter, webhook_uri: '/api/messages' });
 * mountFront(controller.webserver, '/api/messages', front);
 */
export function mountFront(webserver: FrontWebserver, path: string, front: WebhookFront): void {
  // Not as a route: Express would tell the bot of ours in `request.route`.
  webserver.use(path, (request, response, next) =>
    isMountPath(request) ? front(request, response, next) : next(),
  );
  moveLastAhead(webserver, (name) => !FOUNDATION.includes(name));
}

/** A middleware is told what follows the path that it was added for. */
function isMountPath(request: IncomingMessage): boolean {
  return request.url?.split('?', 1)[0] === '/';
}
