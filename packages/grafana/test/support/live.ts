import { createAlertmanagerInhibitions } from '../../src/alerts/inhibitions';
import { DEFAULT_CONFIG, type RuleConfig, scaleDurations } from '../../src/config';
import { createRuleGroups } from '../../src/rule-groups';
import { PARTS } from './incidents';
import { recordScript } from './recording';
import { DAYS_OF_A_WEEK } from './time';
import { startWorld, type World } from './world';

/** The programs that the world needs. */
export interface Programs {
  readonly prometheus: string;
  readonly promtool: string;
  readonly alertmanager: string;
}

/** So many seconds is an hour of the bots; a busy machine needs more to keep up with them. */
const HOUR_LASTS = Number(process.env.HOUR_SECONDS ?? 6);
/** So much faster than we do the bots live. */
export const FACTOR: number = 3600 / HOUR_LASTS;
/** How often bots are scraped and rules are evaluated: five times an hour. */
const LOOK_EVERY = HOUR_LASTS / 5;
/** When their life begins: a Wednesday morning. */
const START_AT = Date.UTC(2026, 10, 18, 8);

const HOUR_SECONDS = 60 * 60;

/**
 * What is not as it is shipped, so that an incident is over within hours. A ratio of a whole day is
 * over only a day after its cause, so what is called a day is two hours, and a week has three days.
 * Trouble stays in view for an hour, and what has to hold for long has to hold for 20 minutes:
 * less than that has too few scrapes.
 */
const SHORTER: Partial<RuleConfig['durations']> = {
  recent: 2 * HOUR_SECONDS,
  baseline: DAYS_OF_A_WEEK * 24 * HOUR_SECONDS,
  week: DAYS_OF_A_WEEK * 24 * HOUR_SECONDS,
  trouble: HOUR_SECONDS,
  forUsual: HOUR_SECONDS / 3,
  unknownFor: HOUR_SECONDS,
};

/**
 * The rules in compressed time. They are evaluated more seldom, compared with all other times, than
 * they really are.
 */
export function createFastConfig(): RuleConfig {
  const durations = { ...DEFAULT_CONFIG.durations, ...SHORTER };
  const fast = scaleDurations({ ...DEFAULT_CONFIG, durations }, 1 / FACTOR);
  return {
    ...fast,
    durations: { ...fast.durations, interval: LOOK_EVERY, slowInterval: 2 * LOOK_EVERY },
  };
}

/** Starts the world of the script, which goes on for some hours. */
export async function startLive(programs: Programs, hours: number): Promise<World> {
  const recordings = await recordScript(START_AT, hours);
  return startWorld({
    ...programs,
    factor: FACTOR,
    startAt: START_AT,
    rules: createRuleGroups(createFastConfig()),
    inhibitions: createAlertmanagerInhibitions(),
    recordings,
    withPast: Object.keys(PARTS).filter((job) => PARTS[job]?.hasPast),
    scrapeEvery: `${1000 * LOOK_EVERY}ms`,
  });
}
