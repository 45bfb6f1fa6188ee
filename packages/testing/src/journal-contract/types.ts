import type {
  Clock,
  JourneyOutcome,
  Observer,
  OnError,
  QualityFact,
  QualityKind,
} from '@turnspan/core';

/** A journal, as the contract uses it. */
export interface ContractJournal {
  readonly observe: Observer;
  readonly lease: { acquire(name: string, ttlMs: number): Promise<boolean> };
  readonly queued: number;
  readonly dropped: number;
  observed(facts: readonly QualityFact[]): Promise<void>;
  facts(): Promise<readonly QualityFact[]>;
  timeline(query: { readonly kind: QualityKind }): Promise<readonly ContractEntry[]>;
  hours(table: ContractHourTable, query: ContractHours): Promise<readonly object[]>;
  countedSince(table: ContractHourTable): Promise<number>;
  visitsOf(query: ContractVisits): Promise<readonly object[]>;
  shownVariants(): Promise<readonly object[]>;
  exposed(query: ContractExposed): Promise<readonly object[]>;
  keepInvestigation(investigation: ContractInvestigation): Promise<boolean>;
  investigations(limit: number): Promise<readonly ContractInvestigation[]>;
  flush(): Promise<void>;
  prune(now: number): Promise<number>;
  close(): Promise<void>;
}

/** What was found out about a change for the worse. */
export interface ContractInvestigation {
  readonly id: string;
  readonly at: number;
  readonly trigger: string;
  readonly subject: string;
  readonly from: string | null;
  readonly to: string;
  readonly document: string;
}

/** A stretch of the history of quality. */
export interface ContractEntry {
  readonly value: string | undefined;
  readonly from: number;
  readonly to: number | undefined;
  readonly known: boolean;
}

/** The tables of sums that the contract reads through the journal. */
export type ContractHourTable = 'visit_hours' | 'wait_hours' | 'loop_hours';

/** Which sums to read. */
export interface ContractHours {
  readonly since: number;
  readonly until: number;
  readonly flow?: string;
  readonly stepMs?: number;
  readonly merged?: readonly string[];
}

/** Whose visits to read. */
export interface ContractVisits {
  readonly flow: string;
  readonly since: number;
  readonly until: number;
  readonly limit: number;
  readonly outcome?: JourneyOutcome;
  readonly node?: string;
}

/** Of which experiment to read what came of its users. */
export interface ContractExposed {
  readonly experiment: string;
  readonly salt: string;
  readonly goal?: string;
}

/** A row of a table, by the names of its columns. */
export type ContractRow = Readonly<Record<string, unknown>>;

/** The options that every journal of the contract is made with; what else it has keeps its default. */
export interface JournalContractSetup {
  /** Moved by the contract; no case sleeps. */
  readonly clock: Clock;
  readonly onError: OnError;
  /** Wakes nobody: what happens is asked for. */
  readonly startTimer: () => () => void;
  readonly maxQueued: number;
  readonly retentionDays: number;
  readonly rollupRetentionDays: number;
}

/** A place that holds a journal. */
export interface JournalPlace {
  /** Opens the journal there, as one more process does. */
  open(): ContractJournal;
  /** All rows of a table, in any order, with numbers as numbers. */
  readRows(table: string): Promise<readonly ContractRow[]>;
  /** Lets leases age where they do not go by the clock of the journal. @default they do */
  ageLeases?(ms: number): Promise<void>;
  /** Removes it; what the contract has opened is closed by then. */
  remove(): Promise<void>;
}

/** What a case of the contract has at hand. */
export interface JournalStage {
  /** One process more. */
  readonly open: () => ContractJournal;
  readonly readRows: (table: string) => Promise<readonly ContractRow[]>;
  /** Lets time pass. */
  readonly pass: (ms: number) => Promise<void>;
  /** What was reported, as text. */
  readonly errors: readonly string[];
}

/** A case of the contract, before it has a place. */
export type JournalCase = readonly [name: string, hold: (stage: JournalStage) => Promise<void>];
