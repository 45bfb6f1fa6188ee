import type { PostgresMigration } from './migrate';

/** The tables of a store; the journal may be in the same schema. */
export type StoreTable =
  | 'store_visits'
  | 'store_count_changes'
  | 'store_values'
  | 'store_facts'
  | 'store_inbox';

/** Where the steps taken are noted. */
export const STORE_MIGRATIONS_TABLE = 'store_migrations';

/** What waits is found by its deadline; dead rows at that end of the index cost every sweep. */
const BUSY_TABLE = 'fillfactor = 85, autovacuum_vacuum_scale_factor = 0.02';

/**
 * A row is a visit: on the list while it has no reason, and after it the memory of its claim. In
 * one row, so that a wait and a claim of the same id meet at one unique index, whichever comes
 * first. Times are those of the callers.
 */
const VISITS: PostgresMigration = [
  `create table store_visits (
    id text primary key,
    flow text, node text, stalled boolean not null default false,
    waiting text, stall_at double precision, drop_at double precision,
    deadline double precision, lease text, leased_until double precision,
    reason text, expires_at double precision,
    left_flow text, left_node text, left_stalled boolean
  ) with (${BUSY_TABLE})`,
  'create index store_visits_deadline on store_visits (deadline) where reason is null',
  'create index store_visits_expires_at on store_visits (expires_at) where reason is not null',
];

/** Who came and went at each node: only added to, so that turns at once do not wait for each other. */
const COUNT_CHANGES: PostgresMigration = [
  `create table store_count_changes (
    number bigint generated always as identity primary key,
    flow text not null, node text not null, waiting integer not null, stalled integer not null
  )`,
];

const SHARED: PostgresMigration = [
  `create table store_values (
    kind text not null, name text not null, value text not null,
    expires_at double precision not null,
    primary key (kind, name)
  ) with (${BUSY_TABLE})`,
  'create index store_values_expires_at on store_values (expires_at)',
  `create table store_facts (
    series text primary key, at double precision not null, observed_at double precision not null,
    fact text not null
  )`,
];

/** Messages are numbered in the order in which they came; those that are done with have no payload. */
const INBOX: PostgresMigration = [
  `create table store_inbox (
    number bigint generated always as identity primary key,
    id text not null unique, sender text not null, payload text,
    holder text not null, leased_until double precision not null, expires_at double precision
  ) with (${BUSY_TABLE})`,
  'create index store_inbox_sender on store_inbox (sender, number) where payload is not null',
  'create index store_inbox_leased_until on store_inbox (leased_until) where payload is not null',
  'create index store_inbox_expires_at on store_inbox (expires_at) where payload is null',
];

/** Whose a claim is, and since when a drop that is not written down is settled. */
const KEPT: PostgresMigration = [
  'alter table store_visits add column claimed_by text, add column settled_at double precision',
  'create index store_visits_settled_at on store_visits (settled_at) where settled_at is not null',
];

/** What a store has in its schema. Steps are never changed once they are published. */
export const STORE_STEPS: readonly PostgresMigration[] = [
  [...VISITS, ...COUNT_CHANGES],
  SHARED,
  INBOX,
  KEPT,
];
