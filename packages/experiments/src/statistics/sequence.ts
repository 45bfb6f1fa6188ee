/** How a confidence sequence is set up; all of it is fixed before the first user comes. */
export interface SequenceOptions {
  /** How often at most the sequence may ever miss the truth. @default 0.05 */
  readonly alpha?: number;
  /** At how many users of both arms together the sequence is narrowest. @default 2000 */
  readonly plannedUsers?: number;
}

/** The setting of a sequence with its defaults. */
export interface Sequence {
  readonly alpha: number;
  /** The variance of the mixture, called ρ² in the paper. */
  readonly rho2: number;
}

/**
 * Sets up a confidence sequence: valid however often one looks, narrowest at the planned number of
 * users. There the derivative of its width is 0, which makes x = tρ² solve x = log((x + 1) / α²).
 */
export function createSequence(options: SequenceOptions = {}): Sequence {
  const { alpha = 0.05, plannedUsers = 2000 } = options;
  return { alpha, rho2: narrowestAt(alpha) / plannedUsers };
}

/**
 * Gives by how many standard deviations of one observation the mean of so many may be off:
 * √(2 (tρ² + 1) / (t²ρ²) · log(√(tρ² + 1) / α)).
 */
export function sequenceMargin(count: number, { alpha, rho2 }: Sequence): number {
  if (count <= 0) return Number.POSITIVE_INFINITY;
  const spread = count * rho2 + 1;
  return Math.sqrt(((2 * spread) / (count * count * rho2)) * Math.log(Math.sqrt(spread) / alpha));
}

/**
 * Gives the p-value of a squared z statistic of so many observations that holds however often one
 * looks: the smallest α at which the sequence leaves 0 out.
 */
export function sequencePValue(zSquared: number, count: number, { rho2 }: Sequence): number {
  const spread = count * rho2 + 1;
  if (spread === 1) return 1;
  const exponent = (zSquared * (spread - 1)) / (2 * spread);
  return Math.min(1, Math.sqrt(spread) * Math.exp(-exponent));
}

/** Gives the number of standard errors the sequence is away where it is narrowest. */
export function criticalValueWhenPlanned(alpha: number): number {
  return Math.sqrt(narrowestAt(alpha) + 1);
}

/** A fixed point: its slope is below 1 / (x + 1), so that forty steps are plenty. */
function narrowestAt(alpha: number): number {
  let x = 1;
  for (let step = 0; step < 40; step += 1) x = Math.log((x + 1) / (alpha * alpha));
  return x;
}
