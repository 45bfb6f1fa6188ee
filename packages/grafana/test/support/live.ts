import { createAlertmanagerInhibitions } from '../../src/alerts/inhibitions';
import { DEFAULT_CONFIG, type RuleConfig, scaleDurations } from '../../src/config';
import { createRuleGroups } from '../../src/rule-groups';
import { PARTS } from './incidents';
import { recordScript } from './recording';
import { startWorld, type World } from './world';

/** The programs that the world needs. */
export interface Programs {
  readonly prometheus: string;
  readonly promtool: string;
  readonly alertmanager: string;
}

/** So much faster than we do the bots live: an hour is ten seconds. */
export const FACTOR = 360;
/** When their life begins: a Wednesday morning. */
const START_AT = Date.UTC(2026, 10, 18, 8);

const HOUR_SECONDS = 60 * 60;

/**
 * The rules as they are shipped, in compressed time, with four differences. What is called a day
 * is six hours, because a ratio of a whole day is over only a day after its cause. Trouble stays in
 * view for an hour, and what has to hold for long has to hold for 20 minutes, because less than
 * that has too few scrapes. And rules are evaluated more
 * seldom, compared with all other times, than they really are.
 */
export function createFastConfig(): RuleConfig {
  const { durations } = DEFAULT_CONFIG;
  const changed = { recent: 6 * HOUR_SECONDS, trouble: HOUR_SECONDS, forUsual: HOUR_SECONDS / 3 };
  const fast = scaleDurations(
    { ...DEFAULT_CONFIG, durations: { ...durations, ...changed } },
    1 / FACTOR,
  );
  return { ...fast, durations: { ...fast.durations, interval: 2, slowInterval: 5 } };
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
    scrapeEvery: '2s',
  });
}
