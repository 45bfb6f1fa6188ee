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

/** A size with only so large a share of its rounds and of what comes before them, three at the least. */
function shrink(size, share) {
  const shrunken = ['rounds', 'warmUp', 'generations'].filter((name) => name in size);
  const least = { rounds: 3, warmUp: 20, generations: 1 };
  const toSmaller = (name) => [name, Math.max(least[name], Math.round(size[name] * share))];
  return share >= 1 ? size : { ...size, ...Object.fromEntries(shrunken.map(toSmaller)) };
}

module.exports = { measureInTurns, shrink };
