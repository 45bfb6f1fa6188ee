'use strict';
const { load } = require('../load');
const { Pool } = load('pg');

const VISITS = `select 'conversation_node_exits_total' as name, sum(count)::int as value,
  json_build_object('flow', flow, 'node', node, 'variant', variant, 'outcome', outcome) as labels
  from turnspan.visit_hours group by flow, node, variant, outcome`;
const JOURNEYS = `select 'conversation_journeys_ended_total' as name, sum(count)::int as value,
  json_build_object('flow', flow, 'variant', variant, 'channel', channel, 'line', line,
    'outcome', outcome) as labels
  from turnspan.journey_hours group by flow, variant, channel, line, outcome`;

/** The sums of a journal on Postgres, as the samples that counters would have. */
async function readHours(connectionString) {
  const pool = new Pool({ connectionString, max: 1 });
  try {
    const results = [await pool.query(VISITS), await pool.query(JOURNEYS)];
    return results.flatMap(({ rows }) => rows);
  } finally {
    await pool.end();
  }
}

module.exports = { readHours };
