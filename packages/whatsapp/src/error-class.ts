import type { FailureClass } from '@turnspan/core';

/**
 * Meta's error codes by what they mean to a sender, from its error-code page (September 2026).
 * 130472 (the user is in an experiment of Meta's) stands beside the frequency cap, because both are
 * Meta holding back marketing for reasons of its own. 135000 is ambiguous by design (it is also how
 * portfolio pacing drops a message), 131062 and 131063 are questions of set-up: all `other`.
 */
const CODES: Readonly<Record<Exclude<FailureClass, 'other'>, readonly number[]>> = {
  negative_feedback: [131048],
  opt_out: [131050],
  frequency_cap: [131049, 130472],
  unreachable: [131026, 130403],
  window_closed: [131047],
  throttled: [4, 80007, 130429, 131056],
  policy: [368, 130497, 131031, 131064, 132015, 132016, 132068, 132069, 139200],
  billing: [131042],
  transient: [1, 2, 131000, 131016, 131057, 133004],
  auth: [0, 3, 10, 190],
};

const CLASS_BY_CODE: ReadonlyMap<number, FailureClass> = new Map(
  Object.entries(CODES).flatMap(([name, codes]) =>
    codes.map((code) => [code, name as FailureClass] as const),
  ),
);

/** Sorts one of Meta's error codes into the class it belongs to; `other` when it has none. */
export function classifyError(code: string | number | undefined): FailureClass {
  const number = toCode(code);
  if (number === undefined) return 'other';
  return CLASS_BY_CODE.get(number) ?? (isPermission(number) ? 'auth' : 'other');
}

const RETRY: ReadonlySet<number> = new Set([
  1, 2, 4, 80007, 130429, 131000, 131016, 131056, 131057, 133004,
]);
const NEVER_RETRY: ReadonlySet<number> = new Set([3, 10, 100, 190, 368, 131031]);

/** What is known of a refused request when asking whether it may be repeated. */
export interface Refusal {
  readonly status: number;
  readonly code?: number;
  readonly isTransient: boolean;
}

/**
 * Answers whether the same request may succeed later. The code decides before the HTTP status,
 * because Meta answers some rate limits with 400.
 */
export function isRetryable({ status, code, isTransient }: Refusal): boolean {
  if (code !== undefined && (NEVER_RETRY.has(code) || isPermission(code))) return false;
  return isTransient || (code !== undefined && RETRY.has(code)) || status === 429 || status >= 500;
}

/** 200 to 299 are missing permissions, each code another one. */
function isPermission(code: number): boolean {
  return code >= 200 && code <= 299;
}

function toCode(code: string | number | undefined): number | undefined {
  if (code === undefined || code === '') return undefined;
  const number = Number(code);
  return Number.isInteger(number) ? number : undefined;
}
