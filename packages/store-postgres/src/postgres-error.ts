import { TurnspanError } from '@turnspan/core';

const PASSWORD = 'Give the pool the right user and password.';
const FULL = 'Make room on the disk of the server.';
const STARTING = 'The server is starting or going down; it is tried again with the next call.';
const UNREACHED = 'Check that the server runs, and the host and port of the pool.';
const MISSING = 'What was there has been removed; it is made anew with the next call.';
const TLS = 'Set `ssl` of the pool to what the server expects.';

/** What to do about what the server says (SQLSTATE), and about what Node says of a connection. */
const ADVICE: ReadonlyMap<unknown, string> = new Map<unknown, string>([
  ['28P01', PASSWORD],
  ['28000', 'The server does not let this user in: check the user, and `pg_hba.conf`.'],
  ['3D000', 'Create the database, or give the pool the name of another.'],
  ['53300', 'Give the pool a lower `max`, or the server a higher `max_connections`.'],
  ['25006', 'This is a standby that only reads: point the pool at the primary.'],
  ['42501', 'Give the user the right to create and write tables in the schema.'],
  ['53100', FULL],
  ['53200', 'Give the server more memory.'],
  ['57014', 'It took longer than `statement_timeout` allows.'],
  ['57P01', STARTING],
  ['57P02', STARTING],
  ['57P03', STARTING],
  ['3F000', MISSING],
  ['42P01', MISSING],
  ['ECONNREFUSED', UNREACHED],
  ['ENOENT', UNREACHED],
  ['ENOTFOUND', UNREACHED],
  ['EAI_AGAIN', UNREACHED],
  ['EHOSTUNREACH', UNREACHED],
  ['ENETUNREACH', UNREACHED],
  ['ETIMEDOUT', UNREACHED],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', TLS],
  ['SELF_SIGNED_CERT_IN_CHAIN', TLS],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', TLS],
]);

/** What the driver says in words only. */
const ADVICE_ON_WORDS: readonly (readonly [RegExp, string])[] = [
  [
    /timeout exceeded when trying to connect|connection timeout/i,
    `${UNREACHED} If it does, the pool may be too small.`,
  ],
  [/after calling end on the pool/i, 'End the pool when nothing uses it any more.'],
  [/password must be a string/i, PASSWORD],
  [/SSL/, TLS],
];

/** The server knows no such table or schema: somebody has removed it. */
export function isSchemaMissing(error: unknown): boolean {
  return ['42P01', '3F000'].includes(String(codeOf(error)));
}

/** An error of the driver or the server in the words of Turnspan. */
export function toPostgresError(cause: unknown, what: string): TurnspanError {
  if (cause instanceof TurnspanError) return cause;
  const told = `${what}: ${messageOf(cause).replace(/\.$/, '')}.`;
  const advice = adviceOn(cause);
  const detail = advice === undefined ? told : `${told} ${advice}`;
  return new TurnspanError('STORE_UNAVAILABLE', { detail, cause });
}

function adviceOn(cause: unknown): string | undefined {
  const message = messageOf(cause);
  return ADVICE.get(codeOf(cause)) ?? ADVICE_ON_WORDS.find(([words]) => words.test(message))?.[1];
}

function codeOf(cause: unknown): unknown {
  return (Object(cause) as { readonly code?: unknown }).code;
}

/** Errors may come from another realm; of several addresses tried, Node names the code only. */
function messageOf(cause: unknown): string {
  const { message } = Object(cause) as { readonly message?: unknown };
  if (typeof message === 'string' && message !== '') return message;
  return String(codeOf(cause) ?? cause);
}
