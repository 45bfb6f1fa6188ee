import {
  type Answer,
  estimateTimeToReply,
  measureProportion,
  type Proportion,
  suggestStallAfter,
} from '@turnspan/insights';
import type {
  FlowSummary,
  JourneyDocument,
  JourneyNode,
  JourneyQuery,
  NodeDocument,
  NodeQuery,
  Period,
  Trouble,
} from '../../../src';
import { FLOWS, type MadeUpFlow } from './script';
import { type Walked, walk } from './walk';

const DAY_MS = 86_400_000;
const NEEDED = 30;

/** A flow of the made-up bot in the list. */
export function toSummary(flow: MadeUpFlow, period: Period): FlowSummary {
  const { nodes, journeys, completed, dropped, worst } = toJourney(flow, { flow: '', period });
  const name = worst.kind === 'found' ? worst.value : undefined;
  return {
    flow: flow.flow,
    journeys,
    completed,
    dropped,
    worst: name,
    trouble:
      nodes.find(({ node }) => node === name)?.trouble ?? measureTrouble(undefined, flow.steps[0]),
    nodes: nodes.map(({ node, text }) => ({ node, text })),
  };
}

/** The map of a flow of the made-up bot. */
export function toJourney(flow: MadeUpFlow, query: JourneyQuery): JourneyDocument {
  const walked = walkFor(flow, query.period);
  const journeys = walked[0]?.people ?? 0;
  const dropped = walked.reduce((sum, each) => sum + each.dropped, 0);
  const nodes = walked.map((each) => toNode(each, walked));
  const { since } = query.period;
  return {
    flow: flow.flow,
    period: query.period,
    version: query.version,
    versions: [
      { version: '7c1e9a', since: since - 20 * DAY_MS, journeys: Math.round(journeys * 0.3) },
      { version: 'b04d2f', since: since + 2 * DAY_MS, journeys: Math.round(journeys * 0.7) },
    ],
    journeys,
    completed: measureProportion(Math.max(0, journeys - dropped), journeys),
    dropped: measureProportion(dropped, journeys),
    nodes,
    edges: walked.flatMap(({ step, next }) =>
      next.map(({ to, people }) => ({ from: step.node, to, people })),
    ),
    circles: flow.circle
      ? [{ nodes: flow.circle, journeys: walked.reduce((sum, { loops }) => sum + loops, 0) }]
      : [],
    worst: findWorst(nodes, journeys),
  };
}

/** A node of the made-up bot; undefined if it has none of that name. */
export function toNodeDocument(query: NodeQuery): NodeDocument | undefined {
  const flow = FLOWS.find((each) => each.flow === query.flow);
  const walked = flow ? walkFor(flow, query.period) : [];
  const own = walked.find(({ step }) => step.node === query.node);
  if (!flow || !own) return undefined;
  const journey = toJourney(flow, query);
  const { people, dropped, next } = own;
  const mates = toMates(own, walked);
  const waits = toWaits(own);
  const base = toNode(own, walked);
  return {
    ...base,
    flow: flow.flow,
    period: query.period,
    outcomes: [
      { outcome: 'advanced', count: people - dropped },
      { outcome: 'dropped', count: dropped },
    ],
    netDropped: base.dropped && measureProportion(Math.round(dropped * 0.93), people),
    matesDropped: mates,
    signals: toSignals(own),
    circles: journey.circles.filter(({ nodes }) => nodes.includes(query.node)),
    reply: estimateTimeToReply({ waits }).at(0)?.answer ?? NOBODY_REPLIED,
    stall: suggestStallAfter(waits).at(0)?.answer ?? NOBODY_REPLIED,
    next: [
      ...next.map(({ to, people: count }) => ({
        to: { kind: 'node' as const, node: to },
        share: measureProportion(count, people),
      })),
      ...(dropped > 0
        ? [
            {
              to: { kind: 'outcome' as const, outcome: 'dropped' as const },
              share: measureProportion(dropped, people),
            },
          ]
        : []),
    ],
    byVersion: [...journey.versions].reverse().map((version, index) => ({
      ...version,
      dropped: measureProportion(
        Math.round(people * (index === 0 ? 0.75 : 0.25) * (index === 0 ? own.step.drop : 0.2)),
        Math.round(people * (index === 0 ? 0.75 : 0.25)),
      ),
    })),
  };
}

const NOBODY_REPLIED = {
  kind: 'not_enough_data',
  reason: 'It happened too rarely.',
  had: 0,
  needed: 10,
} as const;

function walkFor(flow: MadeUpFlow, { since, until }: Period): readonly Walked[] {
  return walk(flow, Math.round((flow.journeysPerDay * (until - since)) / DAY_MS));
}

function toNode(own: Walked, walked: readonly Walked[]): JourneyNode {
  const { step, people, dropped, confused, loops } = own;
  const isAsked = step.kind === 'question';
  const settled = people;
  return {
    node: step.node,
    kind: step.kind,
    text: step.text,
    child: step.child,
    people,
    settled,
    waiting: isAsked ? Math.round(people / 90) : 0,
    dropped: isAsked ? measureProportion(dropped, settled) : undefined,
    confused: isAsked ? measureProportion(confused, settled) : undefined,
    loops,
    trouble: measureTrouble(own, step, toMates(own, walked)),
  };
}

function toMates(own: Walked, walked: readonly Walked[]): Proportion {
  const mates = walked.filter((each) => each !== own && each.step.kind === 'question');
  const sum = (pick: (each: Walked) => number) =>
    mates.reduce((total, each) => total + pick(each), 0);
  return measureProportion(
    sum(({ dropped }) => dropped),
    sum(({ people }) => people),
  );
}

function measureTrouble(
  own: Walked | undefined,
  step: Walked['step'] | undefined,
  mates?: Proportion,
): Answer<Trouble> {
  if (!own || (step?.kind === 'question' && own.people < NEEDED)) {
    const reason = 'Too few visits are settled.';
    return { kind: 'not_enough_data', reason, had: own?.people ?? 0, needed: NEEDED };
  }
  const { low } = measureProportion(own.dropped, own.people);
  const beyond = step?.kind === 'question' ? Math.max(0, low - (mates?.rate ?? 1)) : 0;
  const confusion = Math.max(0, measureProportion(own.confused, own.people).low - 0.06);
  return {
    kind: 'found',
    value: {
      score: Math.min(1, beyond + (step?.kind === 'question' ? confusion : 0)),
      people: Math.floor(beyond * own.people),
      clear: beyond > 0.05,
    },
  };
}

function findWorst(nodes: readonly JourneyNode[], journeys: number): Answer<string | undefined> {
  if (journeys < NEEDED) {
    const reason = 'Too few journeys have ended.';
    return { kind: 'not_enough_data', reason, had: journeys, needed: NEEDED };
  }
  const score = ({ trouble }: JourneyNode) => (trouble.kind === 'found' ? trouble.value.people : 0);
  const [worst] = [...nodes].sort((a, b) => score(b) - score(a));
  return { kind: 'found', value: worst && score(worst) > 0 ? worst.node : undefined };
}

function toSignals({ confused, people }: Walked): NodeDocument['signals'] {
  if (confused === 0) return [];
  const parts = [
    ['no_match', 0.62, 0.021],
    ['identical_input', 0.2, 0.006],
    ['help', 0.12, 0.008],
    ['agent', 0.06, 0.004],
  ] as const;
  return parts.map(([signal, part, mates]) => ({
    signal,
    own: measureProportion(Math.round(confused * part), people),
    mates: measureProportion(Math.round(people * 4 * mates), people * 4),
  }));
}

/** Replies whose logarithm is spread evenly around the median, and drops at the deadline. */
function toWaits({ step, people, dropped }: Walked) {
  if (step.kind !== 'question') return [];
  const steps = 40;
  const place = { flow: '', node: step.node };
  const replies = Array.from({ length: steps }, (_, index) => ({
    ...place,
    end: 'replied' as const,
    seconds: (step.replySeconds ?? 30) * Math.exp(((index + 0.5) / steps - 0.5) * 5),
    count: Math.round((people - dropped) / steps),
  }));
  return [
    ...replies.filter(({ count }) => count > 0),
    { ...place, end: 'dropped' as const, seconds: 86_400, count: dropped },
  ];
}
