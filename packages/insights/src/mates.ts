import { groupBy, type Place } from './places';
import { addFalseDiscovery } from './statistics/false-discovery';
import { measureProportion, type Proportion } from './statistics/proportion';
import { compareRates } from './statistics/rate-ratio';

/** How often something happened at a node, out of how many times it could have. */
export interface PlaceCount extends Place {
  readonly count: number;
  readonly total: number;
}

/** How a node compares with the others of its flow. */
export interface MatesComparison extends Place {
  readonly own: Proportion;
  /** All other nodes of the flow together. */
  readonly mates: Proportion;
  /** How many times as often as there; undefined where there is nothing to compare with. */
  readonly ratio: number | undefined;
  /** How likely that many are, if the true ratio is at most the tolerance. */
  readonly p: number;
  /** The rate of false discoveries at which it counts. */
  readonly q: number;
  /** How many more than the others would have had, by the lower bound of the rate. */
  readonly excess: number;
}

/** What counts as different. */
export interface MatesOptions {
  /**
   * How many times the rate of its flow-mates a node may have and still be one like them.
   * @default 1.5
   */
  readonly tolerance?: number;
}

/** Holds each node against the others of its flow, the largest excess first. */
export function compareWithMates(
  counts: readonly PlaceCount[],
  { tolerance = 1.5 }: MatesOptions = {},
): readonly MatesComparison[] {
  const compared = [...groupBy(counts, ({ flow }) => flow).values()].flatMap((flow) => {
    const all = { count: sumOf(flow, 'count'), total: sumOf(flow, 'total') };
    return flow.map((node) => compareWithRest(node, { all, tolerance }));
  });
  const tested = addFalseDiscovery(compared.filter(({ ratio }) => ratio !== undefined));
  const untested = compared.filter(({ ratio }) => ratio === undefined);
  return [...tested, ...untested.map((each) => ({ ...each, q: 1 }))].sort(
    (a, b) => b.excess - a.excess || b.own.count - a.own.count,
  );
}

interface Flow {
  readonly all: Pick<Proportion, 'count' | 'total'>;
  readonly tolerance: number;
}

function compareWithRest(
  { flow, node, count, total }: PlaceCount,
  { all, tolerance }: Flow,
): Omit<MatesComparison, 'q'> {
  const own = measureProportion(Math.min(count, total), total);
  const mates = measureProportion(
    Math.min(all.count - count, all.total - total),
    all.total - total,
  );
  const compared = compareRates(own, mates, tolerance);
  const { ratio, p } = compared.kind === 'found' ? compared.value : { ratio: undefined, p: 1 };
  const excess = mates.rate === undefined ? 0 : Math.max(0, own.low - mates.rate) * total;
  return { flow, node, own, mates, ratio, p, excess };
}

function sumOf(counts: readonly PlaceCount[], column: 'count' | 'total'): number {
  return counts.reduce((sum, each) => sum + each[column], 0);
}
