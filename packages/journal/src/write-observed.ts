import type { Transaction } from 'kysely';
import type { JournalTables, QualityObservationRow } from './tables';

/** Adds a stretch of knowledge; stretches that lie close to each other become one. */
export async function noteObserved(
  writer: Transaction<JournalTables>,
  { from_at, to_at, ...series }: QualityObservationRow,
  gapAfterMs: number,
): Promise<void> {
  const near = await writer
    .deleteFrom('quality_observations')
    .where(({ and }) => and(series))
    .where('from_at', '<=', to_at + gapAfterMs)
    .where('to_at', '>=', from_at - gapAfterMs)
    .returning(['from_at', 'to_at'])
    .execute();
  await writer
    .insertInto('quality_observations')
    .values({
      ...series,
      from_at: Math.min(from_at, ...near.map((each) => each.from_at)),
      to_at: Math.max(to_at, ...near.map((each) => each.to_at)),
    })
    .execute();
}
