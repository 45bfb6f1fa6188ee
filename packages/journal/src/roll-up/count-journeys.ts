import type { JourneyRow, VisitRow } from '../tables';
import { toRunHour } from './count-visits';
import type {
  JourneyHourRow,
  LoopHourRow,
  NodeJourneyHourRow,
  TransitionHourRow,
} from './hour-rows';

/** A journey, as far as it is added up. */
export type CountedJourney = Omit<JourneyRow, 'user_key' | 'session_id' | 'started_at'>;

/** A visit of a journey, as far as it tells the way. */
export type TrailVisit = Pick<VisitRow, 'node' | 'kind' | 'loop_period'>;

/** A journey that has ended, and what it was made of. */
export interface Trail {
  readonly journey: CountedJourney;
  /** In their order. */
  readonly visits: readonly TrailVisit[];
  /** The nodes that confused the user. */
  readonly confused: ReadonlySet<string>;
}

/** Counts how journeys ended, and how long they took. */
export function toJourneyHours(journeys: readonly CountedJourney[]): readonly JourneyHourRow[] {
  return journeys.map((journey) => {
    const { entry, outcome, seconds, turns } = journey;
    return {
      ...toRunHour(journey),
      ...{ entry, outcome, count: 1, seconds_sum: seconds, turns_sum: turns },
    };
  });
}

/** Counts the steps of journeys, from their beginning to how they ended. */
export function toTransitionHours(trails: readonly Trail[]): readonly TransitionHourRow[] {
  return trails.flatMap(({ journey, visits }) => {
    const run = toRunHour(journey);
    const places = ['', ...visits.map(({ node }) => node), ''];
    return places.slice(1).map((to, index): TransitionHourRow => {
      const isEnd = index === visits.length;
      const outcome = isEnd ? journey.outcome : '';
      return { ...run, from: places[index] ?? '', to, outcome, count: 1 };
    });
  });
}

/** Counts the journeys that had passed each node, whether it confused the user, and how they ended. */
export function toNodeJourneyHours(trails: readonly Trail[]): readonly NodeJourneyHourRow[] {
  return trails.flatMap(({ journey, visits, confused }) => {
    const run = toRunHour(journey);
    const last = visits.at(-1)?.node;
    return [...new Set(visits.map(({ node }) => node))].map((node): NodeJourneyHourRow => {
      return {
        ...{ ...run, node, outcome: journey.outcome },
        ...{ last: node === last ? 1 : 0, confused: confused.has(node) ? 1 : 0, count: 1 },
      };
    });
  });
}

/** Counts the journeys that had gone in each circle. */
export function toLoopHours(trails: readonly Trail[]): readonly LoopHourRow[] {
  return trails.flatMap(({ journey, visits }) =>
    [...findCycles(visits)].map((cycle): LoopHourRow => {
      return { ...toRunHour(journey), cycle, outcome: journey.outcome, count: 1 };
    }),
  );
}

/** Where a question closed a circle, the last questions are what it is made of. */
function findCycles(visits: readonly TrailVisit[]): ReadonlySet<string> {
  const cycles = new Set<string>();
  const questions = visits.filter(({ kind }) => kind === 'question');
  for (const [index, { loop_period }] of questions.entries()) {
    if (loop_period === null) continue;
    const circle = questions.slice(Math.max(0, index + 1 - loop_period), index + 1);
    cycles.add(nameCycle(circle.map(({ node }) => node)));
  }
  return cycles;
}

/** The same circle has one name, wherever somebody entered it. */
function nameCycle(nodes: readonly string[]): string {
  const names = nodes.map((_, index) =>
    JSON.stringify([...nodes.slice(index), ...nodes.slice(0, index)]),
  );
  return names.sort()[0] ?? '[]';
}
