/** A step of the schema. Steps are never changed once they are published; new ones are added. */
export type Migration = readonly string[];

const SERIES =
  'kind TEXT NOT NULL, subject TEXT NOT NULL, attribute TEXT NOT NULL, "key" TEXT NOT NULL';
const NAMES = 'name TEXT, language TEXT, account TEXT';
const FACT = `${SERIES}, ${NAMES}, value TEXT NOT NULL, at INTEGER NOT NULL,
  observed_at INTEGER NOT NULL, source TEXT NOT NULL, "until" INTEGER, reason TEXT`;
const PERSON = `channel TEXT NOT NULL, line TEXT NOT NULL, user_key TEXT NOT NULL`;
const RUN = `flow TEXT NOT NULL, version TEXT NOT NULL, variant TEXT NOT NULL, ${PERSON},
  session_id TEXT NOT NULL, outcome TEXT NOT NULL`;

const QUALITY: Migration = [
  `CREATE TABLE quality_changes (id INTEGER PRIMARY KEY, ${FACT}, previous TEXT,
    UNIQUE (kind, subject, attribute, "key", at, value)) STRICT`,
  `CREATE TABLE quality_facts (${FACT}, PRIMARY KEY (kind, subject, attribute, "key")) STRICT`,
  `CREATE TABLE quality_observations (${SERIES}, from_at INTEGER NOT NULL, to_at INTEGER NOT NULL,
    PRIMARY KEY (kind, subject, attribute, "key", from_at)) STRICT`,
  `CREATE TABLE quality_events (at INTEGER NOT NULL, kind TEXT NOT NULL, subject TEXT NOT NULL,
    ${NAMES}, event TEXT NOT NULL, PRIMARY KEY (at, kind, subject, event)) STRICT`,
];

const CONVERSATIONS: Migration = [
  `CREATE TABLE preference_changes (at INTEGER NOT NULL, ${PERSON}, value TEXT NOT NULL, flow TEXT,
    node TEXT, PRIMARY KEY (at, channel, line, user_key, value)) STRICT`,
  `CREATE TABLE visits (journey_id TEXT NOT NULL, visit_index INTEGER NOT NULL, node TEXT NOT NULL,
    at INTEGER NOT NULL, kind TEXT NOT NULL, ${RUN}, entered_at INTEGER NOT NULL, asked_at INTEGER,
    wait_seconds REAL, processing_seconds REAL, input_kind TEXT, "match" TEXT, loop_period INTEGER,
    PRIMARY KEY (journey_id, visit_index, node, at)) STRICT`,
  'CREATE INDEX visits_at ON visits (at)',
  `CREATE TABLE journeys (journey_id TEXT PRIMARY KEY NOT NULL, at INTEGER NOT NULL, ${RUN},
    entry TEXT NOT NULL, started_at INTEGER NOT NULL, seconds REAL NOT NULL, turns INTEGER NOT NULL
    ) STRICT`,
  'CREATE INDEX journeys_at ON journeys (at)',
  `CREATE TABLE responses (turn_id TEXT NOT NULL, at INTEGER NOT NULL, channel TEXT NOT NULL,
    line TEXT NOT NULL, flow TEXT, responder TEXT NOT NULL, first INTEGER NOT NULL,
    seconds REAL NOT NULL, felt_seconds REAL, PRIMARY KEY (turn_id, responder, at)) STRICT`,
  'CREATE INDEX responses_at ON responses (at)',
  `CREATE TABLE delivery_hours (hour INTEGER NOT NULL, channel TEXT NOT NULL, line TEXT NOT NULL,
    flow TEXT NOT NULL, node TEXT NOT NULL, status TEXT NOT NULL, class TEXT NOT NULL,
    code TEXT NOT NULL, count INTEGER NOT NULL,
    PRIMARY KEY (hour, channel, line, flow, node, status, class, code)) STRICT`,
];

const LEASES: Migration = [
  `CREATE TABLE leases (name TEXT PRIMARY KEY NOT NULL, holder TEXT NOT NULL,
    expires_at INTEGER NOT NULL) STRICT`,
];

const ROW = 'journey_id TEXT NOT NULL, at INTEGER NOT NULL';
const RUN_COLUMNS = `flow TEXT NOT NULL, version TEXT NOT NULL, variant TEXT NOT NULL, ${PERSON},
  session_id TEXT NOT NULL`;
const LINE = 'variant TEXT NOT NULL, channel TEXT NOT NULL, line TEXT NOT NULL';

const ANALYSIS: Migration = [
  `CREATE TABLE returns (${ROW}, visit_index INTEGER NOT NULL, node TEXT NOT NULL, ${RUN_COLUMNS},
    entered_at INTEGER NOT NULL, asked_at INTEGER,
    PRIMARY KEY (journey_id, visit_index, node, at)) STRICT`,
  'CREATE INDEX returns_at ON returns (at)',
  `CREATE TABLE confusions (${ROW}, visit_index INTEGER NOT NULL, node TEXT NOT NULL,
    ${RUN_COLUMNS}, signal TEXT NOT NULL,
    PRIMARY KEY (journey_id, visit_index, node, at, signal)) STRICT`,
  'CREATE INDEX confusions_at ON confusions (at)',
  `CREATE TABLE journey_starts (${ROW}, ${RUN_COLUMNS}, entry TEXT NOT NULL,
    PRIMARY KEY (journey_id)) STRICT`,
  'CREATE INDEX journey_starts_at ON journey_starts (at)',
];

/** The sums of what is there already are made of the rows. */
const ROLL_UPS: Migration = [
  `CREATE TABLE visit_hours (hour INTEGER NOT NULL, flow TEXT NOT NULL, version TEXT NOT NULL,
    node TEXT NOT NULL, ${LINE}, outcome TEXT NOT NULL, count INTEGER NOT NULL,
    wait_count INTEGER NOT NULL, wait_seconds_sum REAL NOT NULL,
    processing_seconds_sum REAL NOT NULL,
    PRIMARY KEY (hour, flow, version, node, variant, channel, line, outcome)) STRICT`,
  `INSERT INTO visit_hours SELECT at / 3600000 * 3600000, flow, version, node, variant, channel,
    line, outcome, count(*), count(wait_seconds), total(wait_seconds), total(processing_seconds)
    FROM visits GROUP BY 1, 2, 3, 4, 5, 6, 7, 8`,
  `CREATE TABLE journey_hours (hour INTEGER NOT NULL, flow TEXT NOT NULL, version TEXT NOT NULL,
    ${LINE}, entry TEXT NOT NULL, outcome TEXT NOT NULL, count INTEGER NOT NULL,
    seconds_sum REAL NOT NULL, turns_sum INTEGER NOT NULL,
    PRIMARY KEY (hour, flow, version, variant, channel, line, entry, outcome)) STRICT`,
  `INSERT INTO journey_hours SELECT at / 3600000 * 3600000, flow, version, variant, channel, line,
    entry, outcome, count(*), total(seconds), sum(turns)
    FROM journeys GROUP BY 1, 2, 3, 4, 5, 6, 7, 8`,
];

/** Each journal that is open notes the batch that it wrote last. */
const BATCHES: Migration = [
  `CREATE TABLE written_batches (journal TEXT PRIMARY KEY NOT NULL, batch TEXT NOT NULL,
    at INTEGER NOT NULL) STRICT`,
];

const RUN_HOUR = `hour INTEGER NOT NULL, flow TEXT NOT NULL, version TEXT NOT NULL`;
const COUNT = 'count INTEGER NOT NULL';
/** Rows lie in the order of their names, in which they are written and read. */
const SORTED = 'STRICT, WITHOUT ROWID';

/** What happened before is in none of them: to count it would keep a bot from starting. */
const SUMS: Migration = [
  `CREATE TABLE wait_hours (${RUN_HOUR}, node TEXT NOT NULL, ${LINE}, "end" TEXT NOT NULL,
    seconds REAL NOT NULL, ${COUNT},
    PRIMARY KEY (hour, flow, version, node, variant, channel, line, "end", seconds)) ${SORTED}`,
  `CREATE TABLE signal_hours (${RUN_HOUR}, node TEXT NOT NULL, ${LINE}, signal TEXT NOT NULL,
    ${COUNT},
    PRIMARY KEY (hour, flow, version, node, variant, channel, line, signal)) ${SORTED}`,
  `CREATE TABLE transition_hours (${RUN_HOUR}, ${LINE}, "from" TEXT NOT NULL, "to" TEXT NOT NULL,
    outcome TEXT NOT NULL, ${COUNT},
    PRIMARY KEY (hour, flow, version, variant, channel, line, "from", "to", outcome)) ${SORTED}`,
  `CREATE TABLE node_journey_hours (${RUN_HOUR}, node TEXT NOT NULL, ${LINE},
    outcome TEXT NOT NULL, last INTEGER NOT NULL, confused INTEGER NOT NULL, ${COUNT},
    PRIMARY KEY (hour, flow, version, node, variant, channel, line, outcome, last, confused)
    ) ${SORTED}`,
  `CREATE TABLE loop_hours (${RUN_HOUR}, ${LINE}, "cycle" TEXT NOT NULL, outcome TEXT NOT NULL,
    ${COUNT},
    PRIMARY KEY (hour, flow, version, variant, channel, line, "cycle", outcome)) ${SORTED}`,
  `CREATE TABLE response_hours (hour INTEGER NOT NULL, channel TEXT NOT NULL, line TEXT NOT NULL,
    flow TEXT NOT NULL, responder TEXT NOT NULL, first INTEGER NOT NULL, seconds REAL NOT NULL,
    ${COUNT}, seconds_sum REAL NOT NULL,
    PRIMARY KEY (hour, channel, line, flow, responder, first, seconds)) ${SORTED}`,
  `CREATE TABLE message_hours (hour INTEGER NOT NULL, channel TEXT NOT NULL, line TEXT NOT NULL,
    template TEXT NOT NULL, flow TEXT NOT NULL, node TEXT NOT NULL, event TEXT NOT NULL, ${COUNT},
    PRIMARY KEY (hour, channel, line, template, flow, node, event)) ${SORTED}`,
];

const INVESTIGATIONS: Migration = [
  `CREATE TABLE investigations (id TEXT PRIMARY KEY NOT NULL, at INTEGER NOT NULL,
    "trigger" TEXT NOT NULL, subject TEXT NOT NULL, "from" TEXT, "to" TEXT NOT NULL,
    document TEXT NOT NULL) STRICT`,
  'CREATE INDEX investigations_at ON investigations (at)',
];

const EXPOSURES: Migration = [
  `CREATE TABLE exposures (experiment TEXT NOT NULL, salt TEXT NOT NULL, user_key TEXT NOT NULL,
    at INTEGER NOT NULL, variant TEXT NOT NULL, other_variant TEXT, flow TEXT NOT NULL,
    channel TEXT NOT NULL, line TEXT NOT NULL, journey_id TEXT, visit_index INTEGER NOT NULL,
    reason TEXT NOT NULL, counts INTEGER NOT NULL,
    PRIMARY KEY (experiment, user_key, salt)) STRICT`,
  'CREATE INDEX exposures_at ON exposures (at)',
];

/** The steps from an empty file to the schema of today; the version of a file is how many it took. */
export const MIGRATIONS: readonly Migration[] = [
  [...QUALITY, ...CONVERSATIONS],
  LEASES,
  [...ANALYSIS, ...ROLL_UPS],
  BATCHES,
  SUMS,
  INVESTIGATIONS,
  EXPOSURES,
];

/** The step that made {@link SUMS}. */
export const SUMS_STEP: number = MIGRATIONS.indexOf(SUMS) + 1;
