import type { IncomingMessage } from 'node:http';

/** Which part of the page is asked for. */
export interface Address {
  /** The path that the page is mounted at, with a slash at its end. */
  readonly base: string;
  /** What follows it: empty for the page itself; undefined if the slash is missing. */
  readonly rest: string | undefined;
  readonly parameters: URLSearchParams;
}

/** Reads what is asked for; undefined if it is not below the path. */
export function readAddress(request: IncomingMessage, path: string): Address | undefined {
  const mount = `${readString(request, 'baseUrl')}${path}`;
  const url = readString(request, 'originalUrl') || (request.url ?? '/');
  const [pathname = '/', query = ''] = url.split(/\?(.*)/s, 2);
  const parameters = new URLSearchParams(query);
  const base = `${mount}/`;
  if (pathname === mount) return { base, rest: undefined, parameters };
  if (!pathname.startsWith(base)) return undefined;
  return { base, rest: pathname.slice(base.length), parameters };
}

/** What Express adds to a request: where it is mounted, and the address before it was cut. */
function readString(request: IncomingMessage, name: 'baseUrl' | 'originalUrl'): string {
  const value: unknown = Reflect.get(request, name);
  return typeof value === 'string' ? value : '';
}
