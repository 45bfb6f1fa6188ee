import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { waitFor } from '../../../../test/support/servers/process';
import type { Timestamp } from '../../../core/src';
import type { RecordingRule, RuleFile } from '../../src/rule-file';
import { type RunningAlertmanager, startAlertmanager } from './alertmanager';
import { type BotServer, startBotServer } from './bot-server';
import { instanceOf, writeHistory } from './history';
import { type RunningPrometheus, startPrometheus } from './prometheus';
import { type Receiver, startReceiver } from './receiver';
import { writeRecordedPast } from './recorded-past';
import type { Recording } from './recording';
import { CompressedTime, DAY, HOUR, SECOND, WEEK } from './time';

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

/** Two weeks, and the hours that an hour of two weeks ago was reckoned from. */
const PAST = 2 * WEEK + DAY / 8;
/** Of what is recorded, this is looked back on. */
const NEEDS_PAST = /:(?:increase_step|mean_hour|p90_hour|count_hour)$/;

/** Writes the past, then lets the bots live and be watched. */
export async function startWorld(options: WorldOptions): Promise<World> {
  const folder = mkdtempSync(join(tmpdir(), 'turnspan-world-'));
  const ending: (() => Promise<unknown>)[] = [];
  const keep = <T extends { stop(): Promise<unknown> }>(started: T): T => {
    ending.push(() => started.stop());
    return started;
  };
  const stop = async () => {
    for (const end of ending.reverse()) await end();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    mkdirSync(join(folder, 'data'));
    await writePast(options, folder);
    return { ...(await watch(options, folder, keep)), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Starts everything that watches, and waits until the life of the bots has begun. */
async function watch(
  options: WorldOptions,
  folder: string,
  keep: <T extends { stop(): Promise<unknown> }>(started: T) => T,
): Promise<Omit<World, 'stop'>> {
  const { factor, startAt, recordings } = options;
  writeFileSync(join(folder, 'rules.yml'), JSON.stringify(options.rules));
  const receiver = keep(await startReceiver());
  const alertmanager = keep(
    await startAlertmanager({
      binary: options.alertmanager,
      receiver: receiver.url,
      inhibitions: options.inhibitions,
      groupWait: '1s',
    }),
  );
  const begin = () => new CompressedTime(factor, { bots: startAt, machine: Date.now() });
  const server = keep(await startBotServer(recordings, begin));
  const config = toConfig(options, { server, alertmanager });
  const prometheus = keep(await startPrometheus({ binary: options.prometheus, folder, config }));
  const time = await waitFor(async () => server.time());
  const passHours = async (hours: number) => {
    const ms = time.toMachine(startAt + hours * HOUR) - Date.now();
    await new Promise((resolve) => setTimeout(resolve, ms));
  };
  return { time, startAt, prometheus, receiver, passHours };
}

/** Between the past and the present lies the time that it takes to write down the past. */
async function writePast(options: WorldOptions, folder: string): Promise<void> {
  const { factor, startAt: bots, withPast, addPast } = options;
  const time = new CompressedTime(factor, { bots, machine: Date.now() });
  if (withPast.length > 0) await writeScrapedPast(options, folder, time);
  addPast?.(join(folder, 'data'), time);
}

async function writeScrapedPast(
  { promtool, prometheus: binary, withPast, startAt, rules }: WorldOptions,
  folder: string,
  time: CompressedTime,
): Promise<void> {
  const database = join(folder, 'data');
  const from = startAt - PAST;
  const needing = rules.groups
    .flatMap((group) => group.rules)
    .filter((rule): rule is RecordingRule => 'record' in rule && NEEDS_PAST.test(rule.record));
  await writeHistory({
    promtool,
    database,
    time,
    from,
    until: startAt,
    jobs: withPast,
    rules: JSON.stringify(needing),
  });
  const prometheus = await startPrometheus({ binary, folder, config: {} });
  try {
    await writeRecordedPast({
      promtool,
      database,
      prometheus,
      rules: needing,
      from: time.toMachine(from) / SECOND,
      until: time.toMachine(startAt) / SECOND,
      everySeconds: HOUR / SECOND / time.factor,
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
