import type { Schema } from './migrate';

const WAITING: readonly string[] = [
  `CREATE TABLE waits (id TEXT PRIMARY KEY NOT NULL, channel TEXT NOT NULL, line TEXT NOT NULL,
    user_key TEXT NOT NULL, flow TEXT NOT NULL, node TEXT NOT NULL, position TEXT NOT NULL,
    parents TEXT NOT NULL, stall_at REAL NOT NULL, drop_at REAL NOT NULL,
    stalled INTEGER NOT NULL DEFAULT 0, lease TEXT, leased_until REAL,
    deadline REAL GENERATED ALWAYS AS (iif(stalled, drop_at, min(stall_at, drop_at))) VIRTUAL,
    due_at REAL GENERATED ALWAYS AS (coalesce(leased_until, deadline)) VIRTUAL) STRICT`,
  'CREATE INDEX waits_due_at ON waits (due_at)',
  'CREATE INDEX waits_leased ON waits (deadline) WHERE lease IS NOT NULL',
  `CREATE TABLE claims (id TEXT PRIMARY KEY NOT NULL, reason TEXT NOT NULL,
    expires_at REAL NOT NULL) STRICT, WITHOUT ROWID`,
  'CREATE INDEX claims_expires_at ON claims (expires_at)',
];

const ADD = `
  INSERT INTO waiting_counts (flow, node, waiting, stalled) VALUES (new.flow, new.node, 1, new.stalled)
  ON CONFLICT (flow, node) DO UPDATE SET waiting = waiting + 1, stalled = stalled + new.stalled;`;
const SUBTRACT = `
  UPDATE waiting_counts SET waiting = waiting - 1, stalled = stalled - old.stalled
  WHERE flow = old.flow AND node = old.node;
  DELETE FROM waiting_counts WHERE flow = old.flow AND node = old.node AND waiting = 0;`;

/** Nobody has to count a million rows to say how many there are. */
const COUNTS: readonly string[] = [
  `CREATE TABLE waiting_counts (flow TEXT NOT NULL, node TEXT NOT NULL, waiting INTEGER NOT NULL,
    stalled INTEGER NOT NULL, PRIMARY KEY (flow, node)) STRICT, WITHOUT ROWID`,
  `CREATE TRIGGER waits_added AFTER INSERT ON waits BEGIN ${ADD} END`,
  `CREATE TRIGGER waits_removed AFTER DELETE ON waits BEGIN ${SUBTRACT} END`,
  `CREATE TRIGGER waits_changed AFTER UPDATE OF flow, node, stalled ON waits
    WHEN old.flow <> new.flow OR old.node <> new.node OR old.stalled <> new.stalled
    BEGIN ${SUBTRACT} ${ADD} END`,
];

const SHARED: readonly string[] = [
  `CREATE TABLE seen_keys (id TEXT PRIMARY KEY NOT NULL, expires_at REAL NOT NULL
    ) STRICT, WITHOUT ROWID`,
  'CREATE INDEX seen_keys_expires_at ON seen_keys (expires_at)',
  `CREATE TABLE assignments (id TEXT PRIMARY KEY NOT NULL, value TEXT NOT NULL,
    expires_at REAL NOT NULL) STRICT, WITHOUT ROWID`,
  'CREATE INDEX assignments_expires_at ON assignments (expires_at)',
  `CREATE TABLE leases (name TEXT PRIMARY KEY NOT NULL, holder TEXT NOT NULL,
    expires_at REAL NOT NULL) STRICT, WITHOUT ROWID`,
  `CREATE TABLE facts (kind TEXT NOT NULL, subject TEXT NOT NULL, attribute TEXT NOT NULL,
    "key" TEXT NOT NULL, at REAL NOT NULL, observed_at REAL NOT NULL, fact TEXT NOT NULL,
    PRIMARY KEY (kind, subject, attribute, "key")) STRICT, WITHOUT ROWID`,
];

/** Rows of `inbox` are numbered in the order in which they came. */
const INBOX: readonly string[] = [
  `CREATE TABLE inbox (number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, sender TEXT NOT NULL,
    payload TEXT NOT NULL, holder TEXT NOT NULL, leased_until REAL NOT NULL) STRICT`,
  'CREATE INDEX inbox_sender ON inbox (sender, number)',
  'CREATE INDEX inbox_leased_until ON inbox (leased_until)',
  `CREATE TABLE inbox_done (id TEXT PRIMARY KEY NOT NULL, expires_at REAL NOT NULL
    ) STRICT, WITHOUT ROWID`,
  'CREATE INDEX inbox_done_expires_at ON inbox_done (expires_at)',
];

/** Whose a claim is, and drops from when they are settled until they are written down. */
const KEPT: readonly string[] = [
  "ALTER TABLE claims ADD COLUMN claimed_by TEXT NOT NULL DEFAULT ''",
  'ALTER TABLE claims ADD COLUMN unseen INTEGER NOT NULL DEFAULT 0',
  `CREATE TABLE untold (id TEXT PRIMARY KEY NOT NULL, channel TEXT NOT NULL, line TEXT NOT NULL,
    user_key TEXT NOT NULL, flow TEXT NOT NULL, node TEXT NOT NULL, position TEXT NOT NULL,
    parents TEXT NOT NULL, stall_at REAL NOT NULL, drop_at REAL NOT NULL,
    settled_at REAL NOT NULL) STRICT`,
  'CREATE INDEX untold_settled_at ON untold (settled_at)',
];

/** What is in the file of a store. Steps are never changed once they are published. */
export const STORE_SCHEMA: Schema = {
  table: 'turnspan_store_migrations',
  steps: [[...WAITING, ...COUNTS], SHARED, INBOX, KEPT],
};
