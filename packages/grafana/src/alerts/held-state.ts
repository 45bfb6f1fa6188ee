import type { RuleConfig } from '../config';
import { toDuration } from '../durations';
import { maxBy, type Selector } from '../promql';

/**
 * The state that a gauge was last seen in, also while a process restarts and does not know it yet.
 * A state that ends by going away, and one that a process left behind when it was replaced, end
 * that much later.
 */
export function holdState(
  labels: readonly string[],
  selector: Selector,
  { durations }: RuleConfig,
): string {
  return `${maxBy(labels, `last_over_time(${selector}[${toDuration(durations.keepState)}])`)} == 1`;
}
