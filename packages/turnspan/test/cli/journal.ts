import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type QualityFact, systemClock } from '@turnspan/core';
import { createSqliteJournal } from '@turnspan/store-sqlite';
import { DAY, HOUR, MINUTE, NOW } from './run';

const ACCOUNT = '102290129340398';
const PHONE = {
  kind: 'phone',
  id: '106540352242922',
  name: 'Lucky Shrub',
  accountId: ACCOUNT,
} as const;
const OFFER = {
  kind: 'template',
  id: '1387372356726668',
  name: 'seasonal_promotion_autumn',
  language: 'en_US',
  accountId: ACCOUNT,
} as const;
const ORDER = {
  ...OFFER,
  id: '1387372356726669',
  name: 'order_ready',
  language: 'de',
} as const;

type Told = Pick<QualityFact, 'subject' | 'attribute' | 'value' | 'at'> & Partial<QualityFact>;

const UNTIL_FRIDAY = { observedAt: NOW - 5 * DAY, source: 'poll' } as const;
const SEEN = { observedAt: NOW - 4 * MINUTE, source: 'poll' } as const;
const HEARD = { ...SEEN, source: 'webhook' } as const;

/** What happened until now, in the order in which it was told. */
export const HISTORY: readonly Told[] = [
  { subject: PHONE, attribute: 'rating', value: 'GREEN', at: NOW - 12 * DAY, ...UNTIL_FRIDAY },
  { subject: PHONE, attribute: 'rating', value: 'YELLOW', at: NOW - 3 * DAY, ...SEEN },
  { subject: PHONE, attribute: 'status', value: 'CONNECTED', at: NOW - 12 * DAY, ...SEEN },
  { subject: OFFER, attribute: 'rating', value: 'RED', at: NOW - 2 * HOUR, ...HEARD },
  {
    subject: OFFER,
    attribute: 'status',
    value: 'PAUSED',
    at: NOW - 2 * HOUR,
    until: NOW + HOUR,
    reason: 'FIRST_PAUSE',
    ...HEARD,
  },
  { subject: ORDER, attribute: 'status', value: 'APPROVED', at: NOW - 12 * DAY },
  {
    subject: { kind: 'account', id: ACCOUNT, name: 'Lucky Shrub', accountId: ACCOUNT },
    attribute: 'restriction',
    key: 'RESTRICTED_BIZ_INITIATED_MESSAGING',
    value: 'RESTRICTED_BIZ_INITIATED_MESSAGING',
    at: NOW - DAY,
    until: NOW + 2 * DAY,
    source: 'webhook',
  },
  {
    subject: { kind: 'portfolio', id: '506914307656634' },
    attribute: 'messaging_limit',
    value: '2000',
    at: NOW - 9 * DAY,
    ...SEEN,
  },
];

/** Makes folders that are gone after each test of a file. */
export function foldersForTests(): () => string {
  const made: string[] = [];
  afterEach(() => {
    for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true });
  });
  return () => {
    const folder = mkdtempSync(join(tmpdir(), 'turnspan-cli-'));
    made.push(folder);
    return folder;
  };
}

/** Writes a journal as a bot does, and gives its path. */
export async function writeJournal(
  folder: string,
  history: readonly Told[] = HISTORY,
): Promise<string> {
  const file = join(folder, 'journal.db');
  const onError = (error: unknown) => {
    throw error;
  };
  const journal = createSqliteJournal({ file, onError, clock: { ...systemClock, now: () => NOW } });
  for (const told of history) {
    const fact = { observedAt: told.at, source: 'poll', ...told } as const;
    const change = { ...fact, from: undefined };
    journal.observe({ kind: 'quality_changed', at: fact.at, change });
    await journal.observed([fact]);
  }
  await journal.close();
  return file;
}
