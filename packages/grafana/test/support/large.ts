import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createAlertmanagerInhibitions } from '../../src/alerts/inhibitions';
import type { RuleConfig } from '../../src/config';
import { RECORDED } from '../../src/recorded';
import { createRuleGroups } from '../../src/rule-groups';
import { createLargeFlow } from './flows';
import { createBlocks } from './history';
import { createFastConfig, FACTOR, type Programs } from './live';
import { recordBot } from './recording';
import { type CompressedTime, DAY, HOUR, SECOND } from './time';
import { startWorld, type World } from './world';

/** With `thanks`, `voucher` and the reminder these are 299: as many as the exporter lets through. */
const QUESTIONS = 296;
const START_AT = Date.UTC(2026, 10, 18, 8);
const JOB = 'large';

/** Starts a world of one bot with 300 nodes, for each of which there is a past that was recorded. */
export async function startLarge(programs: Programs, hours: number): Promise<World> {
  const flow = createLargeFlow(QUESTIONS);
  const habits = { conversationsPerHour: 400 };
  const bot = await recordBot({ startAt: START_AT, seed: 5, flow, habits }, hours);
  return startWorld({
    ...programs,
    factor: FACTOR,
    startAt: START_AT,
    rules: createRuleGroups(createCalmConfig()),
    inhibitions: createAlertmanagerInhibitions(),
    recordings: new Map([[JOB, bot]]),
    withPast: [],
    addPast: (database, time) => {
      const file = join(database, 'steps.openmetrics');
      writeFileSync(file, `${toSteps(flow, time)}# EOF\n`);
      createBlocks({ promtool: programs.promtool, database }, file);
    },
    scrapeEvery: '2s',
  });
}

/** So many nodes are work: a machine that is busy with the last evaluation cannot time the next. */
function createCalmConfig(): RuleConfig {
  const fast = createFastConfig();
  return { ...fast, durations: { ...fast.durations, interval: 2, slowInterval: 4 } };
}

/** What was counted in every hour of the last four days, at every node. */
function toSteps(
  { id, questions }: { readonly id: string; readonly questions: readonly string[] },
  time: CompressedTime,
): string {
  const { dropoff, confusion, loops } = RECORDED;
  const values = new Map([
    [dropoff.stepWhole, 20],
    [confusion.stepWhole, 20],
    [loops.stepWhole, 20],
    [dropoff.stepPart, 1],
    [confusion.stepPart, 1],
    [loops.stepPart, 0],
  ]);
  let text = '';
  for (let at = START_AT - 4 * DAY; at < START_AT; at += HOUR) {
    const moment = time.toMachine(at) / SECOND;
    for (const [name, value] of values) {
      for (const node of questions) {
        text += `${name}{job="${JOB}",flow="${id}",node="${node}"} ${value} ${moment}\n`;
      }
    }
  }
  return text;
}
