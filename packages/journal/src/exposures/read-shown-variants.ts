import type { Timestamp } from '@turnspan/core';
import type { Kysely } from 'kysely';
import type { JournalTables } from '../tables';

/** A variant that was shown to users who count. */
export interface ShownVariant {
  readonly experiment: string;
  /** Names the run of the experiment. */
  readonly salt: string;
  readonly variant: string;
  /** How many users were shown it first. */
  readonly users: number;
  /** When the first of them was. */
  readonly since: Timestamp;
  /** When the last of them was. */
  readonly until: Timestamp;
}

/** Reads which variants were shown. */
export async function readShownVariants(
  reader: Kysely<JournalTables>,
): Promise<readonly ShownVariant[]> {
  const names = ['experiment', 'salt', 'variant'] as const;
  const rows = await reader
    .selectFrom('exposures')
    .select(names)
    .select(({ fn }) => [
      fn.countAll<number>().as('users'),
      fn.min('at').as('since'),
      fn.max('at').as('until'),
    ])
    .where('counts', '=', 1)
    .groupBy(names)
    .orderBy('experiment')
    .orderBy('salt')
    .orderBy('variant')
    .execute();
  return rows.map((row) => ({
    ...row,
    users: Number(row.users),
    since: Number(row.since),
    until: Number(row.until),
  }));
}
