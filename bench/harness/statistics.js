'use strict';
const { median, quantile } = require('../../prove/statistics');

const RESAMPLES = 2000;
const CONFIDENCE = 0.95;

/** The median with its 95 % interval, drawn again and again from the numbers themselves. */
function estimate(numbers, random = createRandom(numbers.length)) {
  const medians = Array.from({ length: RESAMPLES }, () =>
    median(numbers.map(() => numbers[Math.floor(random() * numbers.length)])),
  );
  const outside = (1 - CONFIDENCE) / 2;
  return {
    value: median(numbers),
    low: quantile(medians, outside),
    high: quantile(medians, 1 - outside),
    count: numbers.length,
  };
}

/** What each number of the one list is of its partner in the other. */
function toRatios(numbers, partners) {
  return numbers.map((number, index) => number / partners[index]);
}

/** Numbers from 0 to 1 that are the same in every run. */
function createRandom(seed) {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

module.exports = { estimate, median, quantile, toRatios };
