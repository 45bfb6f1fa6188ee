import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Timestamp } from '../../../core/src';
import type { RecordingRule, RuleFile } from '../../src/rule-file';
import { type RunningAlertmanager, startAlertmanager } from './alertmanager';
import { type BotServer, startBotServer } from './bot-server';
import { instanceOf, writeHistory } from './history';
import { type RunningPrometheus, startPrometheus } from './prometheus';
import { type Receiver, startReceiver } from './receiver';
import { writeRecordedPast } from './recorded-past';
import type { Recording } from './recording';
import { CompressedTime, DAY, HOUR, SECOND } from './time';

/** What a world is made of. */
export interface WorldOptions {
  readonly prometheus: string;
  readonly promtool: string;
  readonly alertmanager: string;
  /** How many times faster the bots live. */
  readonly factor: number;
  /** The time of the bots at which the past ends and their life begins. */
  readonly startAt: Timestamp;
  readonly rules: RuleFile;
  readonly inhibitions: readonly unknown[];
  /** What the bots are like from then on, by job. */
  readonly recordings: ReadonlyMap<string, Recording>;
  /** Jobs that have had two healthy weeks before. */
  readonly withPast: readonly string[];
  readonly scrapeEvery: string;
  /** Adds to the past, in the folder of the database. @default nothing */
  readonly addPast?: (database: string, time: CompressedTime) => void;
}

/** Bots, and all that watches over them. */
export interface World {
  /** The time of the bots is as far as this says. */
  readonly time: CompressedTime;
  readonly startAt: Timestamp;
  readonly prometheus: RunningPrometheus;
  readonly receiver: Receiver;
  /** Waits until so many hours have passed for the bots since their life began. */
  passHours(hours: number): Promise<void>;
  stop(): Promise<void>;
}

const PAST = 15 * DAY + DAY / 8;
/** Of what is recorded, this is looked back on. */
const NEEDS_PAST = /:(?:increase_step|mean_hour|p90_hour|count_hour)$/;
const RECORD_PAST_EVERY_SECONDS = 10;

/** Writes the past, then lets the bots live and be watched. */
export async function startWorld(options: WorldOptions): Promise<World> {
  const folder = mkdtempSync(join(tmpdir(), 'turnspan-world-'));
  const ending: (() => Promise<unknown>)[] = [];
  const stop = async () => {
    for (const end of ending.reverse()) await end();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    mkdirSync(join(folder, 'data'));
    const { factor, startAt: bots, recordings } = options;
    // Between the past and the present lies the time that it takes to write down the past.
    const past = new CompressedTime(factor, { bots, machine: Date.now() });
    if (options.withPast.length > 0) await writePast(options, folder, past);
    options.addPast?.(join(folder, 'data'), past);
    writeFileSync(join(folder, 'rules.yml'), JSON.stringify(options.rules));
    const keep = <T extends { stop(): Promise<unknown> }>(started: T): T => {
      ending.push(() => started.stop());
      return started;
    };
    const receiver = keep(await startReceiver());
    const alertmanager = keep(
      await startAlertmanager({
        binary: options.alertmanager,
        receiver: receiver.url,
        inhibitions: options.inhibitions,
        groupWait: '2s',
      }),
    );
    const time = new CompressedTime(factor, { bots, machine: Date.now() });
    const server = keep(await startBotServer(recordings, time));
    const config = toConfig(options, { server, alertmanager });
    const prometheus = keep(await startPrometheus({ binary: options.prometheus, folder, config }));
    const passHours = async (hours: number) => {
      const ms = time.toMachine(bots + hours * HOUR) - Date.now();
      await new Promise((resolve) => setTimeout(resolve, ms));
    };
    return { time, startAt: bots, prometheus, receiver, passHours, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function writePast(
  { promtool, prometheus: binary, withPast, startAt, rules }: WorldOptions,
  folder: string,
  time: CompressedTime,
): Promise<void> {
  const database = join(folder, 'data');
  const from = startAt - PAST;
  await writeHistory({
    promtool,
    database,
    time,
    from,
    until: startAt,
    jobs: withPast,
    rules: JSON.stringify(rules),
  });
  const prometheus = await startPrometheus({ binary, folder, config: {} });
  try {
    await writeRecordedPast({
      promtool,
      database,
      prometheus,
      rules: rules.groups
        .flatMap((group) => group.rules)
        .filter((rule): rule is RecordingRule => 'record' in rule && NEEDS_PAST.test(rule.record)),
      from: time.toMachine(from) / SECOND,
      until: time.toMachine(startAt) / SECOND,
      everySeconds: RECORD_PAST_EVERY_SECONDS,
    });
  } finally {
    await prometheus.stop();
  }
}

interface Watched {
  readonly server: BotServer;
  readonly alertmanager: RunningAlertmanager;
}

function toConfig(
  { scrapeEvery, recordings }: WorldOptions,
  { server, alertmanager }: Watched,
): object {
  return {
    global: { scrape_interval: scrapeEvery, scrape_timeout: scrapeEvery },
    rule_files: ['rules.yml'],
    alerting: { alertmanagers: [{ static_configs: [{ targets: [alertmanager.address] }] }] },
    scrape_configs: [...recordings.keys()].map((job) => ({
      job_name: job,
      metrics_path: `/${job}`,
      static_configs: [{ targets: [server.address], labels: { instance: instanceOf(job) } }],
    })),
  };
}
