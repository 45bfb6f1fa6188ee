import type { JsonObject } from './types';

/** Which part of a list is asked for, and where. */
export interface PageRequest {
  /** The address as it was asked for. */
  readonly url: URL;
  readonly accessToken: string;
}

/** Gives one page of a list; undefined when the cursor is none of ours. */
export function toPage(
  rows: readonly JsonObject[],
  { url, accessToken }: PageRequest,
): JsonObject | undefined {
  const after = url.searchParams.get('after');
  const start = after === null ? 0 : readCursor(after);
  if (start === undefined) return undefined;
  const limit = Number(url.searchParams.get('limit') ?? 25);
  const end = Math.min(start + limit, rows.length);
  const data = rows.slice(start, end);
  if (data.length === 0) return { data };
  const cursors = { before: toCursor(start), after: toCursor(end) };
  const next = end < rows.length ? { next: toNext(url, cursors.after, accessToken) } : {};
  return { data, paging: { cursors, ...next } };
}

/** The address of the next page: like the real one it carries the access token. */
function toNext(url: URL, after: string, accessToken: string): string {
  const next = new URL(url);
  next.searchParams.set('access_token', accessToken);
  next.searchParams.set('after', after);
  return next.href;
}

function toCursor(position: number): string {
  return `${Buffer.from(String(position)).toString('base64url')}ZD`;
}

function readCursor(cursor: string): number | undefined {
  const position = Number(Buffer.from(cursor.replace(/ZD$/, ''), 'base64url').toString());
  return Number.isInteger(position) ? position : undefined;
}
