import { toRate } from '../statistics/proportions';
import { compareMetrics } from './compare';
import { checkGates, findInvalidity, findPrematurity } from './gates';
import type { Comparison, ExperimentResult, Gate, JudgeOptions, Verdict } from './types';
import { toPercent, toPoints } from './words';

/** How the goal is named among the metrics. */
export const GOAL = 'goal';

/** An uplift above this is more often a mistake than a success. */
const SUSPICIOUS_UPLIFT = 0.5;

/**
 * Says what to do about an experiment. It may be asked as often as one likes: over its whole life,
 * an experiment without a difference is given a winner in at most alpha of all cases.
 */
export function judgeExperiment(result: ExperimentResult, options: JudgeOptions = {}): Verdict {
  const metrics = [{ name: GOAL, arms: result.arms }, ...(result.metrics ?? [])];
  const comparisons = compareMetrics(metrics, options);
  const breaches = result.breaches ?? [];
  const paused = new Set(breaches.map(({ variant }) => variant));
  // Whoever would get a paused variant is not counted any more: its share says nothing.
  const arms = result.arms.filter(({ variant }) => !paused.has(variant));
  const gates = checkGates({ ...result, arms });
  const judged: Judged = {
    result: { ...result, arms },
    gates,
    comparisons: comparisons.filter((each) => each.metric === GOAL && !paused.has(each.variant)),
    alpha: options.alpha ?? 0.05,
    smallestDifference: options.smallestDifference ?? 0.05,
  };
  const conclusion = conclude(judged);
  const warnings = [...breaches.map(({ sentence }) => sentence), ...suspect(conclusion, judged)];
  return { ...conclusion, warnings, comparisons, gates };
}

interface Judged {
  readonly result: ExperimentResult;
  readonly gates: readonly Gate[];
  readonly comparisons: readonly Comparison[];
  readonly alpha: number;
  readonly smallestDifference: number;
}

type Conclusion = Pick<Verdict, 'kind' | 'variant' | 'sentence'>;

function conclude(judged: Judged): Conclusion {
  const invalidity = findInvalidity(judged.gates);
  if (invalidity) return { kind: 'invalid', sentence: `Invalid: ${invalidity}` };
  return (
    stayWhereAllArePaused(judged) ?? wait(judged) ?? shipVariant(judged) ?? endWithoutWinner(judged)
  );
}

function stayWhereAllArePaused({ result, comparisons }: Judged): Conclusion | undefined {
  if (comparisons.length > 0) return undefined;
  return toShipping(nameControl(result), 'every other variant did harm.');
}

function wait({ gates }: Judged): Conclusion | undefined {
  const prematurity = findPrematurity(gates);
  if (prematurity === undefined) return undefined;
  return { kind: 'keep_running', sentence: `Keep running: ${prematurity}.` };
}

function shipVariant({ comparisons, alpha, result }: Judged): Conclusion | undefined {
  const [best] = comparisons
    .filter((each) => isSure(each, alpha) && each.difference > 0)
    .sort((one, other) => other.difference - one.difference);
  if (best === undefined) return undefined;
  return toShipping(best.variant, `${describe(best)} ${nameControl(result)}.`);
}

function endWithoutWinner(judged: Judged): Conclusion {
  const { result, comparisons: open, alpha, smallestDifference } = judged;
  const small = open.filter((each) => isWithin(each, smallestDifference));
  const control = nameControl(result);
  if (small.length === open.length) {
    const sentence = `No difference larger than ${toPoints(smallestDifference)}: take what you like best.`;
    return { kind: 'no_difference', sentence };
  }
  const worse = open.filter((each) => isSure(each, alpha) && each.difference < 0);
  if (open.every((each) => small.includes(each) || worse.includes(each))) {
    const reasons = worse.map((each) => `${describe(each)} ${control}`);
    return toShipping(control, `${reasons.join('; ')}.`);
  }
  return { kind: 'keep_running', sentence: `Keep running: ${describeOpen(open)}.` };
}

function isSure({ adjustedPValue }: Comparison, alpha: number): boolean {
  return adjustedPValue <= alpha;
}

function isWithin({ lower, upper }: Comparison, difference: number): boolean {
  return lower > -difference && upper < difference;
}

function toShipping(variant: string, reason: string): Conclusion {
  return { kind: 'ship', variant, sentence: `Ship ${variant}: ${reason}` };
}

function describe({ variant, difference, lower, upper }: Comparison): string {
  const direction = difference > 0 ? 'above' : 'below';
  const [low, high] = [lower, upper].map(Math.abs).sort((one, other) => one - other);
  const bounds = `${toPoints(low ?? 0)} to ${toPoints(high ?? 0)}`;
  return `${variant} is ${toPoints(Math.abs(difference))} (${bounds}) ${direction}`;
}

function describeOpen(open: readonly Comparison[]): string {
  return open
    .map(
      (each) => `${each.variant} may be ${toPoints(each.lower)} to ${toPoints(each.upper)} better`,
    )
    .join('; ');
}

function nameControl({ arms }: ExperimentResult): string {
  return arms[0]?.variant ?? '';
}

function suspect(
  { kind, variant }: Conclusion,
  { result, comparisons }: Judged,
): readonly string[] {
  const uplift = comparisons.find((each) => each.variant === variant)?.uplift ?? 0;
  if (kind !== 'ship' || uplift <= SUSPICIOUS_UPLIFT) return [];
  const rates = result.arms.map((arm) => `${arm.variant} ${toPercent(toRate(arm))}`).join(', ');
  const sentence = `An uplift of ${toPercent(uplift)} is suspicious (${rates}): look for a mistake in what is counted.`;
  return [sentence];
}
