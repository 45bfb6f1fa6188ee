import type { IncomingMessage } from 'node:http';
import { type Attempts, createAttempts } from './attempts';
import type { ReadConsoleOptions } from './options';
import { createSessions, type Sessions } from './session';

/** What became of an attempt to get in. */
export type Admission =
  | { readonly kind: 'admitted' }
  | { readonly kind: 'stranger' }
  | { readonly kind: 'wrong' }
  | { readonly kind: 'too_often'; readonly waitMs: number };

/** Decides who may see the page. */
export interface Guard {
  /** Tells by the host's own way, a cookie or a header. */
  admit(request: IncomingMessage): Promise<Admission>;
  /** Tells by a token that somebody gave in another way. */
  tryToken(request: IncomingMessage, token: string): Admission;
  /** The header that keeps a browser logged in on these paths. */
  toCookie(request: IncomingMessage, base: string): string;
  /** The header that ends it. */
  toExpiredCookie(base: string): string;
}

const COOKIE = 'turnspan_console';
const BEARER = /^Bearer +(.+)$/i;
const ADMITTED: Admission = { kind: 'admitted' };

/** Lets in those whom the host knows, and those who have the token or what was signed with it. */
export function createGuard(options: ReadConsoleOptions): Guard {
  const { token, authorize = () => false, now, sessionMs } = options;
  const sessions = token === undefined ? undefined : createSessions(token, now);
  const attempts = createAttempts(now);
  const tryToken = createTokenCheck(sessions, attempts);
  return {
    tryToken,
    async admit(request) {
      if (await authorize(request)) return ADMITTED;
      if (sessions?.isSigned(readCookie(request.headers.cookie ?? ''))) return ADMITTED;
      const bearer = BEARER.exec(request.headers.authorization ?? '')?.[1];
      return bearer === undefined ? { kind: 'stranger' } : tryToken(request, bearer);
    },
    toCookie(request, base) {
      const value = sessions?.sign(now() + sessionMs) ?? '';
      const secure = isEncrypted(request) ? '; Secure' : '';
      return `${COOKIE}=${value}; Max-Age=${Math.floor(sessionMs / 1000)}; ${toAttributes(base)}${secure}`;
    },
    toExpiredCookie: (base) => `${COOKIE}=; Max-Age=0; ${toAttributes(base)}`,
  };
}

function createTokenCheck(sessions: Sessions | undefined, attempts: Attempts): Guard['tryToken'] {
  return (request, token) => {
    const address = request.socket.remoteAddress ?? '';
    const waitMs = attempts.waitMs(address);
    // Also the right one has to wait, or one could go on guessing.
    if (waitMs > 0) return { kind: 'too_often', waitMs };
    if (sessions?.isToken(token)) return ADMITTED;
    attempts.fail(address);
    return { kind: 'wrong' };
  };
}

function toAttributes(base: string): string {
  return `Path=${base}; HttpOnly; SameSite=Strict`;
}

function isEncrypted({ socket, headers }: IncomingMessage): boolean {
  return 'encrypted' in socket || headers['x-forwarded-proto'] === 'https';
}

function readCookie(header: string): string {
  const cookies = header.split(';').map((each) => each.trim());
  return cookies.find((each) => each.startsWith(`${COOKIE}=`))?.slice(COOKIE.length + 1) ?? '';
}
