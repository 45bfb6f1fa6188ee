import type {
  ConfusionSignal,
  Entry,
  InputKind,
  JourneyOutcome,
  Match,
  NodeKind,
  QualityAttribute,
  QualityKind,
  QualitySource,
  Responder,
  Timestamp,
  VisitOutcome,
} from '@turnspan/core';
import type { Generated } from 'kysely';
import type { HourTables } from './roll-up/hour-rows';

/** The tables of a journal. Times are whole milliseconds, users are keyed hashes. */
export interface JournalTables extends HourTables {
  readonly turnspan_migrations: MigrationRow;
  readonly quality_changes: QualityChangeRow & { readonly id: Generated<number> };
  readonly quality_facts: QualityFactRow;
  readonly quality_observations: QualityObservationRow;
  readonly quality_events: QualityEventRow;
  readonly preference_changes: PreferenceChangeRow;
  readonly visits: VisitRow;
  readonly returns: ReturnRow;
  readonly confusions: ConfusionRow;
  readonly journey_starts: JourneyStartRow;
  readonly journeys: JourneyRow;
  readonly responses: ResponseRow;
  readonly exposures: ExposureRow;
  readonly leases: LeaseRow;
  readonly investigations: InvestigationRow;
}

/** A step that the schema has taken. */
export interface MigrationRow {
  readonly version: number;
  readonly at: Timestamp;
}

/** What names the history of one attribute of one subject. */
export interface SeriesColumns {
  readonly kind: QualityKind;
  /** The channel's id of the subject. */
  readonly subject: string;
  readonly attribute: QualityAttribute;
  /** Empty where the subject has only one of the attribute. */
  readonly key: string;
}

/** The latest fact of a series. */
export interface QualityFactRow extends SeriesColumns {
  readonly name: string | null;
  readonly language: string | null;
  readonly account: string | null;
  readonly value: string;
  readonly at: Timestamp;
  readonly observed_at: Timestamp;
  readonly source: QualitySource;
  readonly until: Timestamp | null;
  readonly reason: string | null;
}

/** A fact that was new. */
export interface QualityChangeRow extends QualityFactRow {
  /** The value before; null if nothing was known. */
  readonly previous: string | null;
}

/** A stretch of time in which somebody kept an eye on a series. */
export interface QualityObservationRow extends SeriesColumns {
  readonly from_at: Timestamp;
  readonly to_at: Timestamp;
}

/** Something the channel said about the business. */
export interface QualityEventRow {
  readonly at: Timestamp;
  readonly kind: QualityKind;
  readonly subject: string;
  readonly name: string | null;
  readonly language: string | null;
  readonly account: string | null;
  readonly event: string;
}

/** A person no longer wants messages, or wants them again. */
export interface PreferenceChangeRow {
  readonly at: Timestamp;
  readonly channel: string;
  readonly line: string;
  readonly user_key: string;
  readonly value: string;
  /** Where the message came from that they got last. */
  readonly flow: string | null;
  readonly node: string | null;
}

/** Whose journey it is, and through which flow. */
export interface RunColumns {
  readonly flow: string;
  readonly version: string;
  readonly variant: string;
  readonly channel: string;
  readonly line: string;
  readonly user_key: string;
  readonly session_id: string;
}

/** A visit that is settled. */
export interface VisitRow extends RunColumns {
  readonly journey_id: string;
  readonly visit_index: number;
  readonly node: string;
  /** When it was settled. */
  readonly at: Timestamp;
  readonly kind: NodeKind;
  readonly outcome: VisitOutcome;
  readonly entered_at: Timestamp;
  readonly asked_at: Timestamp | null;
  readonly wait_seconds: number | null;
  readonly processing_seconds: number | null;
  readonly input_kind: InputKind | null;
  readonly match: Match | null;
  readonly loop_period: number | null;
}

/** An answer to a question whose visit had been settled as dropped. */
export interface ReturnRow extends RunColumns {
  readonly journey_id: string;
  readonly visit_index: number;
  readonly node: string;
  readonly at: Timestamp;
  readonly entered_at: Timestamp;
  readonly asked_at: Timestamp | null;
}

/** A sign that a node confused somebody. */
export interface ConfusionRow extends RunColumns {
  readonly journey_id: string;
  readonly visit_index: number;
  readonly node: string;
  readonly at: Timestamp;
  readonly signal: ConfusionSignal;
}

/** A journey that has begun. */
export interface JourneyStartRow extends RunColumns {
  readonly journey_id: string;
  readonly at: Timestamp;
  readonly entry: Entry;
}

/** A journey that has ended. */
export interface JourneyRow extends RunColumns {
  readonly journey_id: string;
  /** When it ended. */
  readonly at: Timestamp;
  readonly entry: Entry;
  readonly outcome: JourneyOutcome;
  readonly started_at: Timestamp;
  readonly seconds: number;
  readonly turns: number;
}

/** The first thing sent after a message that had not been answered. */
export interface ResponseRow {
  readonly turn_id: string;
  readonly at: Timestamp;
  readonly channel: string;
  readonly line: string;
  readonly flow: string | null;
  readonly responder: Responder;
  /** 1 if it was the first of its session or of its responder. */
  readonly first: 0 | 1;
  readonly seconds: number;
  readonly felt_seconds: number | null;
}

/** A user is shown a variant of an experiment: the first one that counts, or else the first one. */
export interface ExposureRow {
  readonly experiment: string;
  /** Names the run of the experiment. */
  readonly salt: string;
  readonly user_key: string;
  /** When it was shown first. */
  readonly at: Timestamp;
  readonly variant: string;
  /** The next one that counts and is another; null if there is none, as it should be. */
  readonly other_variant: string | null;
  readonly flow: string;
  readonly channel: string;
  readonly line: string;
  /** The journey it makes a difference to; null if none has begun. */
  readonly journey_id: string | null;
  /** The first visit of the journey that it makes a difference to. */
  readonly visit_index: number;
  /** Why it is this variant, in one word. */
  readonly reason: string;
  /** 0 for testers and for whoever takes no part. */
  readonly counts: 0 | 1;
}

/** What was found out about the time before a change for the worse. */
export interface InvestigationRow {
  /** The same in every process that hears of the change. */
  readonly id: string;
  readonly at: Timestamp;
  /** What kind of change it was. */
  readonly trigger: string;
  /** The channel's id of what changed. */
  readonly subject: string;
  /** Null if nothing was known before. */
  readonly from: string | null;
  readonly to: string;
  /** What was found out, as JSON. */
  readonly document: string;
}

/** What only one process does for the time being. */
export interface LeaseRow {
  readonly name: string;
  /** Stands for an open journal. */
  readonly holder: string;
  /** When anybody may have it, unless it is renewed. */
  readonly expires_at: Timestamp;
}
