import { type Answer, found, notEnough } from '../answer';
import {
  cutEvidence,
  findMovements,
  type MovementOptions,
  type SeriesMovement,
} from '../movements/find-movements';
import { type EvidenceRows, type Measure, type Series, toSeries } from '../movements/series';
import { groupBy } from '../places';
import { mean } from '../statistics/summary';

/** How risk is read. */
export interface RiskOptions extends Omit<MovementOptions, 'windows'> {
  /** How many days are looked at: about as many as the rating does. @default 7 */
  readonly days?: number;
}

/** How much of what people can see got worse, while the rating may still be green. */
export interface RiskIndex {
  /** 0 to 100: 25 for each power of ten by which chance is unlikely. */
  readonly index: number;
  /** `watch` below a p of 0.05, `alarm` below 0.001. */
  readonly level: 'calm' | 'watch' | 'alarm';
  /** All signs combined. */
  readonly p: number;
  /** What each sign says of the whole business, the clearest first. */
  readonly signs: readonly SeriesMovement[];
  /** The same of every node and template. */
  readonly subjects: readonly SeriesMovement[];
}

/** What the receiver of a message shows; how long somebody takes is not among it. */
const SIGNS: readonly Measure[] = [
  'negative_feedback',
  'opt_out',
  'unread',
  'drop_off',
  'confusion',
  'loop',
];

/**
 * A risk index from our own signals: each of the whole business, and each of every node and template,
 * against its own weekdays. Both halves weigh the same and are combined by Cauchy's rule, which holds
 * for signs that depend on each other: T = Σ wᵢ tan((½ − pᵢ)π), p = ½ − arctan(T)/π (Liu & Xie 2020).
 * What Meta's own threshold is nobody outside knows.
 */
export function measureRisk(
  rows: EvidenceRows,
  { days = 7, ...options }: RiskOptions,
): Answer<RiskIndex> {
  const window = { ...options, windows: [days] };
  const series = toSeries(cutEvidence(rows, window));
  const parts = series.filter(({ measure }) => SIGNS.includes(measure));
  const signs = findMovements(mergeSubjects(parts), window);
  if (signs.length === 0) {
    return notEnough('No sign has a past of two weeks.', { had: 0, needed: 1 });
  }
  const subjects = findMovements(parts, window);
  const p = toP((toTangent(signs) + toTangent(subjects)) / 2);
  const index = Math.min(100, Math.max(0, -25 * Math.log10(p)));
  return found({ index, level: toLevel(p), p, signs, subjects });
}

/** One series for each measure, of all nodes and templates together. */
function mergeSubjects(series: readonly Series[]): readonly Series[] {
  return [...groupBy(series, ({ measure }) => measure)].map(([measure, own]) => ({
    subject: { kind: 'node', flow: '', node: '' },
    measure,
    scale: 'rate',
    hours: own.flatMap(({ hours }) => hours),
  }));
}

/** Where hardly anything ever happens p is often 1, and would outvote what did happen. */
const MOST = 0.9;
const LEAST = 1e-15;

function toTangent(movements: readonly SeriesMovement[]): number {
  return mean(
    movements.map(({ p }) => Math.tan((0.5 - Math.min(MOST, Math.max(LEAST, p))) * Math.PI)),
  );
}

function toP(tangent: number): number {
  // Far out the arctangent has no digits left; there 1 ÷ πT is the same.
  return tangent > 1e6 ? 1 / (tangent * Math.PI) : 0.5 - Math.atan(tangent) / Math.PI;
}

function toLevel(p: number): RiskIndex['level'] {
  if (p < 0.001) return 'alarm';
  return p < 0.05 ? 'watch' : 'calm';
}
