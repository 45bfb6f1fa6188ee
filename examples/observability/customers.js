'use strict';
const { createPersonas } = require('@turnspan-examples/demo/personas');

/** They set clocks wrong, wait for the very millisecond, or watch what is thrown: that needs virtual time. */
const NOT_IN_REAL_TIME = new Set(['clockSetBack', 'lastMoment', 'triesAgain']);

/** Lets every persona of the demo come as often as its share says, one customer after the other. */
function invite({ crowd, bot, random, everyMs }) {
  const { askForFeedback, promote, agentSays } = bot;
  const world = { askForFeedback, promote, agentSays, isFlowEdited: () => false };
  const personas = createPersonas(world).filter(([, tale]) => !NOT_IN_REAL_TIME.has(tale.name));
  let number = 0;
  crowd.every(everyMs, () => {
    number += 1;
    const customer = { phone: String(34_600_000_000 + number), name: `Customer ${number}` };
    crowd.add(customer, pick(personas, random.next()));
  });
}

function pick(personas, lot) {
  let rest = lot * personas.reduce((sum, [share]) => sum + share, 0);
  const [, tale] = personas.find(([share]) => {
    rest -= share;
    return rest < 0;
  });
  return tale;
}

module.exports = { invite };
