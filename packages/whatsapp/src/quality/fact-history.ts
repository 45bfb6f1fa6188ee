import type { QualityFact, Timestamp } from '@turnspan/core';
import { compact } from '../json';

/**
 * All that was told of one attribute and can still matter, in the order of {@link compareFacts}: the
 * last fact with another value, then every fact with the present one.
 */
export type FactHistory = readonly QualityFact[];

/** What a history comes down to. */
export type Summary = Omit<QualityFact, 'subject' | 'attribute' | 'key'>;

/**
 * How often a value is remembered to have been repeated. Of more, the early repetitions are
 * forgotten, and only for a late fact that comes in behind them does it make a difference: the
 * value then seems to have begun with a later repetition. Which value it is never depends on it.
 */
const MAX_REPETITIONS = 64;

/**
 * The order of facts: by `at`; of the same moment a webhook comes after a poll, because it tells of
 * a change; then by value, end and reason, so that the order never depends on which came first.
 */
export function compareFacts(one: QualityFact, other: QualityFact): number {
  return (
    one.at - other.at ||
    compareText(one.source, other.source) ||
    compareText(one.value, other.value) ||
    (one.until ?? -1) - (other.until ?? -1) ||
    compareText(one.reason ?? '', other.reason ?? '') ||
    Number(one.reason !== undefined) - Number(other.reason !== undefined)
  );
}

/** Adds a fact to a history, or does not if it no longer matters. */
export function addFact(history: FactHistory, fact: QualityFact): FactHistory {
  const found = history.findIndex((known) => compareFacts(known, fact) >= 0);
  const index = found < 0 ? history.length : found;
  const same = history[index];
  if (same && compareFacts(same, fact) === 0) {
    return same.observedAt >= fact.observedAt ? history : history.with(index, fact);
  }
  return forgetMiddle(forgetPast(history.toSpliced(index, 0, fact)));
}

/** Before the last other value nothing can matter any more, whatever is told later. */
function forgetPast(history: FactHistory): FactHistory {
  const value = history.at(-1)?.value;
  const barrier = history.findLastIndex((fact) => fact.value !== value);
  return barrier > 0 ? history.slice(barrier) : history;
}

function forgetMiddle(history: FactHistory): FactHistory {
  const first = history[0]?.value === history.at(-1)?.value ? 0 : 1;
  if (history.length - first <= MAX_REPETITIONS) return history;
  const isPlain = (fact: QualityFact, index: number) => index > first && !hasDetails(fact);
  const plain = history.findIndex(isPlain);
  return history.toSpliced(plain < 0 ? first + 1 : plain, 1);
}

/**
 * Gives the present value with its beginning, which is the first of the facts that agree without
 * interruption. A value that had ended by itself begins anew. End and reason are those told last,
 * because only some facts tell them: a poll sees a pause, but not how long it lasts.
 */
export function summarize(history: FactHistory): Summary | undefined {
  const value = history.at(-1)?.value;
  let present: Present | undefined;
  for (const fact of history) {
    if (fact.value !== value) continue;
    present = present && !hasEnded(present, fact.at) ? confirm(present, fact) : fact;
  }
  return present && toSummary(present);
}

/** Whether something has ended by itself. */
export function hasEnded(fact: Pick<Present, 'until'>, now: Timestamp): boolean {
  return fact.until !== undefined && fact.until <= now;
}

/** A summary that is not finished: what nobody told may be undefined. */
type Present = { readonly [K in keyof Summary]: Summary[K] | undefined } & Pick<
  Summary,
  'value' | 'at' | 'observedAt' | 'source'
>;

function confirm(
  { value, at, observedAt, source, until, reason }: Present,
  fact: QualityFact,
): Present {
  const latest = Math.max(observedAt, fact.observedAt);
  const details = hasDetails(fact) ? fact : { until, reason };
  return { value, at, source, observedAt: latest, until: details.until, reason: details.reason };
}

function toSummary({ value, at, observedAt, source, until, reason }: Present): Summary {
  return compact<Summary>({ value, at, observedAt, source, until, reason });
}

function hasDetails(fact: QualityFact): boolean {
  return fact.until !== undefined || fact.reason !== undefined;
}

function compareText(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
