/** Below this the argument is raised first, so that the series below has sixteen digits. */
const SERIES_FROM = 12;

/** Coefficients of Stirling's series, B(2k) / (2k (2k - 1)). */
const STIRLING = [1 / 12, -1 / 360, 1 / 1260, -1 / 1680, 1 / 1188, -691 / 360360];

const MAX_STEPS = 100_000;
const PRECISION = 1e-16;
const TINY = 1e-300;

/** Gives the logarithm of the gamma function of a number above 0. */
export function logGamma(x: number): number {
  let shift = 0;
  let raised = x;
  while (raised < SERIES_FROM) {
    shift += Math.log(raised);
    raised += 1;
  }
  let series = 0;
  let power = 1 / raised;
  for (const coefficient of STIRLING) {
    series += coefficient * power;
    power /= raised * raised;
  }
  return (raised - 0.5) * Math.log(raised) - raised + 0.5 * Math.log(2 * Math.PI) + series - shift;
}

/** Gives the share of a gamma distribution of this shape and scale 1 that lies above x. */
export function gammaTail(shape: number, x: number): number {
  if (x <= 0) return 1;
  const factor = Math.exp(shape * Math.log(x) - x - logGamma(shape));
  return x < shape + 1 ? 1 - factor * sumBelow(shape, x) : factor * continueFraction(shape, x);
}

function sumBelow(shape: number, x: number): number {
  let term = 1 / shape;
  let sum = term;
  for (let step = 1; step < MAX_STEPS && term > sum * PRECISION; step += 1) {
    term *= x / (shape + step);
    sum += term;
  }
  return sum;
}

/** Lentz's way to a continued fraction, which never divides by nothing. */
function continueFraction(shape: number, x: number): number {
  let denominator = x + 1 - shape;
  let upper = 1 / TINY;
  let lower = 1 / denominator;
  let value = lower;
  for (let step = 1; step < MAX_STEPS; step += 1) {
    const numerator = -step * (step - shape);
    denominator += 2;
    lower = 1 / awayFromZero(numerator * lower + denominator);
    upper = awayFromZero(denominator + numerator / upper);
    value *= lower * upper;
    if (Math.abs(lower * upper - 1) < PRECISION * 10) break;
  }
  return value;
}

function awayFromZero(x: number): number {
  return Math.abs(x) < TINY ? TINY : x;
}
