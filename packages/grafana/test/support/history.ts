import { spawnSync } from 'node:child_process';
import { closeSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { Timestamp } from '../../../core/src';
import { parseExposition, seriesKey } from '../../../testing/src';
import { type CompressedTime, HOUR, MINUTE, SECOND, WEEK } from './time';
import { VirtualBot } from './virtual-bot';

/** A past that is written down instead of being waited for. */
export interface History {
  /** Where `promtool` is. */
  readonly promtool: string;
  /** The folder of Prometheus' database. */
  readonly database: string;
  readonly time: CompressedTime;
  /** From when to when, on the clock of the bots. */
  readonly from: Timestamp;
  readonly until: Timestamp;
  /** The jobs that all have had this past. */
  readonly jobs: readonly string[];
  /** The rules, as text: what they do not name is left out. */
  readonly rules: string;
}

/** So far apart are two scrapes of the past, on the clock of the bots. */
const SCRAPE_EVERY = 30 * MINUTE;
const COUNTED = /_(?:total|bucket|sum|count)$/;
const COUNTED_PART = /_(?:bucket|sum|count)$/;

/** One series of the exposition, with its values at the scrapes of a week. */
interface Series {
  /** How it begins for each job. */
  readonly heads: readonly string[];
  readonly values: readonly number[];
}

/**
 * Plays a healthy bot for a week and writes into the database what Prometheus would have scraped,
 * had the weeks before been like it. It has only counters: gauges tell of the present.
 */
export async function writeHistory(history: History): Promise<void> {
  const { from, until, time, database } = history;
  const week = await playWeek(history);
  const scrapes = WEEK / SCRAPE_EVERY;
  const file = join(database, 'history.openmetrics');
  const descriptor = openSync(file, 'w');
  for (let scrape = 0; from + scrape * SCRAPE_EVERY <= until; scrape += 1) {
    const moment = (time.toMachine(from + scrape * SCRAPE_EVERY) / SECOND).toFixed(3);
    const weeks = Math.floor(scrape / scrapes);
    let text = '';
    for (const { heads, values } of week) {
      const value = weeks * (values[scrapes] ?? 0) + (values[scrape % scrapes] ?? 0);
      const rest = ` ${value} ${moment}\n`;
      for (const head of heads) text += head + rest;
    }
    writeSync(descriptor, text);
  }
  writeSync(descriptor, '# EOF\n');
  closeSync(descriptor);
  createBlocks(history, file);
}

/** Only what rules ask for, from the beginning of the week to its end. */
async function playWeek({ from, jobs, rules }: History): Promise<readonly Series[]> {
  const habits = { conversationsPerHour: 20 };
  const bot = new VirtualBot({ startAt: from, seed: 7, habits, pollEveryMs: HOUR });
  const week = new Map<string, Series & { readonly values: number[] }>();
  for (let at = from; at <= from + WEEK; at += SCRAPE_EVERY) {
    await bot.playUntil(at);
    const scrape = (at - from) / SCRAPE_EVERY;
    for (const { name, labels, value } of parseExposition(await bot.expose())) {
      if (!COUNTED.test(name) || !rules.includes(name.replace(COUNTED_PART, ''))) continue;
      const key = seriesKey(name, labels);
      const heads = jobs.map((job) =>
        seriesKey(name, { ...labels, job, instance: instanceOf(job) }),
      );
      const series = week.get(key) ?? { heads, values: [] };
      week.set(key, series);
      series.values[scrape] = value;
    }
  }
  return [...week.values()];
}

/** The process of a bot. */
export function instanceOf(job: string): string {
  return `${job}-1`;
}

/** Adds a file of OpenMetrics to a database, and removes it. */
export function createBlocks(
  { promtool, database }: Pick<History, 'promtool' | 'database'>,
  file: string,
): void {
  const run = ['tsdb', 'create-blocks-from', 'openmetrics', '--quiet', file, database];
  const { status, stderr } = spawnSync(promtool, run, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`promtool could not write the past: ${stderr}`);
  rmSync(file);
}
