'use strict';

const HOUR = 3_600_000;
const FLOWS = ['book', 'cancel', 'order', 'support', 'track'];
const NODES_PER_FLOW = 8;
/** From a second to a day: what most waits are counted in. */
const WAITS = [1, 2, 3.2, 5, 8, 13, 20, 32, 50, 75, 120, 180, 300, 480, 900, 1800, 3600, 14_400];
const RESPONSES = [0.1, 0.2, 0.4, 0.8, 1.3, 2, 4, 8];
const LINE = { variant: '', channel: 'whatsapp', line: '1' };

/** A number from 0 to 1 that is the same in every run. */
function createRandom(seed = 1) {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/**
 * The sums of so many visits to 40 nodes, hour by hour: each share of an hour's visits is a row if it
 * comes to one at least, so that there are more rows until every one of them is there.
 */
function* toHourRows({ visits, days, until }) {
  const random = createRandom();
  const round = (expected) => Math.floor(expected + random());
  const each = visits / (days * 24 * FLOWS.length * NODES_PER_FLOW);
  for (let hour = until - days * 24 * HOUR; hour < until; hour += HOUR) {
    for (const flow of FLOWS) {
      const run = { hour, flow, version: 'v1', ...LINE };
      for (const row of toFlowRows(run, { each, round })) if (row[1].count > 0) yield row;
    }
  }
}

function* toFlowRows(run, { each, round }) {
  const nodes = Array.from({ length: NODES_PER_FLOW }, (_, index) => `node_${index + 1}`);
  for (const [index, node] of nodes.entries()) {
    yield* toNodeRows({ ...run, node }, { each, round, next: nodes[index + 1] ?? '' });
  }
  const begun = { from: '', to: 'node_1', outcome: '', count: round(each) };
  yield ['transition_hours', { ...run, ...begun }];
  for (const outcome of ['completed', 'dropped', 'stopped']) {
    const count = round(each * 0.3);
    const sums = { seconds_sum: count * 300, turns_sum: count * 6 };
    yield ['journey_hours', { ...run, entry: 'user', outcome, count, ...sums }];
  }
  yield [
    'loop_hours',
    { ...run, cycle: '["node_3"]', outcome: 'dropped', count: round(each * 0.02) },
  ];
  const { hour, flow, channel, line } = run;
  for (const seconds of RESPONSES) {
    const count = round(each);
    const about = { hour, channel, line, flow, responder: 'bot', first: 0 };
    yield ['response_hours', { ...about, seconds, count, seconds_sum: seconds * count }];
  }
}

function* toNodeRows(at, parts) {
  yield* toVisitRows(at, parts);
  yield* toWaitRows(at, parts);
  yield* toStepRows(at, parts);
  yield* toOutcomeRows(at, parts);
  const { hour, channel, line, flow, node } = at;
  for (const event of ['sent', 'delivered', 'read']) {
    const count = parts.round(parts.each);
    yield ['message_hours', { hour, channel, line, template: '', flow, node, event, count }];
  }
}

function* toVisitRows(at, { each, round }) {
  const shares = { advanced: 0.85, dropped: 0.1, repeated: 0.05 };
  for (const [outcome, share] of Object.entries(shares)) {
    const count = round(each * share);
    const waits = outcome === 'dropped' ? 0 : count;
    const sums = { wait_count: waits, wait_seconds_sum: waits * 40, processing_seconds_sum: waits };
    yield ['visit_hours', { ...at, outcome, count, ...sums }];
  }
  for (const signal of ['no_match', 'help', 'return']) {
    yield ['signal_hours', { ...at, signal, count: round(each * 0.03) }];
  }
}

function* toWaitRows(at, { each, round }) {
  for (const seconds of WAITS) {
    const count = round((each * 0.9) / WAITS.length);
    yield ['wait_hours', { ...at, end: 'replied', seconds, count }];
  }
  yield ['wait_hours', { ...at, end: 'dropped', seconds: 86_400, count: round(each * 0.1) }];
}

function* toStepRows({ node: from, ...run }, { each, round, next: to }) {
  const outcome = to === '' ? 'completed' : '';
  yield ['transition_hours', { ...run, from, to, outcome, count: round(each * 0.9) }];
  const dropped = { to: '', outcome: 'dropped', count: round(each * 0.1) };
  yield ['transition_hours', { ...run, from, ...dropped }];
}

function* toOutcomeRows(at, { each, round }) {
  for (const [outcome, share] of Object.entries({ completed: 0.6, dropped: 0.35 })) {
    for (const [confused, part] of [0.95, 0.05].entries()) {
      const count = round(each * share * part);
      yield ['node_journey_hours', { ...at, outcome, last: 0, confused, count }];
    }
  }
}

module.exports = { toHourRows };
