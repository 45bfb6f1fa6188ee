import { TurnspanError } from '@turnspan/core';

const CONNECTION =
  'Redis cannot be reached: check that it runs, and that the client has its host, port and TLS settings right.';
const CLOSED =
  "The client is not connected: its 'error' event tells why. Connect it before the first message comes, and close it after the last.";
const PASSWORD = 'Redis does not know this user or password: give the client the right ones.';
const SLOT = 'This Redis is a cluster: use a client for clusters.';
const TIMEOUT = 'Redis took too long to answer: check how busy it and the network are.';

/** What to do, by the first word of what Redis says or by the code of what Node says. */
const BY_CODE: ReadonlyMap<string, string> = new Map([
  ['LOADING', 'Redis is reading its data from disk: it goes on by itself when that is done.'],
  [
    'READONLY',
    'This Redis is a replica: connect to the primary, through Sentinel or a cluster client if it changes.',
  ],
  ['MASTERDOWN', 'This Redis is a replica without its primary: connect to the primary.'],
  ['NOREPLICAS', 'Redis has fewer replicas than min-replicas-to-write asks for: bring them back.'],
  [
    'OOM',
    'Redis has no memory left: raise maxmemory, or move what else is in it elsewhere; keep maxmemory-policy at noeviction.',
  ],
  ['MISCONF', 'Redis cannot write to its disk: make room there, and see the log of Redis.'],
  ['WRONGPASS', PASSWORD],
  ['NOAUTH', 'Redis asks for a password: give it to the client.'],
  [
    'NOPERM',
    'The Redis user lacks rights: it needs evalsha, eval, and what the scripts call, on all keys of the prefix.',
  ],
  ['CLUSTERDOWN', 'The Redis cluster does not serve all slots: see its cluster state.'],
  ['TRYAGAIN', 'The Redis cluster is moving the slot: it goes on by itself when that is done.'],
  ['CROSSSLOT', 'The keys are in several slots: leave hash tags out of the prefix of the client.'],
  ['MOVED', SLOT],
  ['ASK', SLOT],
  ['BUSY', 'A script of somebody else keeps Redis busy: wait for it, or end it with SCRIPT KILL.'],
  ['WRONGTYPE', 'Somebody else has keys under this prefix: choose another prefix.'],
  ['ECONNREFUSED', CONNECTION],
  ['ECONNRESET', CONNECTION],
  ['ENOTFOUND', CONNECTION],
  ['EAI_AGAIN', CONNECTION],
  ['EHOSTUNREACH', CONNECTION],
  ['EPIPE', CONNECTION],
  ['ETIMEDOUT', CONNECTION],
]);

/** What to do where clients have words and no code. */
const BY_MESSAGE: readonly (readonly [RegExp, string])[] = [
  [/compiling script|unknown command.*eval/i, 'This Redis is too old: use Redis 7 or Valkey.'],
  [/invalid password|without any password/i, PASSWORD],
  [/max number of clients/i, 'Redis has too many connections: raise maxclients, or close some.'],
  [/max retries per request|refresh slots cache|startup nodes|root nodes/i, CONNECTION],
  [/closed unexpectedly|connection timeout|reconnect/i, CONNECTION],
  [/timed? ?out|aborted/i, TIMEOUT],
  [/closed|offline|writeable|disconnect/i, CLOSED],
  [/queue is full/i, CONNECTION],
];

const OTHER = 'Redis refused a step of the store: see the cause.';

/** An error of Redis or of its client, in words that say what to do; the error itself is the cause. */
export function toStoreError(cause: unknown): TurnspanError {
  const told = toldByNode(cause);
  hideCommand(cause);
  hideCommand(told);
  return new TurnspanError('STORE_UNAVAILABLE', { detail: adviceOn(told), cause });
}

/** Whether Redis does not have the script that was asked for by its hash. */
export function isUnknownScript(error: unknown): boolean {
  return messageOf(error).startsWith('NOSCRIPT');
}

/** A client of a cluster that reaches none of its nodes says what the last one told. */
function toldByNode(cause: unknown): unknown {
  const { lastNodeError } = Object(cause) as { readonly lastNodeError?: unknown };
  return lastNodeError ?? cause;
}

function adviceOn(cause: unknown): string {
  const message = messageOf(cause);
  const [word = ''] = /^[A-Z]+(?=\s|$)/.exec(message) ?? [];
  const byCode = BY_CODE.get(word) ?? BY_CODE.get(codeOf(cause));
  return byCode ?? BY_MESSAGE.find(([words]) => words.test(message))?.[1] ?? OTHER;
}

/** Clients note the command that failed, which may be long or hold the password; logs go without it. */
function hideCommand(cause: unknown): void {
  if (typeof cause !== 'object' || cause === null || !('command' in cause)) return;
  Reflect.defineProperty(cause, 'command', { enumerable: false });
}

/** Errors of a driver may come from another realm, where `instanceof Error` says no. */
function messageOf(cause: unknown): string {
  const { message } = Object(cause) as { readonly message?: unknown };
  return typeof message === 'string' ? message : String(cause);
}

function codeOf(cause: unknown): string {
  const { code } = Object(cause) as { readonly code?: unknown };
  return typeof code === 'string' ? code : '';
}
