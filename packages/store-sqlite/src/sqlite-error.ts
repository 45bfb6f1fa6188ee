import { TurnspanError } from '@turnspan/core';

/** SQLite's own numbers for what is wrong with a single row and with nothing else. */
const ROW_CODES: ReadonlySet<number> = new Set([18, 19, 20, 25]);
const BUSY_CODES: ReadonlySet<number> = new Set([5, 6]);

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
  return new TurnspanError('STORE_UNAVAILABLE', { detail: `${what}: ${messageOf(cause)}.`, cause });
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
