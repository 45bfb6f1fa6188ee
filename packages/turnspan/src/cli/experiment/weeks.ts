import type { Timestamp } from '@turnspan/core';
import type { ExposedJourney } from '@turnspan/journal';

const WEEK_MS = 7 * 86_400_000;

/** The users of all variants who came in within the same week. */
export interface WeekOfCohort {
  readonly from: Timestamp;
  readonly variants: readonly {
    readonly variant: string;
    readonly users: number;
    readonly reached: number;
  }[];
}

/** Sums journeys up by the week in which their users came in, counted from the first of them. */
export function toWeeks(
  counted: readonly ExposedJourney[],
  variants: readonly string[],
): readonly WeekOfCohort[] {
  const first = counted.reduce((time, { exposedAt }) => Math.min(time, exposedAt), Infinity);
  const weekOf = ({ exposedAt }: ExposedJourney) => Math.floor((exposedAt - first) / WEEK_MS);
  const weeks = [...new Set(counted.map(weekOf))].sort((one, other) => one - other);
  return weeks.map((week) => {
    const own = counted.filter((journey) => weekOf(journey) === week);
    return { from: first + week * WEEK_MS, variants: variants.map((each) => sumUp(own, each)) };
  });
}

function sumUp(journeys: readonly ExposedJourney[], variant: string) {
  const own = journeys.filter((each) => each.variant === variant);
  return { variant, users: own.length, reached: own.filter(({ reached }) => reached).length };
}
