import type { Timestamp } from '../../../core/src';
import { CALM_HOURS, INCIDENTS, type Incident, PARTS } from './incidents';
import { HOUR, MINUTE } from './time';
import { VirtualBot, type VirtualBotOptions } from './virtual-bot';

/** What a bot would have answered to scrapes, from the first moment to the last. */
export interface Recording {
  readonly startAt: Timestamp;
  readonly everyMs: number;
  /** Expositions, in order of time. */
  readonly scrapes: readonly Buffer[];
}

const SCRAPE_EVERY = 12 * MINUTE;

/**
 * Plays the bots of the script, each until the end. They are played before they are watched, so
 * that it does not matter how fast this machine is.
 */
export async function recordScript(
  startAt: Timestamp,
  hours: number,
): Promise<ReadonlyMap<string, Recording>> {
  const recordings = new Map<string, Recording>();
  for (const job of Object.keys(PARTS)) {
    recordings.set(job, await recordPart(job, startAt, hours));
  }
  return recordings;
}

/** Plays one bot to which nothing happens. */
export async function recordBot(options: VirtualBotOptions, hours: number): Promise<Recording> {
  const bot = new VirtualBot(options);
  return await record(() => bot, options.startAt, hours);
}

async function recordPart(job: string, startAt: Timestamp, hours: number): Promise<Recording> {
  const seed = Object.keys(PARTS).indexOf(job);
  let bot = new VirtualBot({ startAt, seed, ...PARTS[job]?.options });
  const replace = (next: VirtualBot) => {
    bot = next;
  };
  for (const incident of INCIDENTS.filter((each) => each.job === job)) {
    plan(bot, incident, { startAt, replace });
  }
  return await record(() => bot, startAt, hours);
}

async function record(
  current: () => VirtualBot,
  startAt: Timestamp,
  hours: number,
): Promise<Recording> {
  const scrapes: Buffer[] = [];
  for (let at = startAt; at <= startAt + hours * HOUR; at += SCRAPE_EVERY) {
    await current().playUntil(at);
    scrapes.push(Buffer.from(await current().expose()));
  }
  return { startAt, everyMs: SCRAPE_EVERY, scrapes };
}

interface Stage {
  readonly startAt: Timestamp;
  readonly replace: (bot: VirtualBot) => void;
}

function plan(bot: VirtualBot, incident: Incident, { startAt, replace }: Stage): void {
  const { from = CALM_HOURS, until, begin, end } = incident;
  bot.at(startAt + from * HOUR, () => begin(bot));
  if (end === undefined || until === undefined) return;
  const endAt = startAt + until * HOUR;
  if (end === 'restart') {
    bot.at(endAt, () => replace(new VirtualBot({ startAt: endAt, seed: 99 })));
  } else bot.at(endAt, () => end(bot));
}
