'use strict';
const { addUp } = require('@turnspan/testing');
const { chooser } = require('./choosers');
const { closeDecline, planDecline } = require('./decline');
const { createPersonas, createQuietPersonas, LATECOMERS } = require('./personas');
const { CLOSING, DAY, FIX, HOUR, MINUTE, OPENING, PHASES, REWORDING } = require('./phases');
const { checkVerdict, judge } = require('./verdict');

/** Metrics whose every exposed series has to be in the ledger. */
const COUNTERS = [
  'conversation_journeys_started_total',
  'conversation_journeys_ended_total',
  'conversation_node_entries_total',
  'conversation_node_exits_total',
  'conversation_node_stalls_total',
  'conversation_node_returns_total',
  'conversation_node_confusions_total',
  'conversation_node_loops_total',
  'conversation_transitions_total',
  'conversation_node_messages_total',
  'conversation_experiment_exposures_total',
  'conversation_experiment_conversions_total',
  'whatsapp_messages_total',
  'whatsapp_message_failures_total',
  'whatsapp_webhook_events_total',
  'whatsapp_quality_events_total',
  'whatsapp_opt_outs_total',
  'turnspan_contained_errors_total',
  'turnspan_label_overflow_total',
  'turnspan_clock_skews_total',
];

/** Plays the customers and gives what was counted, held against what happened. */
async function play(world, { customers, onProgress }) {
  const { clock, endpoint, graph, ledger, simulation } = world;
  ledger.know(...COUNTERS);
  invite(world, customers);
  simulation.at(OPENING, () => graph.business.setPhone(endpoint.line, { rating: 'GREEN' }));
  planDecline({ ...world, start: REWORDING });
  lookAfter(world);
  simulation.at(REWORDING, () => world.deploy('reworded'));
  for (const hours of [20, 40, 52]) simulation.at(REWORDING + hours * HOUR, world.restartB);
  simulation.at(REWORDING + 56 * HOUR, world.editFlow);
  simulation.at(FIX, () => world.deploy('experiment'));
  simulation.at(CLOSING, () => {});
  await simulation.play((time) => onProgress(time - OPENING, CLOSING - OPENING));
  await world.sweep();
  simulation.close();
  closeDecline(world);
  const judged = judge(world);
  const verdicts = checkVerdict(judged, ledger);
  const samples = addUp(await world.expositions());
  const checks = [...ledger.check(samples), ...verdicts];
  return { samples, checks, judged, days: (clock.time - OPENING) / DAY };
}

/** Sweeps and polls, more often while more happens. */
function lookAfter({ simulation, sweep, poll }) {
  let looks = 0;
  const isTime = (each) => looks % each === 0;
  simulation.every(10 * MINUTE, async () => {
    looks += 1;
    const isBusy = simulation.time >= REWORDING;
    const isDeclining = isBusy && simulation.time < FIX;
    if (isBusy || isTime(6)) await sweep();
    if (isTime(isDeclining ? 6 : 36)) await poll();
  });
}

/** Lets every persona come as often as its share says, at hours when people are awake. */
function invite(world, customers) {
  const { random, simulation } = world;
  let number = 0;
  const add = (tale, at) => {
    number += 1;
    simulation.add(toCustomer(number, tale.name), tale, at);
  };
  for (const { name, from, days, part } of PHASES) {
    const personas = PERSONAS[name](world);
    const shares = personas.reduce((sum, [share]) => sum + share, 0);
    for (const [share, tale] of personas) {
      const times = Math.max(1, Math.round((share / shares) * part * customers));
      for (let time = 0; time < times; time += 1) add(tale, from + wakingHour(random, days));
    }
  }
  for (let time = 0; time < 10; time += 1) {
    add(
      LATECOMERS.acrossRestart,
      REWORDING + random.between(1, 19) * HOUR + random.between(0, HOUR),
    );
    add(LATECOMERS.afterThreeDays, REWORDING + random.between(1, 19) * HOUR);
    add(LATECOMERS.undecided, CLOSING - random.between(MINUTE, 20 * HOUR));
  }
}

const PERSONAS = {
  quiet: createQuietPersonas,
  incident: createPersonas,
  experiment: (world) => [[1, chooser(world)]],
};

function wakingHour(random, days) {
  const hour = random.pick([3, 4, 4, 5, 9, 10, 11, 11, 11, 12, 12, 13]);
  return random.between(0, days - 1) * DAY + hour * HOUR + random.between(0, HOUR - 1);
}

/** Some hide their phone number, some have no username yet, and the pizzeria can only write to numbers. */
function toCustomer(number, persona) {
  const phone = String(34_600_000_000 + number);
  const userId = `ES.${1_000_000_000 + number}`;
  const name = `Customer ${number}`;
  if (/Feedback|Person|annoyed|Variant/.test(persona)) return { phone, name };
  return [
    { phone, userId, name },
    { userId, name },
    { phone, name },
  ][number % 3];
}

module.exports = { play };
