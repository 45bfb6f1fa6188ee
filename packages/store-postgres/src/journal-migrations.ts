import type { PostgresMigration } from './migrate';

const SERIES =
  'kind text not null, subject text not null, attribute text not null, key text not null';
const NAMES = 'name text, language text, account text';
const FACT = `${SERIES}, ${NAMES}, value text not null, at bigint not null,
  observed_at bigint not null, source text not null, until bigint, reason text`;
const PERSON = 'channel text not null, line text not null, user_key text not null';
const RUN = `flow text not null, version text not null, variant text not null, ${PERSON},
  session_id text not null`;
const VISIT = `journey_id text not null, visit_index integer not null, node text not null,
  at bigint not null`;
const LINE = 'variant text not null, channel text not null, line text not null';

const QUALITY: PostgresMigration = [
  `create table quality_changes (id bigint generated always as identity primary key, ${FACT},
    previous text, unique (kind, subject, attribute, key, at, value))`,
  `create table quality_facts (${FACT}, primary key (kind, subject, attribute, key))`,
  `create table quality_observations (${SERIES}, from_at bigint not null, to_at bigint not null,
    primary key (kind, subject, attribute, key, from_at))`,
  `create table quality_events (at bigint not null, kind text not null, subject text not null,
    ${NAMES}, event text not null, primary key (at, kind, subject, event))`,
];

const CONVERSATIONS: PostgresMigration = [
  `create table preference_changes (at bigint not null, ${PERSON}, value text not null, flow text,
    node text, primary key (at, channel, line, user_key, value))`,
  `create table visits (${VISIT}, kind text not null, ${RUN}, outcome text not null,
    entered_at bigint not null, asked_at bigint, wait_seconds double precision,
    processing_seconds double precision, input_kind text, match text, loop_period integer,
    primary key (journey_id, visit_index, node, at))`,
  'create index visits_at on visits (at)',
  `create table returns (${VISIT}, ${RUN}, entered_at bigint not null, asked_at bigint,
    primary key (journey_id, visit_index, node, at))`,
  'create index returns_at on returns (at)',
  `create table confusions (${VISIT}, ${RUN}, signal text not null,
    primary key (journey_id, visit_index, node, at, signal))`,
  'create index confusions_at on confusions (at)',
  `create table journey_starts (journey_id text primary key, at bigint not null, ${RUN},
    entry text not null)`,
  'create index journey_starts_at on journey_starts (at)',
  `create table journeys (journey_id text primary key, at bigint not null, ${RUN},
    outcome text not null, entry text not null, started_at bigint not null,
    seconds double precision not null, turns integer not null)`,
  'create index journeys_at on journeys (at)',
  `create table responses (turn_id text not null, at bigint not null, channel text not null,
    line text not null, flow text, responder text not null, first smallint not null,
    seconds double precision not null, felt_seconds double precision,
    primary key (turn_id, responder, at))`,
  'create index responses_at on responses (at)',
];

const SUMS: PostgresMigration = [
  `create table visit_hours (hour bigint not null, flow text not null, version text not null,
    node text not null, ${LINE}, outcome text not null, count bigint not null,
    wait_count bigint not null, wait_seconds_sum double precision not null,
    processing_seconds_sum double precision not null,
    primary key (hour, flow, version, node, variant, channel, line, outcome))`,
  `create table journey_hours (hour bigint not null, flow text not null, version text not null,
    ${LINE}, entry text not null, outcome text not null, count bigint not null,
    seconds_sum double precision not null, turns_sum bigint not null,
    primary key (hour, flow, version, variant, channel, line, entry, outcome))`,
  `create table delivery_hours (hour bigint not null, channel text not null, line text not null,
    flow text not null, node text not null, status text not null, class text not null,
    code text not null, count bigint not null,
    primary key (hour, channel, line, flow, node, status, class, code))`,
];

const PROCESSES: PostgresMigration = [
  'create table leases (name text primary key, holder text not null, expires_at bigint not null)',
  'create table written_batches (id uuid primary key, at bigint not null)',
  'create index written_batches_at on written_batches (at)',
];

const RUN_HOUR = 'hour bigint not null, flow text not null, version text not null';
const COUNT = 'count bigint not null';

/** What happened before is in none of them: to count it could take longer than the server is given. */
const LATER_SUMS: PostgresMigration = [
  `create table wait_hours (${RUN_HOUR}, node text not null, ${LINE}, "end" text not null,
    seconds double precision not null, ${COUNT},
    primary key (hour, flow, version, node, variant, channel, line, "end", seconds))`,
  `create table signal_hours (${RUN_HOUR}, node text not null, ${LINE}, signal text not null,
    ${COUNT}, primary key (hour, flow, version, node, variant, channel, line, signal))`,
  `create table transition_hours (${RUN_HOUR}, ${LINE}, "from" text not null, "to" text not null,
    outcome text not null, ${COUNT},
    primary key (hour, flow, version, variant, channel, line, "from", "to", outcome))`,
  `create table node_journey_hours (${RUN_HOUR}, node text not null, ${LINE},
    outcome text not null, last smallint not null, confused smallint not null, ${COUNT},
    primary key (hour, flow, version, node, variant, channel, line, outcome, last, confused))`,
  `create table loop_hours (${RUN_HOUR}, ${LINE}, cycle text not null, outcome text not null,
    ${COUNT}, primary key (hour, flow, version, variant, channel, line, cycle, outcome))`,
  `create table response_hours (hour bigint not null, channel text not null, line text not null,
    flow text not null, responder text not null, first smallint not null,
    seconds double precision not null, ${COUNT}, seconds_sum double precision not null,
    primary key (hour, channel, line, flow, responder, first, seconds))`,
  `create table message_hours (hour bigint not null, channel text not null, line text not null,
    template text not null, flow text not null, node text not null, event text not null, ${COUNT},
    primary key (hour, channel, line, template, flow, node, event))`,
];

const INVESTIGATIONS: PostgresMigration = [
  `create table investigations (id text primary key, at bigint not null, "trigger" text not null,
    subject text not null, "from" text, "to" text not null, document text not null)`,
  'create index investigations_at on investigations (at)',
];

const EXPOSURES: PostgresMigration = [
  `create table exposures (experiment text not null, salt text not null, user_key text not null,
    at bigint not null, variant text not null, other_variant text, flow text not null,
    channel text not null, line text not null, journey_id text, visit_index integer not null,
    reason text not null, counts smallint not null, primary key (experiment, user_key, salt))`,
  'create index exposures_at on exposures (at)',
];

/** The steps from an empty schema to the journal of today; its version is how many it took. */
export const JOURNAL_STEPS: readonly PostgresMigration[] = [
  [...QUALITY, ...CONVERSATIONS, ...SUMS, ...PROCESSES],
  LATER_SUMS,
  INVESTIGATIONS,
  EXPOSURES,
];

/** The step that made {@link LATER_SUMS}. */
export const SUMS_STEP: number = JOURNAL_STEPS.indexOf(LATER_SUMS) + 1;
