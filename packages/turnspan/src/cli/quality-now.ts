import { systemClock, type Timestamp } from '@turnspan/core';
import { createQuality, type QualityReport } from '@turnspan/whatsapp';
import { type Command, type CommandArguments, JOURNAL_OPTION } from './command';
import type { CommandIo } from './command-io';
import { drawReport } from './draw-report';
import { type JournalPlace, journalPlace, readJournal, showPlace } from './open-journal';
import { createPaint } from './paint';

/** Tells what is known now. */
export const qualityNow: Command = {
  name: 'quality now',
  summary: 'Shows how numbers, templates and accounts are rated now',
  options: [JOURNAL_OPTION],
  run,
};

async function run(args: CommandArguments, io: CommandIo): Promise<number> {
  const place = journalPlace(args);
  const now = io.now();
  const report = await readReport(place, now);
  const text = args.json
    ? JSON.stringify({ at: now, journal: showPlace(place), ...report }, undefined, 2)
    : drawReport(report, { now, paint: createPaint(io) });
  io.stdout.write(`${text}\n`);
  return 0;
}

/** As `plugin.quality()` tells it: without what has ended by itself. */
async function readReport(place: JournalPlace, now: Timestamp): Promise<QualityReport> {
  const clock = { ...systemClock, now: () => now };
  const quality = createQuality({ clock, onSignal: () => undefined });
  quality.restore(await readJournal(place, { now: clock.now }, (journal) => journal.facts()));
  return quality.toJson();
}
