import { type Answer, found, notEnough } from '../answer';
import {
  findMovements,
  type MovementOptions,
  type SeriesMovement,
} from '../movements/find-movements';
import { type EvidenceRows, type Measure, type Series, toSeries } from '../movements/series';
import { groupBy } from '../places';

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
 * A risk index from our own signals, each of the whole business against its own weekdays, combined by
 * Cauchy's rule, which holds for signs that depend on each other: T = mean tan((½ − pᵢ)π),
 * p = ½ − arctan(T)/π (Liu & Xie 2020). What Meta's own threshold is nobody outside knows.
 */
export function measureRisk(
  rows: EvidenceRows,
  { days = 7, ...options }: RiskOptions,
): Answer<RiskIndex> {
  const all = toSeries(rows).filter(({ measure }) => SIGNS.includes(measure));
  const signs = findMovements(mergeSubjects(all), { ...options, windows: [days] });
  if (signs.length === 0) {
    return notEnough('No sign has a past of two weeks.', { had: 0, needed: 1 });
  }
  const p = combine(signs.map((sign) => sign.p));
  return found({
    index: Math.min(100, Math.max(0, -25 * Math.log10(p))),
    level: toLevel(p),
    p,
    signs,
  });
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

/** A p of exactly 1 would outvote all others. */
const MOST = 0.999;
const LEAST = 1e-15;

function combine(ps: readonly number[]): number {
  const tangents = ps.map((p) => Math.tan((0.5 - Math.min(MOST, Math.max(LEAST, p))) * Math.PI));
  const middle = tangents.reduce((sum, each) => sum + each, 0) / ps.length;
  // Far out the arctangent has no digits left; there 1 ÷ πT is the same.
  return middle > 1e6 ? 1 / (middle * Math.PI) : 0.5 - Math.atan(middle) / Math.PI;
}

function toLevel(p: number): RiskIndex['level'] {
  if (p < 0.001) return 'alarm';
  return p < 0.05 ? 'watch' : 'calm';
}
