import { type ExperimentResult, judgeExperiment } from '@turnspan/experiments';
import { measureProportion } from '@turnspan/insights';
import type { ExperimentSummary } from '../../../src';

const DAY_MS = 86_400_000;

/** Three experiments of the made-up bot: one to ship, one that runs, one that is broken. */
export function toExperiments(now: number): readonly ExperimentSummary[] {
  return [
    toSummary(
      { name: 'door_code_in_steps', startedAt: now - 16 * DAY_MS },
      toResult([
        ['control', 612, 214],
        ['in_steps', 598, 371],
      ]),
    ),
    toSummary(
      { name: 'shorter_hello', startedAt: now - 3 * DAY_MS },
      toResult([
        ['control', 71, 44],
        ['short', 68, 46],
      ]),
    ),
    toSummary(
      { name: 'pay_first', startedAt: now - 40 * DAY_MS, endedAt: now - 20 * DAY_MS },
      toResult([
        ['control', 520, 300],
        ['pay_first', 300, 190],
      ]),
    ),
  ];
}

function toSummary(
  named: { readonly name: string; readonly startedAt: number; readonly endedAt?: number },
  result: ExperimentResult,
): ExperimentSummary {
  return {
    name: named.name,
    flow: 'order',
    startedAt: named.startedAt,
    endedAt: named.endedAt,
    result,
    rates: result.arms.map(({ reached, users }) => measureProportion(reached, users)),
    verdict: judgeExperiment(result),
  };
}

function toResult(
  arms: readonly (readonly [variant: string, users: number, reached: number])[],
): ExperimentResult {
  return {
    arms: arms.map(([variant, users, reached]) => ({
      variant,
      weight: 1,
      exposed: users + 9,
      users,
      reached,
    })),
    days: 15,
    multipleExposed: 0,
  };
}
