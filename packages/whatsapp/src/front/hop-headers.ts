/** These belong to one connection, not to what goes over it (RFC 9110, 7.6.1). */
const HOP_BY_HOP: readonly string[] = [
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
];

/** A header as it came: its name in its own spelling, and its value. */
export type Header = readonly [name: string, value: string];

/** Pairs the raw headers of a message, without those that end at this connection. */
export function toEndToEnd(rawHeaders: readonly string[]): readonly Header[] {
  const headers = toPairs(rawHeaders);
  const named = headers
    .filter(([name]) => name.toLowerCase() === 'connection')
    .flatMap(([, value]) => value.split(',').map((name) => name.trim().toLowerCase()));
  const dropped = new Set([...HOP_BY_HOP, ...named]);
  return headers.filter(([name]) => !dropped.has(name.toLowerCase()));
}

/** Answers whether a header is there. */
export function hasHeader(headers: readonly Header[], wanted: string): boolean {
  return headers.some(([name]) => name.toLowerCase() === wanted);
}

function toPairs(rawHeaders: readonly string[]): readonly Header[] {
  return rawHeaders.flatMap((name, index) =>
    index % 2 === 0 ? [[name, rawHeaders[index + 1] ?? ''] as const] : [],
  );
}
