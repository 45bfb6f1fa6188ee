import type { IncomingMessage } from 'node:http';

const MOST_BYTES = 4096;

/** Reads a form of a few bytes; undefined if it is no form, or a larger one. */
export async function readForm(request: IncomingMessage): Promise<URLSearchParams | undefined> {
  const parsed: unknown = 'body' in request ? request.body : undefined;
  // Where the host has read the body already, as Express does, there is nothing left to read.
  if (typeof parsed === 'object' && parsed !== null) return toForm(parsed);
  if (!/^application\/x-www-form-urlencoded\b/i.test(request.headers['content-type'] ?? '')) {
    return undefined;
  }
  let text = '';
  for await (const chunk of request) {
    text += String(chunk);
    if (text.length > MOST_BYTES) return undefined;
  }
  return new URLSearchParams(text);
}

function toForm(body: object): URLSearchParams {
  const fields = Object.entries(body).filter(([, value]) => typeof value === 'string');
  return new URLSearchParams(fields);
}
