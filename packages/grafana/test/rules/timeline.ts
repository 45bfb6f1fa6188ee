/** A piece of a series: `steps` samples, each of which adds `by`; or none, while `isGone`. */
export interface Stretch {
  readonly steps: number;
  readonly by?: number;
  /** Value to begin at, as after a restart. */
  readonly from?: number;
  readonly isGone?: boolean;
}

/** Writes a counter, or a gauge that stands still, in promtool's notation. */
export function toTimeline(stretches: readonly Stretch[]): string {
  let value = 0;
  const pieces: string[] = [];
  for (const { steps, by = 0, from = value, isGone = false } of stretches) {
    // A process that ends leaves a mark, so that Prometheus knows at once that its series are gone.
    if (isGone) pieces.push('stale', ...(steps > 1 ? [`_x${steps - 1}`] : []));
    else pieces.push(`${round(from)}+${by}x${steps - 1}`);
    value = from + steps * by;
  }
  return pieces.join(' ');
}

/** A gauge that has one value after the other. */
export function toStates(states: readonly (readonly [value: number, steps: number])[]): string {
  return toTimeline(states.map(([from, steps]) => ({ from, steps })));
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}
