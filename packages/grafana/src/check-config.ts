import { DEFAULT_CONFIG, type RuleConfig, type RuleDurations, type RuleThresholds } from './config';
import {
  ADDRESS,
  checkNames,
  checkValue,
  type Expected,
  isNumber,
  readObject,
  refuse,
} from './expected';

/** What of the configuration is to be different. */
export type RuleConfigChanges = {
  readonly [Part in keyof RuleConfig]?: Partial<RuleConfig[Part]>;
};

const MOST_INTERVAL = 240;

const SECONDS = isNumber('seconds, more than 0', (value) => value > 0);
const INTERVAL = isNumber(
  `seconds, more than 0 and at most ${MOST_INTERVAL}`,
  (value) => value > 0 && value <= MOST_INTERVAL,
);
const NUMBER = isNumber('a number, 0 or more', (value) => value >= 0);
const RATIO = isNumber('a number from 0 to 1', (value) => value >= 0 && value <= 1);
const SIGNS = isNumber(
  'a whole number from 1 to 4',
  (value) => Number.isInteger(value) && value >= 1 && value <= 4,
);
const DURATIONS: Partial<Record<keyof RuleDurations, Expected>> = {
  interval: INTERVAL,
  slowInterval: INTERVAL,
};

const THRESHOLDS: Partial<Record<keyof RuleThresholds, Expected>> = {
  dropoffRise: RATIO,
  loopRatio: RATIO,
  optOutRatio: RATIO,
  negativeFeedbackRatio: RATIO,
  refusalRatio: RATIO,
  failureRatio: RATIO,
  undeliveredRatio: RATIO,
  readFall: RATIO,
  graphUsage: RATIO,
  signs: SIGNS,
};

/**
 * Completes the changes with the defaults.
 *
 * @throws TurnspanError `OPTION_INVALID`, which names the setting, what was expected and what came
 */
export function completeConfig(changes: unknown): RuleConfig {
  const { durations, thresholds, links } = readObject(changes, 'the configuration');
  checkNames(changes as object, Object.keys(DEFAULT_CONFIG));
  const config: RuleConfig = {
    durations: complete('durations', durations, (name) => DURATIONS[name] ?? SECONDS),
    thresholds: complete('thresholds', thresholds, (name) => THRESHOLDS[name] ?? NUMBER),
    links: complete('links', links, () => ADDRESS),
  };
  checkSteps(config.durations);
  return config;
}

function complete<Part extends keyof RuleConfig>(
  part: Part,
  changes: unknown,
  expect: (name: keyof RuleConfig[Part]) => Expected,
): RuleConfig[Part] {
  const defaults = DEFAULT_CONFIG[part];
  const given = readObject(changes ?? {}, `\`${part}\``);
  checkNames(given, Object.keys(defaults), `${part}.`);
  const values = Object.entries(given).filter(([, value]) => value !== undefined);
  for (const [name, value] of values) {
    checkValue(`${part}.${name}`, value, expect(name as keyof RuleConfig[Part]));
  }
  return { ...defaults, ...Object.fromEntries(values) };
}

/** A window is added up from whole steps, and a step is recorded by rules that are evaluated within it. */
function checkSteps({ interval, slowInterval, step, recent, baseline }: RuleDurations): void {
  if (step < Math.max(interval, slowInterval)) {
    throw refuse(
      `Expected \`durations.step\` to be no shorter than the two intervals, got ${step}.`,
    );
  }
  for (const [name, seconds] of Object.entries({ recent, baseline })) {
    const steps = seconds / step;
    if (steps > 0.5 && Math.abs(steps - Math.round(steps)) < 1e-6) continue;
    throw refuse(
      `Expected \`durations.${name}\` to be a multiple of \`durations.step\`, which is ${step}, got ${seconds}.`,
    );
  }
}
