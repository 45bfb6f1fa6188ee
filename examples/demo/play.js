'use strict';
const { addUp } = require('@turnspan/testing');
const { closeDecline, planDecline } = require('./decline');
const { createPersonas, DAY, HOUR, LATECOMERS, MINUTE } = require('./personas');

/** Days in which customers come; those who are silent then have time to be dropped. */
const DAYS = 3;
const END_AFTER = 7 * DAY;

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
  const { clock, ledger, simulation, start } = world;
  const end = start + END_AFTER;
  ledger.know(...COUNTERS);
  invite(world, customers);
  planDecline(world);
  simulation.every(10 * MINUTE, world.sweep);
  for (const hours of [20, 40, 52]) simulation.at(start + hours * HOUR, world.restartB);
  simulation.at(start + 56 * HOUR, world.editFlow);
  simulation.at(end, () => {});
  await simulation.play((time) => onProgress(time - start, END_AFTER));
  await world.sweep();
  simulation.close();
  closeDecline(world);
  const samples = addUp(await world.expositions());
  return { samples, checks: ledger.check(samples), days: (clock.time - start) / DAY };
}

/** Lets every persona come as often as its share says, at hours when people are awake. */
function invite(world, customers) {
  const { random, simulation, start } = world;
  const personas = createPersonas(world);
  const shares = personas.reduce((sum, [share]) => sum + share, 0);
  let number = 0;
  const add = (tale, at) => {
    number += 1;
    simulation.add(toCustomer(number, tale.name), tale, at);
  };
  for (const [share, tale] of personas) {
    const times = Math.max(1, Math.round((share / shares) * customers));
    for (let time = 0; time < times; time += 1) add(tale, start + wakingHour(random));
  }
  for (let time = 0; time < 10; time += 1) {
    add(LATECOMERS.acrossRestart, start + random.between(1, 19) * HOUR + random.between(0, HOUR));
    add(LATECOMERS.afterThreeDays, start + random.between(1, 19) * HOUR);
    add(LATECOMERS.undecided, start + END_AFTER - random.between(MINUTE, 20 * HOUR));
  }
}

function wakingHour(random) {
  const hour = random.pick([3, 4, 4, 5, 9, 10, 11, 11, 11, 12, 12, 13]);
  return random.between(0, DAYS - 1) * DAY + hour * HOUR + random.between(0, HOUR - 1);
}

/** Some hide their phone number, some have no username yet, and the pizzeria can only write to numbers. */
function toCustomer(number, persona) {
  const phone = String(34_600_000_000 + number);
  const userId = `ES.${1_000_000_000 + number}`;
  const name = `Customer ${number}`;
  if (/Feedback|Person|annoyed/.test(persona)) return { phone, name };
  return [
    { phone, userId, name },
    { userId, name },
    { phone, name },
  ][number % 3];
}

module.exports = { play };
