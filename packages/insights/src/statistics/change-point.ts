import { type Answer, found, notEnough } from '../answer';
import { countPart, type PermutationOptions } from './permutation';
import { createRandom, shuffle } from './random';
import { mean } from './summary';

/** A place at which a series began to be another one. */
export interface ChangePoint {
  /** The first value after the change. */
  readonly index: number;
  readonly before: number;
  readonly after: number;
  /** How likely a series without a change looks as if it had one this clear. */
  readonly p: number;
}

/** How changes are looked for. */
export interface ChangePointOptions extends PermutationOptions {
  /** How many values a stretch has at least. @default 5 */
  readonly shortest?: number;
  /** How likely a false one may be. @default 0.05 */
  readonly alpha?: number;
}

interface Split {
  readonly index: number;
  readonly score: number;
}

/**
 * The clearest change of the mean: the split with the largest |S₁/k − S₂/(n−k)| √(k(n−k)/n), its p
 * from seeded permutations of the series (Page 1954 and Hinkley 1970; permutations as in Pettitt
 * 1979). The values should be independent: take out the weekday first.
 */
export function findChangePoint(
  values: readonly number[],
  { shortest = 5, seed = 1, draws = 999 }: ChangePointOptions = {},
): Answer<ChangePoint> {
  if (values.length < 2 * shortest) {
    const needed = 2 * shortest;
    return notEnough('The series is too short.', { had: values.length, needed });
  }
  const best = findBestSplit(values, shortest);
  const random = createRandom(seed);
  const scores = Array.from(
    { length: draws },
    () => findBestSplit(shuffle(values, random), shortest).score,
  );
  const p = countPart([best.score, ...scores], (score) => score >= best.score - 1e-12);
  const before = mean(values.slice(0, best.index));
  return found({ index: best.index, before, after: mean(values.slice(best.index)), p });
}

/**
 * All changes that are clear, oldest first, by splitting again what was split (Vostrikova 1981). The two
 * parts share the risk of a false one, so that it stays what it is however often is split.
 */
export function findChangePoints(
  values: readonly number[],
  { alpha = 0.05, ...options }: ChangePointOptions = {},
): readonly ChangePoint[] {
  const answer = findChangePoint(values, options);
  if (answer.kind !== 'found' || answer.value.p > alpha) return [];
  const parts = { ...options, alpha: alpha / 2 };
  const { index } = answer.value;
  const before = findChangePoints(values.slice(0, index), parts);
  const after = findChangePoints(values.slice(index), parts);
  const later = after.map((change) => ({ ...change, index: change.index + index }));
  return toStretches(values, [...before, answer.value, ...later]);
}

/** With more changes known, before and after are the stretches between them. */
function toStretches(
  values: readonly number[],
  changes: readonly ChangePoint[],
): readonly ChangePoint[] {
  return changes.map(({ index, p }, place) => ({
    index,
    before: mean(values.slice(changes[place - 1]?.index ?? 0, index)),
    after: mean(values.slice(index, changes[place + 1]?.index)),
    p,
  }));
}

/** This runs a thousand times for each series, so that it goes by index. */
function findBestSplit(values: readonly number[], shortest: number): Split {
  const { length } = values;
  let total = 0;
  for (const value of values) total += value;
  let before = 0;
  let best: Split = { index: shortest, score: -1 };
  for (let size = 1; size <= length - shortest; size += 1) {
    before += values[size - 1] ?? 0;
    if (size < shortest) continue;
    const rest = length - size;
    const difference = Math.abs(before / size - (total - before) / rest);
    const score = difference * Math.sqrt((size * rest) / length);
    if (score > best.score) best = { index: size, score };
  }
  return best;
}
