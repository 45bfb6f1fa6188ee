import { TurnspanError } from '@turnspan/core';
import type { Kysely } from 'kysely';
import type { InvestigationRow, JournalTables } from './tables';
import { toWholeMs } from './whole-ms';

/** How large the document of an investigation may be. */
export const INVESTIGATION_BYTES = 200_000;

/** Throws at an investigation that is too large to be kept. */
export function checkInvestigation({ id, document }: InvestigationRow): void {
  const bytes = Buffer.byteLength(document);
  if (bytes <= INVESTIGATION_BYTES) return;
  const detail = `Expected the document of the investigation ${id} to have at most ${INVESTIGATION_BYTES} bytes, got ${bytes}.`;
  throw new TurnspanError('OPTION_INVALID', { detail });
}

/** Writes an investigation, unless one with its id is there; says whether it did. */
export async function writeInvestigation(
  writer: Kysely<JournalTables>,
  row: InvestigationRow,
): Promise<boolean> {
  const { numInsertedOrUpdatedRows = 0n } = await writer
    .insertInto('investigations')
    .values({ ...row, at: toWholeMs(row.at) })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return numInsertedOrUpdatedRows === 1n;
}

/** Reads the latest investigations. */
export async function readInvestigations(
  reader: Kysely<JournalTables>,
  limit: number,
): Promise<readonly InvestigationRow[]> {
  return await reader
    .selectFrom('investigations')
    .selectAll()
    .orderBy('at', 'desc')
    .orderBy('id')
    .limit(limit)
    .execute();
}
