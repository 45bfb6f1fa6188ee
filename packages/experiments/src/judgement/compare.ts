import { adjustHolm } from '../statistics/holm';
import { compareProportions, type Proportion, toRate } from '../statistics/proportions';
import type { Comparison, JudgeOptions, Metric } from './types';

/**
 * Compares each variant with the control in each metric. The bounds hold for all of them together,
 * at alpha shared among them; the p-values do by Holm's rule, which is a little sharper.
 */
export function compareMetrics(
  metrics: readonly Metric[],
  options: JudgeOptions = {},
): readonly Comparison[] {
  const pairs = metrics.flatMap(toPairs);
  const { alpha = 0.05 } = options;
  const shared = { ...options, alpha: alpha / Math.max(1, pairs.length) };
  const found = pairs.map(({ metric, variant, control, treated }) => ({
    metric,
    variant,
    uplift: toRate(treated) / toRate(control) - 1,
    ...compareProportions(control, treated, shared),
  }));
  const adjusted = adjustHolm(found.map(({ pValue }) => pValue));
  return found.map((each, index) => ({ ...each, adjustedPValue: adjusted[index] ?? 1 }));
}

interface Pair {
  readonly metric: string;
  readonly variant: string;
  readonly control: Proportion;
  readonly treated: Proportion;
}

function toPairs({ name, arms: [control, ...variants] }: Metric): readonly Pair[] {
  if (control === undefined) return [];
  return variants.map((treated) => ({ metric: name, variant: treated.variant, control, treated }));
}
