import { boundRate, type ExperimentResult, judgeExperiment } from '@turnspan/experiments';
import type { ExperimentSummary } from '../../../src';

const DAY_MS = 86_400_000;
const HARM = 'Pause rude: 9 % of its journeys failed, of control’s 1 %.';

/** Experiments of the made-up bot: one to ship, one that runs, one that is broken, one that nobody declares. */
export function toExperiments(now: number): readonly ExperimentSummary[] {
  return [
    toSummary(
      { name: 'door_code_in_steps', since: now - 16 * DAY_MS, state: 'paused', harmful: 'rude' },
      [
        ['control', 612, 214],
        ['in_steps', 598, 371],
        ['rude', 240, 61],
      ],
    ),
    toSummary({ name: 'shorter_hello', since: now - 3 * DAY_MS, state: 'running' }, [
      ['control', 71, 44],
      ['short', 68, 46],
    ]),
    toSummary({ name: 'pay_first', since: now - 40 * DAY_MS, state: 'stopped' }, [
      ['control', 520, 300],
      ['pay_first', 300, 190],
    ]),
    {
      ...{ name: 'old <b>one</b>', salt: 'spring', flow: undefined, goal: undefined },
      ...{ state: 'unknown', stopped: undefined, since: now - 90 * DAY_MS, judgement: undefined },
      variants: ['a', 'b'].map((variant) => ({
        ...{ variant, exposed: 40, users: 0, reached: 0, rate: undefined, paused: undefined },
      })),
    },
  ];
}

interface Named {
  readonly name: string;
  readonly since: number;
  readonly state: ExperimentSummary['state'];
  readonly harmful?: string;
}

function toSummary(
  { name, since, state, harmful }: Named,
  arms: readonly (readonly [variant: string, users: number, reached: number])[],
): ExperimentSummary {
  const result = toResult(arms, harmful);
  const verdict = judgeExperiment(result);
  const toRate = (users: number, reached: number) => {
    const { rate, lower: low, upper: high } = boundRate({ users, reached });
    return { count: reached, total: users, rate, low, high };
  };
  return {
    ...{ name, salt: name, flow: 'order', goal: 'completed', state, since },
    stopped: state === 'stopped' ? 'the till was moved' : undefined,
    variants: result.arms.map(({ variant, exposed, users, reached }) => ({
      ...{ variant, exposed, users, reached, rate: toRate(users, reached) },
      paused: variant === harmful ? HARM : undefined,
    })),
    judgement: {
      verdict,
      guardrails: arms.map(([variant, users]) => ({
        variant,
        rates: { errors: { users, reached: Math.round(users * 0.01) } },
      })),
      sampleRatioPValue: verdict.kind === 'invalid' ? 1e-9 : 0.62,
      ...{ multipleExposed: 0, days: 15, settledUntil: since + 2 * DAY_MS },
    },
  };
}

function toResult(
  arms: readonly (readonly [variant: string, users: number, reached: number])[],
  harmful: string | undefined,
): ExperimentResult {
  return {
    arms: arms.map(([variant, users, reached]) => ({
      ...{ variant, weight: 1, exposed: users + 9, users, reached },
    })),
    days: 15,
    multipleExposed: 0,
    breaches: harmful === undefined ? [] : [{ variant: harmful, sentence: HARM }],
  };
}
