import type { QualityChange, QualityFact } from '@turnspan/core';
import type { Transaction } from 'kysely';
import { toChangeRow, toFactRow, toSeries } from './series';
import type { JournalTables, QualityFactRow, SeriesColumns } from './tables';
import { noteObserved } from './write-observed';

type Writer = Transaction<JournalTables>;

/** Adds a change to the history; one that is there already changes nothing. */
export async function writeChange(
  writer: Writer,
  change: QualityChange,
  gapAfterMs: number,
): Promise<void> {
  const { numInsertedOrUpdatedRows } = await writer
    .insertInto('quality_changes')
    .values(toChangeRow(change))
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  const known = await readFact(writer, toSeries(change));
  const isLatest = numInsertedOrUpdatedRows !== 0n && (!known || known.at <= change.at);
  if (isLatest) await replaceFact(writer, toFactRow(change), known);
  await noteSeen(writer, change, gapAfterMs);
}

/** Notes that a fact was seen to be so. What was never told, or missed, is a change. */
export async function writeObservation(
  writer: Writer,
  fact: QualityFact,
  gapAfterMs: number,
): Promise<void> {
  const known = await readFact(writer, toSeries(fact));
  if (known?.value === fact.value) {
    await refresh(writer, fact);
    await noteSeen(writer, { ...fact, at: fact.observedAt }, gapAfterMs);
  } else if (!known || known.at < fact.at) {
    await writeChange(writer, { ...fact, from: known?.value }, gapAfterMs);
  }
}

function readFact(writer: Writer, series: SeriesColumns): Promise<QualityFactRow | undefined> {
  return writer
    .selectFrom('quality_facts')
    .selectAll()
    .where(({ and }) => and(series))
    .executeTakeFirst();
}

/** Names are told with some events only, so the last one known stays. */
async function replaceFact(
  writer: Writer,
  row: QualityFactRow,
  known: QualityFactRow | undefined,
): Promise<void> {
  const { kind, subject, attribute, key, ...told } = row;
  const rest = {
    ...told,
    name: told.name ?? known?.name ?? null,
    language: told.language ?? known?.language ?? null,
    account: told.account ?? known?.account ?? null,
  };
  await writer
    .insertInto('quality_facts')
    .values({ kind, subject, attribute, key, ...rest })
    .onConflict((conflict) =>
      conflict.columns(['kind', 'subject', 'attribute', 'key']).doUpdateSet(rest),
    )
    .execute();
}

async function refresh(writer: Writer, fact: QualityFact): Promise<void> {
  await writer
    .updateTable('quality_facts')
    .set({ observed_at: fact.observedAt })
    .where(({ and }) => and(toSeries(fact)))
    .where('observed_at', '<', fact.observedAt)
    .execute();
}

/** Whoever learns since when something is so knows it from then on. */
async function noteSeen(writer: Writer, fact: QualityFact, gapAfterMs: number): Promise<void> {
  const { at, observedAt } = fact;
  const seen = { from_at: Math.min(at, observedAt), to_at: Math.max(at, observedAt) };
  await noteObserved(writer, { ...toSeries(fact), ...seen }, gapAfterMs);
}
