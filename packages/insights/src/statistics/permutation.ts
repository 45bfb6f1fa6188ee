import { type Answer, found, notEnough } from '../answer';
import { createRandom, type Random, shuffle } from './random';
import { mean, sum } from './summary';

/** How a permutation test draws. */
export interface PermutationOptions {
  /** Makes the same draws again. @default 1 */
  readonly seed?: number;
  /** How many draws, where not every one can be tried. @default 1999 */
  readonly draws?: number;
}

/** What a permutation test found. */
export interface PermutationTest {
  readonly difference: number;
  /** How likely a difference this large in either direction is, if the groups are the same. */
  readonly p: number;
  /** How likely it is upwards. */
  readonly pUp: number;
  /** True if every way to split the values was tried. */
  readonly exact: boolean;
}

/** Up to that many ways to split the values are all tried. */
const EXACT_UP_TO = 20_000;
const ROUNDING = 1e-9;

/**
 * Whether the means of two groups differ: the part of all splits of the pooled values whose
 * difference is at least as large (Fisher 1935). With too many splits the part of seeded draws, the
 * one that happened among them: (b + 1) ÷ (m + 1) (Phipson & Smyth 2010).
 */
export function compareByPermutation(
  [first, second]: readonly [readonly number[], readonly number[]],
  { seed = 1, draws = 1999 }: PermutationOptions = {},
): Answer<PermutationTest> {
  const had = Math.min(first.length, second.length);
  if (had < 2) return notEnough('Each group needs two values.', { had, needed: 2 });
  const pooled = [...first, ...second];
  const difference = mean(first) - mean(second);
  const exact = countSplits(pooled.length, first.length) <= EXACT_UP_TO;
  const sums = exact
    ? sumAllSplits(pooled, first.length)
    : [sum(first), ...drawSums(pooled, { size: first.length, draws, random: createRandom(seed) })];
  const total = sum(pooled);
  const differences = sums.map((part) => part / first.length - (total - part) / second.length);
  const tolerance = ROUNDING * (Math.abs(difference) + 1);
  const extreme = Math.abs(difference) - tolerance;
  return found({
    difference,
    p: countPart(differences, (each) => Math.abs(each) >= extreme),
    pUp: countPart(differences, (each) => each >= difference - tolerance),
    exact,
  });
}

/** The part of the values for which something holds. */
export function countPart(values: readonly number[], holds: (value: number) => boolean): number {
  return values.filter(holds).length / values.length;
}

function countSplits(total: number, size: number): number {
  let splits = 1;
  for (let index = 1; index <= size && splits <= EXACT_UP_TO; index += 1) {
    splits *= (total - size + index) / index;
  }
  return splits;
}

function sumAllSplits(values: readonly number[], size: number): readonly number[] {
  const sums: number[] = [];
  const choose = (from: number, left: number, total: number): void => {
    if (left === 0) {
      sums.push(total);
      return;
    }
    for (let index = from; index <= values.length - left; index += 1) {
      choose(index + 1, left - 1, total + (values[index] ?? 0));
    }
  };
  choose(0, size, 0);
  return sums;
}

interface Draws {
  readonly size: number;
  readonly draws: number;
  readonly random: Random;
}

function drawSums(values: readonly number[], { size, draws, random }: Draws): readonly number[] {
  return Array.from({ length: draws }, () => sum(shuffle(values, random).slice(0, size)));
}
