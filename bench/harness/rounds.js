'use strict';

/**
 * Measures several things in turns, A B C A B C …, every other round backwards, so that whatever
 * the machine does meanwhile meets all of them alike. Gives the measurements of each by its name.
 */
async function measureInTurns(subjects, rounds) {
  const measured = Object.fromEntries(Object.keys(subjects).map((name) => [name, []]));
  for (let round = 0; round < rounds; round += 1) {
    const order = Object.entries(subjects);
    if (round % 2 === 1) order.reverse();
    for (const [name, measure] of order) measured[name].push(await measure());
  }
  return measured;
}

module.exports = { measureInTurns };
