const LANCZOS = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313,
  -176.61502916214059, 12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6,
  1.5056327351493116e-7,
];
const TINY = 1e-300;
const PRECISION = 1e-15;
const MAX_STEPS = 10_000;

/** The logarithm of the gamma function, for positive numbers (Lanczos 1964, g = 7). */
export function logGamma(x: number): number {
  if (x < 0.5) return Math.log(Math.PI / Math.sin(Math.PI * x)) - logGamma(1 - x);
  const base = x + 6.5;
  const sum = LANCZOS.reduce(
    (total, term, index) => total + (index ? term / (x - 1 + index) : term),
    0,
  );
  return 0.5 * Math.log(2 * Math.PI) + (x - 0.5) * Math.log(base) - base + Math.log(sum);
}

/** The part of the gamma integral above x, 0 to 1: series below a + 1, continued fraction above. */
export function upperGamma(a: number, x: number): number {
  if (x <= 0) return 1;
  const scale = Math.exp(a * Math.log(x) - x - logGamma(a));
  return x < a + 1 ? 1 - scale * sumGammaSeries(a, x) : scale * expandGammaFraction(a, x);
}

/** The part of the beta integral below x, 0 to 1, by its continued fraction. */
export function lowerBeta(x: number, a: number, b: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  if (x > (a + 1) / (a + b + 2)) return 1 - lowerBeta(1 - x, b, a);
  const logScale =
    logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x);
  return (Math.exp(logScale) / a) * expandBetaFraction(x, a, b);
}

function sumGammaSeries(a: number, x: number): number {
  let term = 1 / a;
  let sum = term;
  for (let step = 1; step < MAX_STEPS && term > sum * PRECISION; step += 1) {
    term *= x / (a + step);
    sum += term;
  }
  return sum;
}

function expandGammaFraction(a: number, x: number): number {
  return evaluateFraction(x + 1 - a, (step) => ({
    numerator: -step * (step - a),
    denominator: x + 2 * step + 1 - a,
  }));
}

function expandBetaFraction(x: number, a: number, b: number): number {
  return evaluateFraction(1, (step) => {
    const half = Math.floor(step / 2);
    const at = a + 2 * half;
    const numerator =
      step % 2 === 0
        ? (half * (b - half) * x) / ((at - 1) * at)
        : (-(a + half) * (a + b + half) * x) / (at * (at + 1));
    return { numerator, denominator: 1 };
  });
}

interface Term {
  readonly numerator: number;
  readonly denominator: number;
}

/** One over a continued fraction, by Lentz's method. */
function evaluateFraction(first: number, toTerm: (step: number) => Term): number {
  let c = 1 / TINY;
  let d = 1 / first;
  let value = d;
  for (let step = 1; step < MAX_STEPS; step += 1) {
    const { numerator, denominator } = toTerm(step);
    d = 1 / awayFromZero(numerator * d + denominator);
    c = awayFromZero(denominator + numerator / c);
    value *= d * c;
    if (Math.abs(d * c - 1) < PRECISION) break;
  }
  return value;
}

function awayFromZero(value: number): number {
  return Math.abs(value) < TINY ? TINY : value;
}
