'use strict';

/** The middle of some numbers. */
function median(numbers) {
  return quantile(numbers, 0.5);
}

/** The number that so large a share of the numbers lies below. */
function quantile(numbers, share) {
  const sorted = [...numbers].sort((a, b) => a - b);
  const place = share * (sorted.length - 1);
  const [low, high] = [sorted[Math.floor(place)], sorted[Math.ceil(place)]];
  return low + (high - low) * (place % 1);
}

module.exports = { median, quantile };
