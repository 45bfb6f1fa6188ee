import type { VisitOutcome } from '@turnspan/core';
import type { VisitRow } from '@turnspan/journal';
import { groupBy, type Place, toPlaceKey } from '../places';
import { measureProportion, type Proportion } from '../statistics/proportion';

/** What of a visit tells about the way. */
export type PathVisit = Pick<VisitRow, 'journey_id' | 'visit_index' | 'flow' | 'node' | 'outcome'>;

/** How paths are told. */
export interface PathOptions {
  /** How many of each flow. @default 10 */
  readonly limit?: number;
}

/** How the last steps are told. */
export interface LastStepsOptions extends PathOptions {
  /** How many of them. @default 3 */
  readonly steps?: number;
}

/** A way that journeys took through a flow. */
export interface PathVariant {
  readonly flow: string;
  /** In their order; the same node twice in a row is told twice. */
  readonly nodes: readonly string[];
  /** How the last visit ended. */
  readonly outcome: VisitOutcome;
  /** Of all journeys of the flow. */
  readonly journeys: Proportion;
}

/** What people saw before they fell silent. */
export interface LastSteps {
  readonly flow: string;
  /** The last one is where they were dropped. */
  readonly nodes: readonly string[];
  /** Of all dropped journeys of the flow. */
  readonly journeys: Proportion;
}

/** How much of a node's work is done twice. */
export interface Rework extends Place {
  /** Visits by a journey that had been there before ÷ visits. */
  readonly again: Proportion;
}

/** The ways journeys take most often, flow by flow. */
export function findVariants(
  visits: readonly PathVisit[],
  { limit = 10 }: PathOptions = {},
): readonly PathVariant[] {
  return toFlows(visits).flatMap(({ flow, paths }) =>
    countMost(paths.map(toWay), limit).map(({ way: [nodes, outcome], count }) => {
      return { flow, nodes, outcome, journeys: measureProportion(count, paths.length) };
    }),
  );
}

/** The last steps of dropped journeys, flow by flow, the most frequent first. */
export function findLastSteps(
  visits: readonly PathVisit[],
  {
    limit = 10,
    steps = 3,
  }: PathOptions & {
    /** How many steps. @default 3 */
    readonly steps?: number;
  } = {},
): readonly LastSteps[] {
  return toFlows(visits).flatMap(({ flow, paths }) => {
    const dropped = paths.filter((path) => path.at(-1)?.outcome === 'dropped');
    const ends = dropped.map((path) => toWay(path.slice(-steps)));
    return countMost(ends, limit).map(({ way: [nodes], count }) => ({
      flow,
      nodes,
      journeys: measureProportion(count, dropped.length),
    }));
  });
}

/** The declared nodes that nobody was seen at. */
export function findUnreached(
  declared: readonly Place[],
  visited: Iterable<Place>,
): readonly Place[] {
  const reached = new Set<string>();
  for (const place of visited) reached.add(toPlaceKey(place));
  return declared.filter((place) => !reached.has(toPlaceKey(place)));
}

/** How much of the work of each node is done again for the same journey, the most first. */
export function measureRework(visits: readonly PathVisit[]): readonly Rework[] {
  return [...groupBy(visits, toPlaceKey).values()]
    .map((rows) => {
      const journeys = new Set(rows.map(({ journey_id }) => journey_id)).size;
      const again = measureProportion(rows.length - journeys, rows.length);
      return { flow: rows[0]?.flow ?? '', node: rows[0]?.node ?? '', again };
    })
    .sort((a, b) => b.again.count - a.again.count);
}

type Path = readonly PathVisit[];
type Way = readonly [nodes: readonly string[], outcome: VisitOutcome];

function toFlows(
  visits: readonly PathVisit[],
): readonly { readonly flow: string; readonly paths: readonly Path[] }[] {
  const journeys = groupBy(visits, ({ journey_id }) => journey_id);
  const paths = [...journeys.values()].map((path) =>
    path.sort((a, b) => a.visit_index - b.visit_index),
  );
  return [...groupBy(paths, (path) => path[0]?.flow ?? '')].map(([flow, own]) => ({
    flow,
    paths: own,
  }));
}

function toWay(path: Path): Way {
  return [path.map(({ node }) => node), path.at(-1)?.outcome ?? 'advanced'];
}

function countMost(
  ways: readonly Way[],
  limit: number,
): readonly { readonly way: Way; readonly count: number }[] {
  return [...groupBy(ways, (way) => JSON.stringify(way)).values()]
    .map((group) => ({ way: group[0] as Way, count: group.length }))
    .sort((a, b) => b.count - a.count)
    .slice(0, limit);
}
