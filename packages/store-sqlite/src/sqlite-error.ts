import { TurnspanError } from '@turnspan/core';

/** SQLite's own numbers for what is wrong with a single row and with nothing else. */
const ROW_CODES: ReadonlySet<number> = new Set([18, 19, 20, 25]);
const BUSY_CODES: ReadonlySet<number> = new Set([5, 6]);

const BUSY = 'Another process has the file: wait for it, or end it.';
const RIGHTS =
  'Give the process the right to write to the file and its folder, or choose another file.';
const DAMAGED = 'Bring the file back from a backup, or move it away: a new one will be made.';
const FULL = 'Make room on the disk.';

/** What to do about SQLite's own numbers, and about what Node says of a path. */
const ADVICE: ReadonlyMap<unknown, string> = new Map<unknown, string>([
  [5, BUSY],
  [6, BUSY],
  [8, RIGHTS],
  [11, DAMAGED],
  [13, FULL],
  [14, RIGHTS],
  [26, DAMAGED],
  ['EACCES', RIGHTS],
  ['EPERM', RIGHTS],
  ['EROFS', RIGHTS],
  ['EISDIR', 'Choose the path of a file, not of a folder.'],
  ['ENOTDIR', 'Choose a path whose folders are folders.'],
  ['EEXIST', 'Choose a path whose folders are folders.'],
  ['ENOSPC', FULL],
]);

/** Whether another connection has the file just now. */
export function isBusy(error: unknown): boolean {
  const code = codeOf(error);
  return code !== undefined && BUSY_CODES.has(code);
}

/** Whether the same write fails again however often it is tried. */
export function isRowRefused(error: unknown): boolean {
  const code = codeOf(error);
  return code !== undefined ? ROW_CODES.has(code) : error instanceof TypeError;
}

/** An error of the database in the words of Turnspan. */
export function toStoreError(cause: unknown, what: string): TurnspanError {
  if (cause instanceof TurnspanError) return cause;
  const told = `${what}: ${messageOf(cause)}.`;
  const advice = adviceOn(cause);
  const detail = advice === undefined ? told : `${told} ${advice}`;
  return new TurnspanError('STORE_UNAVAILABLE', { detail, cause });
}

function adviceOn(cause: unknown): string | undefined {
  const { code } = Object(cause) as { readonly code?: unknown };
  return ADVICE.get(codeOf(cause)) ?? ADVICE.get(code);
}

/** Errors of a driver may come from another realm, where `instanceof Error` says no. */
function messageOf(cause: unknown): string {
  const { message } = Object(cause) as { readonly message?: unknown };
  return typeof message === 'string' ? message : String(cause);
}

/** The primary result code; `node:sqlite` calls it `errcode`, libsql `rawCode`. */
function codeOf(error: unknown): number | undefined {
  if (typeof error !== 'object' || error === null) return undefined;
  const { errcode, rawCode } = error as { errcode?: unknown; rawCode?: unknown };
  const code = errcode ?? rawCode;
  return typeof code === 'number' ? code & 0xff : undefined;
}
