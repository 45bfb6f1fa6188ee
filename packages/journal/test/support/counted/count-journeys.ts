import type {
  ConfusionRow,
  LoopHourRow,
  NodeJourneyHourRow,
  TransitionHourRow,
  VisitRow,
} from '../../../src';
import { type JourneyTrail, mergeCounts, toRunHour } from './trails';

/** Counts by hour which steps ended journeys took, from their beginning to how they ended. */
export function countTransitions(trails: readonly JourneyTrail[]): readonly TransitionHourRow[] {
  return mergeCounts(
    trails.flatMap(({ journey, visits }) => {
      const run = toRunHour(journey);
      const nodes = ['', ...visits.map(({ node }) => node)];
      return nodes.map((from, index): TransitionHourRow => {
        const to = nodes[index + 1];
        const outcome = to === undefined ? journey.outcome : '';
        return { ...run, from, to: to ?? '', outcome, count: 1 };
      });
    }),
  );
}

/** Counts by hour how many ended journeys had passed each node, whether it confused, and how they ended. */
export function countNodeJourneys(
  trails: readonly JourneyTrail[],
  confusions: readonly Pick<ConfusionRow, 'journey_id' | 'node'>[],
): readonly NodeJourneyHourRow[] {
  const confused = new Set(confusions.map(toConfusedKey));
  return mergeCounts(
    trails.flatMap(({ journey, visits }) => {
      const { journey_id, outcome } = journey;
      const last = visits.at(-1)?.node;
      return [...new Set(visits.map(({ node }) => node))].map((node): NodeJourneyHourRow => {
        const wasConfused = confused.has(toConfusedKey({ journey_id, node }));
        const flags = { last: node === last ? 1 : 0, confused: wasConfused ? 1 : 0 } as const;
        return { ...toRunHour(journey), node, outcome, ...flags, count: 1 };
      });
    }),
  );
}

/** Counts by hour how many ended journeys had gone in each circle. */
export function countLoops(trails: readonly JourneyTrail[]): readonly LoopHourRow[] {
  return mergeCounts(
    trails.flatMap(({ journey, visits }) =>
      [...new Set(findCycles(visits))].map((cycle): LoopHourRow => {
        return { ...toRunHour(journey), cycle, outcome: journey.outcome, count: 1 };
      }),
    ),
  );
}

function toConfusedKey({ journey_id, node }: Pick<ConfusionRow, 'journey_id' | 'node'>): string {
  return JSON.stringify([journey_id, node]);
}

/** Where a visit was noticed to close a circle, the last questions are what the circle is made of. */
function findCycles(visits: readonly VisitRow[]): readonly string[] {
  const questions = visits.filter(({ kind }) => kind === 'question');
  return questions.flatMap(({ loop_period }, index) => {
    if (loop_period === null) return [];
    const nodes = questions.slice(Math.max(0, index + 1 - loop_period), index + 1);
    return [JSON.stringify(beginWithFirst(nodes.map(({ node }) => node)))];
  });
}

/** The same circle has one name, wherever somebody entered it. */
function beginWithFirst(nodes: readonly string[]): readonly string[] {
  const turns = nodes.map((_, index) => [...nodes.slice(index), ...nodes.slice(0, index)]);
  return turns.sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1))[0] ?? [];
}
