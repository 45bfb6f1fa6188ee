import type { NextStep, NodeDocument, NodeQuery, NodeVersion } from '@turnspan/console';
import type { VisitOutcome } from '@turnspan/core';
import {
  type Answer,
  estimateTimeToReply,
  measureProportion,
  suggestStallAfter,
} from '@turnspan/insights';
import { analyseNodes, type FlowRows, placeKey, sumCounts } from './flow-rows';
import { listNodes } from './tell-flows';
import { type JourneyParts, listCircles, listVersions, tellMapNode } from './tell-journey';

/** Everything about one node; undefined if nobody knows it. */
export function tellNode(
  parts: JourneyParts & { readonly query: NodeQuery },
): NodeDocument | undefined {
  const { query, rows, steps } = parts;
  const { flow, node, period } = query;
  if (!listNodes(flow, rows, steps).includes(node)) return undefined;
  const analyses = analyseNodes(rows);
  const drops = analyses.dropOff.get(placeKey(query));
  const confusion = analyses.confusion.get(placeKey(query));
  const waits = rows.waits.filter((row) => row.node === node);
  return {
    ...tellMapNode(node, { ...parts, analyses }),
    flow,
    period,
    outcomes: countOutcomes(rows, node),
    netDropped: drops?.netPerVisit,
    matesDropped: drops?.mates,
    signals: (confusion?.signals ?? [])
      .filter(({ own }) => own.count > 0)
      .map(({ signal, own, mates }) => ({ signal, own, mates })),
    circles: listCircles(rows).filter(({ nodes }) => nodes.includes(node)),
    reply: estimateTimeToReply({ waits })[0]?.answer ?? nobodyReplied(10),
    stall: suggestStallAfter(waits)[0]?.answer ?? nobodyReplied(60),
    next: listNext(rows, node),
    byVersion: tellVersions(parts, node),
  };
}

function nobodyReplied(needed: number): Answer<never> {
  return { kind: 'not_enough_data', reason: 'Nobody has replied here.', had: 0, needed };
}

function countOutcomes({ visits }: FlowRows, node: string): NodeDocument['outcomes'] {
  const counts = new Map<VisitOutcome, number>();
  for (const row of visits) {
    if (row.node === node) counts.set(row.outcome, (counts.get(row.outcome) ?? 0) + row.count);
  }
  return [...counts]
    .map(([outcome, count]) => ({ outcome, count }))
    .sort((a, b) => b.count - a.count);
}

function listNext({ transitions }: FlowRows, node: string): readonly NextStep[] {
  const leaving = transitions.filter(({ from }) => from === node);
  const total = sumCounts(leaving);
  const steps = new Map<string, { readonly to: NextStep['to']; count: number }>();
  for (const { to, outcome, count } of leaving) {
    const step = toStep(to, outcome);
    if (!step) continue;
    const key = JSON.stringify(step);
    const known = steps.get(key);
    if (known) known.count += count;
    else steps.set(key, { to: step, count });
  }
  return [...steps.values()]
    .sort((a, b) => b.count - a.count)
    .map(({ to, count }) => ({ to, share: measureProportion(count, total) }));
}

function toStep(to: string, outcome: VisitOutcome | ''): NextStep['to'] | undefined {
  if (to !== '') return { kind: 'node', node: to };
  return outcome === '' ? undefined : { kind: 'outcome', outcome };
}

function tellVersions({ rows, history }: JourneyParts, node: string): readonly NodeVersion[] {
  return [...listVersions(history)].reverse().flatMap((version) => {
    const own = rows.visits.filter((row) => row.node === node && row.version === version.version);
    if (own.length === 0) return [];
    const dropped = sumCounts(own.filter(({ outcome }) => outcome === 'dropped'));
    return [{ ...version, dropped: measureProportion(dropped, sumCounts(own)) }];
  });
}
