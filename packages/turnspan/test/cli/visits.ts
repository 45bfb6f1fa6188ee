import { join } from 'node:path';
import { systemClock, type VisitSettled } from '@turnspan/core';
import type { Journal } from '@turnspan/journal';
import { createSqliteJournal } from '@turnspan/store-sqlite';
import { DAY, MINUTE, NOW } from './run';

/** Two journeys of three visits each, ten minutes after one another, the first ten days ago. */
export const VISITS: readonly VisitSettled[] = toVisits(6);

/** So many visits, one half each in two journeys. */
export function toVisits(count: number): readonly VisitSettled[] {
  return Array.from({ length: count }, (_, number) => toVisit(number));
}

/** Writes a journal as a bot does, and gives its path. */
export async function writeVisits(
  folder: string,
  visits: readonly VisitSettled[] = VISITS,
): Promise<string> {
  const file = join(folder, 'journal.db');
  const clock = { ...systemClock, now: () => NOW };
  await tellVisits(createSqliteJournal({ file, onError: fail, clock, maxQueued: 1e6 }), visits);
  return file;
}

/** Tells a journal of visits, and closes it. */
export async function tellVisits(journal: Journal, visits = VISITS): Promise<void> {
  for (const visit of visits) journal.observe(visit);
  await journal.flush();
  await journal.close();
}

function fail(error: unknown): never {
  throw error;
}

/** Names are as awkward as people make them. */
function toVisit(number: number): VisitSettled {
  const startedAt = NOW - 10 * DAY;
  const enteredAt = startedAt + number * 10 * MINUTE;
  const user = { channel: 'whatsapp', line: '106540352242922', key: 'a1b2' };
  const run = { flow: 'order', version: '1', variant: '', entry: 'user', sessionId: 's1' } as const;
  const index = Math.floor(number / 2);
  const journey = { ...run, exposures: [], id: `j${number % 2}`, startedAt, user };
  const asked = { kind: 'question', variant: '', enteredAt, askedAt: enteredAt } as const;
  const node = index === 0 ? 'size, "big"\r\nor <small> & é' : `step ${index}`;
  return {
    kind: 'visit_settled',
    at: enteredAt + 5000,
    visit: { journey, index, node, ...asked },
    turn: undefined,
    outcome: 'advanced',
    waitSeconds: 5,
    processingSeconds: 0.1,
    repliedAt: enteredAt + 5000,
    inputKind: 'text',
    match: 'matched',
    openedBy: undefined,
    loopPeriod: undefined,
  };
}
