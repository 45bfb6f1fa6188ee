import type { IncomingMessage, ServerResponse } from 'node:http';
import { moveLastAhead } from '@turnspan/whatsapp';

/** Serves one request. */
export type Serve = (request: IncomingMessage, response: ServerResponse) => unknown;

/** The part of a web server, Express or like it, that is used. */
export interface Webserver {
  all?(path: string, serve: Serve): unknown;
  get?(path: string, serve: Serve): unknown;
}

/** How body-parser, and Express's own copies of it, name their middlewares. */
const PARSERS: readonly unknown[] = ['jsonParser', 'urlencodedParser', 'textParser', 'rawParser'];

/**
 * Adds the webhook to a web server, ahead of its body parsers. Botkit installs its own, with a limit
 * of 100 kB, before any plugin runs; so the route is added last, as is all Express offers, and then
 * moved up in the router. A server without Express's router keeps the order it has, and a server
 * that knows no route for all methods gets the GET only: Botkit has added the POST.
 */
export function installWebhook(webserver: Webserver, path: string, serve: Serve): void {
  if (webserver.all === undefined) {
    webserver.get?.(path, serve);
    return;
  }
  webserver.all(path, serve);
  moveLastAhead(webserver, (name) => PARSERS.includes(name));
}
