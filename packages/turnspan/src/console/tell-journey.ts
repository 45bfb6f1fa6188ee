import type {
  CircleCount,
  FlowVersion,
  JourneyDocument,
  JourneyEdge,
  JourneyNode,
  JourneyQuery,
} from '@turnspan/console';
import { measureProportion } from '@turnspan/insights';
import type { JourneyHourRow } from '@turnspan/journal';
import {
  analyseNodes,
  type FlowRows,
  type NodeAnalyses,
  placeKey,
  sumCounts,
  toTrouble,
} from './flow-rows';
import type { KnownSteps } from './known-steps';
import { findWorst, listNodes } from './tell-flows';

/** What a document about a flow is made of. */
export interface JourneyParts {
  readonly query: JourneyQuery;
  readonly rows: FlowRows;
  /** The journeys of the flow by the hour, of all versions. */
  readonly history: readonly JourneyHourRow[];
  readonly steps: KnownSteps;
}

/** The map of a flow; undefined if nobody knows the flow. */
export function tellJourney(parts: JourneyParts): JourneyDocument | undefined {
  const { query, rows, history, steps } = parts;
  const { flow, period, version } = query;
  const names = listNodes(flow, rows, steps);
  if (names.length === 0 && history.length === 0) return undefined;
  const analyses = analyseNodes(rows);
  const journeys = sumCounts(rows.journeys);
  const of = (outcome: string) =>
    measureProportion(sumCounts(rows.journeys.filter((row) => row.outcome === outcome)), journeys);
  return {
    flow,
    period,
    version,
    versions: listVersions(history),
    journeys,
    completed: of('completed'),
    dropped: of('dropped'),
    nodes: sortByWay(names, rows).map((node) => tellMapNode(node, { ...parts, analyses })),
    edges: listEdges(parts),
    circles: listCircles(rows),
    worst: findWorst(flow, { nodes: names, journeys, analyses }),
  };
}

/** The versions of a flow that were seen, oldest first. */
export function listVersions(history: readonly JourneyHourRow[]): readonly FlowVersion[] {
  const versions = new Map<string, FlowVersion>();
  for (const { version, hour, count } of history) {
    const known = versions.get(version) ?? { version, since: hour, journeys: 0 };
    const since = Math.min(known.since, hour);
    versions.set(version, { version, since, journeys: known.journeys + count });
  }
  return [...versions.values()].sort((a, b) => a.since - b.since);
}

/** The circles of a flow, the most frequent first. */
export function listCircles({ loops }: Pick<FlowRows, 'loops'>): readonly CircleCount[] {
  const counts = new Map<string, number>();
  for (const { cycle, count } of loops) counts.set(cycle, (counts.get(cycle) ?? 0) + count);
  return [...counts]
    .map(([cycle, journeys]) => ({ nodes: JSON.parse(cycle) as readonly string[], journeys }))
    .sort((a, b) => b.journeys - a.journeys);
}

/** A node of the map, with what it takes to see how it does. */
export function tellMapNode(
  node: string,
  { query, rows, steps, analyses }: JourneyParts & { readonly analyses: NodeAnalyses },
): JourneyNode {
  const { flow } = query;
  const place = { flow, node };
  const visits = rows.visits.filter((row) => row.node === node);
  const dropped = analyses.dropOff.get(placeKey(place))?.own;
  const signs = rows.signals.filter((row) => row.node === node && !OTHER_SIGNS.has(row.signal));
  const settled = sumCounts(visits);
  return {
    node,
    text: steps.textOf(flow, node),
    kind: findKind(place, steps) ?? (dropped ? 'question' : 'message'),
    child: undefined,
    people: sumCounts(rows.nodeJourneys.filter((row) => row.node === node)),
    settled,
    waiting: steps.waitingAt(flow, node),
    dropped,
    confused: dropped && measureProportion(Math.min(settled, sumCounts(signs)), settled),
    loops: listCircles(rows)
      .filter(({ nodes }) => nodes.includes(node))
      .reduce((sum, { journeys }) => sum + journeys, 0),
    trouble: toTrouble(place, analyses),
  };
}

/** They are told of visits, too, but are no sign of confusion. */
const OTHER_SIGNS: ReadonlySet<string> = new Set(['loop', 'return']);

function findKind(
  { flow, node }: { readonly flow: string; readonly node: string },
  steps: KnownSteps,
) {
  const declared = steps.flows().find(({ id }) => id === flow);
  return declared?.nodes.find(({ id }) => id === node)?.kind;
}

function listEdges({ query, rows, steps }: JourneyParts): readonly JourneyEdge[] {
  const people = new Map<string, JourneyEdge>();
  const add = ({ from, to, people: count }: JourneyEdge) => {
    const key = JSON.stringify([from, to]);
    people.set(key, { from, to, people: (people.get(key)?.people ?? 0) + count });
  };
  for (const { from, to, count } of rows.transitions) {
    if (from !== '' && to !== '') add({ from, to, people: count });
  }
  const declared = steps.flows().find(({ id }) => id === query.flow)?.edges ?? [];
  for (const { from, to } of declared) add({ from, to, people: 0 });
  return [...people.values()];
}

/** From where journeys begin, always on to where most people go. */
function sortByWay(names: readonly string[], { transitions }: FlowRows): readonly string[] {
  const known = new Set(names);
  const sorted = new Set<string>();
  const ways = [...transitions].sort((a, b) => b.count - a.count);
  const waiting = [''];
  for (let from = waiting.shift(); from !== undefined; from = waiting.shift()) {
    for (const { to } of ways.filter((way) => way.from === from)) {
      if (!known.has(to) || sorted.has(to)) continue;
      sorted.add(to);
      waiting.push(to);
    }
  }
  return [...sorted, ...names.filter((name) => !sorted.has(name))];
}
