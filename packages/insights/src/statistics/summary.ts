/** The sum of all values. */
export function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

/** The mean of the values; there must be one. */
export function mean(values: readonly number[]): number {
  return sum(values) / values.length;
}

/** The variance of the values, with one degree of freedom less than values; there must be two. */
export function variance(values: readonly number[]): number {
  const middle = mean(values);
  return sum(values.map((value) => (value - middle) ** 2)) / (values.length - 1);
}

/** The middle of the values, between the two middle ones if there are two; there must be one. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length / 2;
  const [below = 0, above = below] = sorted.slice(Math.ceil(half) - 1, Math.floor(half) + 1);
  return (below + above) / 2;
}
