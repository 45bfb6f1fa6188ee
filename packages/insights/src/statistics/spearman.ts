import { type Answer, found, notEnough } from '../answer';
import { studentTwoSided } from './distributions';
import { mean, sum } from './summary';

/** How far two series rise and fall together. */
export interface RankCorrelation {
  /** Spearman's rho, -1 to 1. */
  readonly rho: number;
  readonly pairs: number;
  /** How many independent pairs they are worth: less where each day is like the one before. */
  readonly effectivePairs: number;
  readonly p: number;
}

/** What is correlated. */
export interface RankCorrelationOptions {
  /**
   * True if the pairs follow each other in time, so that neighbours are alike.
   * @default false
   */
  readonly inTime?: boolean;
}

/** With that few pairs every order can be tried. */
const EXACT_UP_TO = 9;
const NEEDED = 5;

/**
 * Spearman's rank correlation. Its p is exact over all orders for up to nine independent pairs; else
 * t = ρ √((n−2)/(1−ρ²)), and for pairs in time n is n (1 − r₁r₂)/(1 + r₁r₂), with r the lag-one
 * autocorrelations of the ranks (Spearman 1904, Bayley & Hammersley 1946).
 */
export function correlateRanks(
  pairs: readonly (readonly [number, number])[],
  { inTime = false }: RankCorrelationOptions = {},
): Answer<RankCorrelation> {
  const first = rank(pairs.map(([x]) => x));
  const second = rank(pairs.map(([, y]) => y));
  const rho = correlate(first, second);
  if (rho === undefined) {
    return notEnough('A series that never changes moves with nothing.', { had: 1, needed: 2 });
  }
  const effectivePairs = inTime ? countEffective(first, second) : pairs.length;
  if (effectivePairs < NEEDED) {
    const reason = 'There are too few independent pairs.';
    return notEnough(reason, { had: Math.floor(effectivePairs), needed: NEEDED });
  }
  const isExact = !inTime && pairs.length <= EXACT_UP_TO;
  const p = isExact ? testAllOrders(first, second) : testByStudent(rho, effectivePairs);
  return found({ rho, pairs: pairs.length, effectivePairs, p });
}

/** The place of each value in their order, from 1; equal values share the mean of their places. */
export function rank(values: readonly number[]): readonly number[] {
  const order = values.map((value, index) => ({ value, index })).sort((a, b) => a.value - b.value);
  const ranks = values.map(() => 0);
  let start = 0;
  while (start < order.length) {
    const value = order[start]?.value;
    let end = start;
    while (order[end]?.value === value && end < order.length) end += 1;
    for (const { index } of order.slice(start, end)) ranks[index] = (start + 1 + end) / 2;
    start = end;
  }
  return ranks;
}

function correlate(first: readonly number[], second: readonly number[]): number | undefined {
  const xs = center(first);
  const ys = center(second);
  const scale = Math.sqrt(multiply(xs, xs) * multiply(ys, ys));
  return scale > 0 ? multiply(xs, ys) / scale : undefined;
}

function center(values: readonly number[]): readonly number[] {
  const middle = mean(values);
  return values.map((value) => value - middle);
}

function multiply(xs: readonly number[], ys: readonly number[]): number {
  return sum(xs.map((x, index) => x * (ys[index] ?? 0)));
}

function countEffective(first: readonly number[], second: readonly number[]): number {
  const alike = Math.max(0, correlateWithNext(first) * correlateWithNext(second));
  return (first.length * (1 - alike)) / (1 + alike);
}

function correlateWithNext(values: readonly number[]): number {
  const centered = center(values);
  return multiply(centered.slice(1), centered) / multiply(centered, centered);
}

function testByStudent(rho: number, pairs: number): number {
  if (Math.abs(rho) >= 1) return 0;
  return studentTwoSided(rho * Math.sqrt((pairs - 2) / (1 - rho * rho)), pairs - 2);
}

function testAllOrders(first: readonly number[], second: readonly number[]): number {
  const xs = center(first);
  const ys = [...center(second)];
  const extreme = Math.abs(multiply(xs, ys)) - 1e-9;
  let orders = 0;
  let asFar = 0;
  const visit = (depth: number, total: number): void => {
    if (depth === ys.length) {
      orders += 1;
      if (Math.abs(total) >= extreme) asFar += 1;
      return;
    }
    for (let index = depth; index < ys.length; index += 1) {
      swap(ys, depth, index);
      visit(depth + 1, total + (xs[depth] ?? 0) * (ys[depth] ?? 0));
      swap(ys, depth, index);
    }
  };
  visit(0, 0);
  return asFar / orders;
}

function swap(values: number[], a: number, b: number): void {
  const kept = values[a] ?? 0;
  values[a] = values[b] ?? 0;
  values[b] = kept;
}
