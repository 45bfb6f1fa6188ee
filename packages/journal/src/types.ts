import type {
  Observer,
  QualityAttribute,
  QualityFact,
  QualityKind,
  QualitySource,
  QualitySubject,
  Timestamp,
} from '@turnspan/core';
import type { ExposedJourney, ExposedQuery } from './exposures/read-exposed';
import type { ShownVariant } from './exposures/read-shown-variants';
import type { JournalRow, RowsQuery, RowTable } from './read-rows';
import type { VisitsQuery } from './read-visits';
import type { HoursQuery } from './roll-up/add-hours-up';
import type { HourTable, HourTables } from './roll-up/hour-rows';
import type { InvestigationRow, VisitRow } from './tables';

/** Which part of the history of quality to tell. */
export interface TimelineQuery {
  readonly kind: QualityKind;
  /**
   * The channel's id of the subject.
   * @default all subjects of the kind
   */
  readonly id?: string;
  /**
   * What people call the subject, as it was called last.
   * @default whatever it is called
   */
  readonly name?: string;
  /** @default all attributes */
  readonly attribute?: QualityAttribute;
  /**
   * Entries that ended by then are left out.
   * @default from the beginning
   */
  readonly since?: Timestamp;
  /**
   * Entries that began then or later are left out.
   * @default up to now
   */
  readonly until?: Timestamp;
}

/** A stretch of time in which an attribute of a subject had one value, or in which nobody knew. */
export interface TimelineEntry {
  readonly subject: QualitySubject;
  readonly attribute: QualityAttribute;
  /** Which one, where a subject can have several of an attribute. */
  readonly key: string | undefined;
  /** Undefined in a gap. */
  readonly value: string | undefined;
  readonly from: Timestamp;
  /** Undefined while it lasts. */
  readonly to: Timestamp | undefined;
  /** How it became known; undefined in a gap. */
  readonly source: QualitySource | undefined;
  /** The channel's own reason, if it gave one. */
  readonly reason: string | undefined;
  /** False in a gap: it may have been so, but nobody looked. */
  readonly known: boolean;
}

/** Lets one process of several do what only one should. */
export interface Lease {
  /**
   * Takes the lease of this name, or renews it: true if this journal has it for the next `ttlMs`,
   * false while another one does. Rejects when the store cannot be asked.
   */
  acquire(name: string, ttlMs: number): Promise<boolean>;
}

/**
 * The memory of what happened. Writing never keeps the bot waiting; what cannot be written is
 * counted. Every read includes what is still queued, and rejects with a `TurnspanError` when the
 * store cannot be read.
 */
export interface Journal {
  /** To be given to the tracker; never throws and never waits. */
  readonly observe: Observer;
  /** Held by one at a time of all journals that are open on the store; closing gives it back. */
  readonly lease: Lease;
  /** How many records wait to be written. */
  readonly queued: number;
  /** How many records are lost: the queue was full, or the store refused them. */
  readonly dropped: number;
  /** Notes that facts were seen to be so still; seen often, a fact is noted every few minutes. */
  observed(facts: readonly QualityFact[]): Promise<void>;
  /** The latest fact of each subject, attribute and key, as far back as there is one. */
  facts(): Promise<readonly QualityFact[]>;
  /** How quality came to be what it is, oldest first, subject by subject, gaps included. */
  timeline(query: TimelineQuery): Promise<readonly TimelineEntry[]>;
  /** The next rows of a table as they are stored, ordered by time and key. */
  rows(table: RowTable, query: RowsQuery): Promise<readonly JournalRow[]>;
  /** The sums of a period, ordered by hour: as many as nodes and hours, not as visits. */
  hours<T extends HourTable>(table: T, query: HoursQuery): Promise<readonly HourTables[T][]>;
  /**
   * From when on a table of sums is whole: where it came later than the journal, what was written
   * before is not in it. From the beginning if that is 0.
   */
  countedSince(table: HourTable): Promise<Timestamp>;
  /** The visits of the journeys of a flow that ended last in a period, journey by journey. */
  visitsOf(query: VisitsQuery): Promise<readonly VisitRow[]>;
  /** The variants that count and were shown, experiment by experiment and salt by salt. */
  shownVariants(): Promise<readonly ShownVariant[]>;
  /** What came of the users of an experiment, each in the journey in which it met them first. */
  exposed(query: ExposedQuery): Promise<readonly ExposedJourney[]>;
  /**
   * Keeps an investigation, at once: true if it is new, false if one with its id is there already.
   * Rejects if it is too large, or cannot be written now.
   */
  keepInvestigation(investigation: InvestigationRow): Promise<boolean>;
  /** The investigations that are kept, the latest first, so many at most. */
  investigations(limit: number): Promise<readonly InvestigationRow[]>;
  /** Writes what is queued; rejects if that cannot be done now, and then it stays queued. */
  flush(): Promise<void>;
  /** Deletes what is older than the retention at this time, and says how many rows that were. */
  prune(now: Timestamp): Promise<number>;
  /** Writes what is queued and lets go of the store; never rejects. */
  close(): Promise<void>;
}
