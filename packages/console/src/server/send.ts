import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';

/** What is answered. */
export interface Reply {
  readonly status: number;
  readonly type: 'text/html' | 'application/json' | 'text/css' | 'text/javascript' | 'text/plain';
  readonly body: string | Buffer;
  readonly headers?: OutgoingHttpHeaders;
}

/** A request and how to answer it. */
export interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
}

const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "connect-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join('; ');

const GUARDS: OutgoingHttpHeaders = {
  'content-security-policy': POLICY,
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), microphone=(), geolocation=()',
  'x-robots-tag': 'noindex',
  'cache-control': 'no-store',
};

/** Answers, with all that keeps others from framing, sniffing or keeping it. */
export function send(
  { request, response }: Exchange,
  { status, type, body, headers }: Reply,
): void {
  const bytes = Buffer.isBuffer(body) ? body : Buffer.from(body);
  response.writeHead(status, {
    ...GUARDS,
    'content-type': `${type}; charset=utf-8`,
    'content-length': bytes.length,
    ...headers,
  });
  response.end(request.method === 'HEAD' ? undefined : bytes);
}

/** Answers a program with a document. */
export function sendJson(exchange: Exchange, status: number, document: unknown): void {
  send(exchange, { status, type: 'application/json', body: JSON.stringify(document) });
}

/** Sends the browser elsewhere. */
export function redirect(exchange: Exchange, location: string, cookie?: string): void {
  const headers = { location, ...(cookie !== undefined && { 'set-cookie': cookie }) };
  send(exchange, { status: 303, type: 'text/plain', body: '', headers });
}
