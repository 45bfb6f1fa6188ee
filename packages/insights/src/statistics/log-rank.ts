import { type Answer, found, notEnough } from '../answer';
import { chiSquareTail } from './distributions';
import { type RiskSet, type SurvivalObservation, toRiskSets } from './survival';

/** Whether two groups differ in how long something takes. */
export interface LogRank {
  /** How often it happened in each group, and how often it would have if they were the same. */
  readonly observed: readonly [number, number];
  readonly expected: readonly [number, number];
  /** With one degree of freedom. */
  readonly chiSquare: number;
  readonly p: number;
}

/**
 * The log-rank test: χ² = (Σ(dᵢ₁ − eᵢ))² ÷ Σ vᵢ, eᵢ = dᵢ nᵢ₁/nᵢ and vᵢ hypergeometric
 * (Mantel 1966, Peto & Peto 1972).
 */
export function compareSurvival(
  first: readonly SurvivalObservation[],
  second: readonly SurvivalObservation[],
): Answer<LogRank> {
  const firstSets = toRiskSets(first);
  const all = toRiskSets([...first, ...second]).filter(({ happened }) => happened > 0);
  let observed = 0;
  let expected = 0;
  let variance = 0;
  for (const { time, atRisk, happened } of all) {
    const mine = findRiskSet(firstSets, time);
    const part = mine.atRisk / atRisk;
    observed += mine.happened;
    expected += happened * part;
    if (atRisk > 1) variance += (happened * part * (1 - part) * (atRisk - happened)) / (atRisk - 1);
  }
  const total = all.reduce((count, { happened }) => count + happened, 0);
  if (variance <= 0) {
    return notEnough('At no time were both groups still waiting.', { had: total, needed: 1 });
  }
  const chiSquare = (observed - expected) ** 2 / variance;
  return found({
    observed: [observed, total - observed],
    expected: [expected, total - expected],
    chiSquare,
    p: chiSquareTail(chiSquare, 1),
  });
}

/** Between two times of a group everybody who leaves at the later one is still there. */
function findRiskSet(sets: readonly RiskSet[], time: number): RiskSet {
  let low = 0;
  let high = sets.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sets[middle]?.time ?? time) < time) low = middle + 1;
    else high = middle;
  }
  const next = sets[low] ?? { time, atRisk: 0, happened: 0 };
  return next.time === time ? next : { ...next, happened: 0 };
}
