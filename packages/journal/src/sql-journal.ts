import {
  contain,
  type Observer,
  type OnError,
  type QualityFact,
  type Timestamp,
} from '@turnspan/core';
import type { Kysely } from 'kysely';
import { type ExposedJourney, type ExposedQuery, readExposed } from './exposures/read-exposed';
import { readShownVariants, type ShownVariant } from './exposures/read-shown-variants';
import { checkInvestigation, readInvestigations, writeInvestigation } from './investigations';
import { ObservationThrottle } from './observation-throttle';
import type { Cutoffs } from './prune';
import { type JournalRow, type RowsQuery, type RowTable, readRows } from './read-rows';
import { readTimeline } from './read-timeline';
import { readVisits, type VisitsQuery } from './read-visits';
import type { RecordWriter } from './record-writer';
import type { HoursQuery } from './roll-up/add-hours-up';
import type { HourTable, HourTables } from './roll-up/hour-rows';
import { readCountedSince } from './roll-up/read-counted-since';
import { checkHoursQuery, readHours } from './roll-up/read-hours';
import { toFact } from './series';
import type { StoreErrors } from './store-errors';
import type { InvestigationRow, JournalTables, VisitRow } from './tables';
import { copyFact, toRecord } from './to-record';
import type { Journal, Lease, TimelineEntry, TimelineQuery } from './types';

const DAY_MS = 86_400_000;

/** What a {@link SqlJournal} is made of. */
export interface SqlJournalParts {
  readonly database: Kysely<JournalTables>;
  readonly writer: RecordWriter;
  readonly lease: Lease;
  readonly errors: StoreErrors;
  readonly now: () => Timestamp;
  readonly retentionDays: number;
  readonly rollupRetentionDays: number;
  readonly gapAfterMs: number;
  readonly onError: OnError;
  /** With which step of the schema the younger sums came. */
  readonly sumsStep: number;
  /** Comes before what is written beside the queue. */
  readonly open: () => Promise<void>;
  readonly prune: (cutoffs: Cutoffs) => Promise<number>;
  /** Lets go of the store, after the last thing was written. */
  readonly release: (writeRest: () => Promise<void>) => Promise<void>;
}

/** The journal on a database that Kysely speaks to. */
export class SqlJournal implements Journal {
  readonly observe: Observer;
  readonly lease: Lease;
  readonly #parts: SqlJournalParts;
  readonly #throttle = new ObservationThrottle();
  #closing: Promise<void> | undefined;

  constructor(parts: SqlJournalParts) {
    this.#parts = parts;
    this.lease = parts.lease;
    this.observe = contain((event) => {
      const record = toRecord(event);
      if (record) parts.writer.add(record);
    }, parts.onError);
  }

  get queued(): number {
    return this.#parts.writer.queued;
  }

  get dropped(): number {
    return this.#parts.writer.dropped;
  }

  async observed(facts: readonly QualityFact[]): Promise<void> {
    for (const fact of facts) {
      if (!this.#throttle.take(fact)) continue;
      this.#parts.writer.add({ kind: 'quality_observation', fact: copyFact(fact) });
    }
  }

  facts(): Promise<readonly QualityFact[]> {
    return this.#read(async (database) => {
      const rows = await database
        .selectFrom('quality_facts')
        .selectAll()
        .orderBy('kind')
        .orderBy('subject')
        .orderBy('attribute')
        .orderBy('key')
        .execute();
      return rows.map(toFact);
    });
  }

  timeline(query: TimelineQuery): Promise<readonly TimelineEntry[]> {
    const { now, gapAfterMs } = this.#parts;
    return this.#read((database) => readTimeline(database, query, { now: now(), gapAfterMs }));
  }

  rows(table: RowTable, query: RowsQuery): Promise<readonly JournalRow[]> {
    return this.#read((database) => readRows(database, table, query));
  }

  async hours<T extends HourTable>(table: T, query: HoursQuery): Promise<readonly HourTables[T][]> {
    checkHoursQuery(table, query);
    return await this.#read((database) => readHours(database, table, query));
  }

  countedSince(table: HourTable): Promise<Timestamp> {
    const { sumsStep } = this.#parts;
    return this.#read((database) => readCountedSince(database, table, sumsStep));
  }

  visitsOf(query: VisitsQuery): Promise<readonly VisitRow[]> {
    return this.#read((database) => readVisits(database, query));
  }

  shownVariants(): Promise<readonly ShownVariant[]> {
    return this.#read(readShownVariants);
  }

  exposed(query: ExposedQuery): Promise<readonly ExposedJourney[]> {
    const { now } = this.#parts;
    return this.#read((database) => readExposed(database, query, now()));
  }

  async keepInvestigation(investigation: InvestigationRow): Promise<boolean> {
    checkInvestigation(investigation);
    const { open, database, errors } = this.#parts;
    try {
      await open();
      return await writeInvestigation(database, investigation);
    } catch (error) {
      throw errors.toStoreError(error, 'The investigation was not kept');
    }
  }

  investigations(limit: number): Promise<readonly InvestigationRow[]> {
    return this.#read((database) => readInvestigations(database, limit));
  }

  flush(): Promise<void> {
    return this.#parts.writer.flush();
  }

  async prune(now: Timestamp): Promise<number> {
    const { prune, retentionDays, rollupRetentionDays, errors } = this.#parts;
    const rows = now - retentionDays * DAY_MS;
    const rollUps = now - rollupRetentionDays * DAY_MS;
    try {
      return await prune({ rows, rollUps });
    } catch (error) {
      throw errors.toStoreError(error, 'The journal was not pruned');
    }
  }

  close(): Promise<void> {
    const { release, writer } = this.#parts;
    this.#closing ??= release(() => writer.close());
    return this.#closing;
  }

  /** What is queued may be what is asked for; if it cannot be written, the rest is still true. */
  async #read<T>(read: (database: Kysely<JournalTables>) => Promise<T>): Promise<T> {
    await this.flush().catch(() => undefined);
    try {
      return await read(this.#parts.database);
    } catch (error) {
      throw this.#parts.errors.toStoreError(error, 'The journal was not read');
    }
  }
}
