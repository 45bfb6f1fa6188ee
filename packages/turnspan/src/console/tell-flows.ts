import type { FlowSummary, FlowsDocument, Period, Trouble } from '@turnspan/console';
import { type Answer, measureProportion } from '@turnspan/insights';
import {
  analyseNodes,
  type FlowRows,
  type NodeAnalyses,
  placeKey,
  sumCounts,
  toTrouble,
} from './flow-rows';
import type { KnownSteps } from './known-steps';

const NEEDED = 30;

/** All flows, the one with the most trouble first. */
export function tellFlows(rows: FlowRows, period: Period, steps: KnownSteps): FlowsDocument {
  const analyses = analyseNodes(rows);
  const declared = steps.flows().map(({ id }) => id);
  const seen = rows.visits.map(({ flow }) => flow);
  const flows = [...new Set([...declared, ...seen, ...rows.journeys.map(({ flow }) => flow)])];
  const told = flows.map((flow) => tellFlow(flow, { rows, analyses, steps }));
  return {
    period,
    flows: told.sort((a, b) => toBurden(b) - toBurden(a) || b.journeys - a.journeys),
  };
}

interface Parts {
  readonly rows: FlowRows;
  readonly analyses: NodeAnalyses;
  readonly steps: KnownSteps;
}

function tellFlow(flow: string, { rows, analyses, steps }: Parts): FlowSummary {
  const ended = rows.journeys.filter((row) => row.flow === flow);
  const journeys = sumCounts(ended);
  const of = (outcome: string) =>
    measureProportion(sumCounts(ended.filter((row) => row.outcome === outcome)), journeys);
  const nodes = listNodes(flow, rows, steps);
  const worst = findWorst(flow, { nodes, journeys, analyses });
  const node = worst.kind === 'found' ? worst.value : undefined;
  return {
    flow,
    journeys,
    completed: of('completed'),
    dropped: of('dropped'),
    worst: node,
    trouble: toFlowTrouble(worst, { flow, analyses }),
    nodes: nodes.map((name) => ({ node: name, text: steps.textOf(flow, name) })),
  };
}

/** What is declared, in its order, and then what was seen beside it. */
export function listNodes(flow: string, rows: FlowRows, steps: KnownSteps): readonly string[] {
  const declared = steps.flows().find(({ id }) => id === flow)?.nodes ?? [];
  const seen = rows.visits.filter((row) => row.flow === flow).map(({ node }) => node);
  return [...new Set([...declared.map(({ id }) => id), ...seen])];
}

/** The node of a flow to mend first; undefined if none is worse than the others beyond chance. */
export function findWorst(
  flow: string,
  {
    nodes,
    journeys,
    analyses,
  }: {
    readonly nodes: readonly string[];
    readonly journeys: number;
    readonly analyses: NodeAnalyses;
  },
): Answer<string | undefined> {
  if (journeys < NEEDED) {
    const reason = 'Too few journeys have ended.';
    return { kind: 'not_enough_data', reason, had: journeys, needed: NEEDED };
  }
  const [worst] = nodes
    .flatMap((node) => {
      const trouble = toTrouble({ flow, node }, analyses);
      if (trouble.kind !== 'found' || !trouble.value.clear) return [];
      const visits = analyses.dropOff.get(placeKey({ flow, node }))?.own.total ?? 0;
      return [{ node, burden: trouble.value.score * visits }];
    })
    .sort((a, b) => b.burden - a.burden);
  return { kind: 'found', value: worst?.node };
}

function toFlowTrouble(
  worst: Answer<string | undefined>,
  { flow, analyses }: { readonly flow: string; readonly analyses: NodeAnalyses },
): Answer<Trouble> {
  if (worst.kind !== 'found') return worst;
  if (worst.value !== undefined) return toTrouble({ flow, node: worst.value }, analyses);
  return { kind: 'found', value: { score: 0, people: 0, clear: false } };
}

/** How many people meet with the trouble: it counts more where more come by. */
function toBurden({ trouble, journeys }: FlowSummary): number {
  return trouble.kind === 'found' ? trouble.value.score * journeys : 0;
}
