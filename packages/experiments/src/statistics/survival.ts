import { chiSquareTail } from '../numbers/distributions';
import { createSequence, type SequenceOptions, sequencePValue } from './sequence';

/** How long somebody was watched, and whether they replied at the end of it. */
export interface Wait {
  readonly ms: number;
  readonly replied: boolean;
}

/** A step of a survival curve: from this time on so large a share has not replied yet. */
export interface SurvivalStep {
  readonly ms: number;
  readonly silent: number;
}

/** Two groups of waits compared. */
export interface WaitComparison {
  /** Replies of the variant beyond those expected if both were alike. */
  readonly excess: number;
  readonly variance: number;
  /** The log-rank statistic, a chi-square with one degree of freedom. */
  readonly statistic: number;
  /** Holds for one look, at a time fixed before. */
  readonly fixedPValue: number;
  /** Holds however often one looks. */
  readonly pValue: number;
}

/** Draws the survival curve of Kaplan and Meier: who has not replied yet, after how long. */
export function estimateSurvival(waits: readonly Wait[]): readonly SurvivalStep[] {
  let silent = 1;
  return toRisks(waits, []).map(({ ms, controlAtRisk, controlReplies }) => {
    silent *= 1 - controlReplies / controlAtRisk;
    return { ms, silent };
  });
}

/** Gives the time after which at most half has not replied; undefined if so many never did. */
export function medianWait(curve: readonly SurvivalStep[]): number | undefined {
  return curve.find(({ silent }) => silent <= 0.5)?.ms;
}

/**
 * Compares times to reply by the log-rank test. The score moves like a Brownian motion whose time
 * is its variance, so that the sequence of means gives a p-value for any number of looks; it is
 * sharpest where all planned users have replied.
 */
export function compareWaits(
  control: readonly Wait[],
  variant: readonly Wait[],
  options: SequenceOptions = {},
): WaitComparison {
  let excess = 0;
  let variance = 0;
  for (const risk of toRisks(control, variant)) {
    const atRisk = risk.controlAtRisk + risk.variantAtRisk;
    const replies = risk.controlReplies + risk.variantReplies;
    const share = risk.variantAtRisk / atRisk;
    excess += risk.variantReplies - replies * share;
    if (atRisk > 1) variance += (replies * share * (1 - share) * (atRisk - replies)) / (atRisk - 1);
  }
  const statistic = variance === 0 ? 0 : excess ** 2 / variance;
  const { plannedUsers = 2000 } = options;
  const sequence = createSequence({ ...options, plannedUsers: plannedUsers / 4 });
  return {
    excess,
    variance,
    statistic,
    fixedPValue: chiSquareTail(statistic, 1),
    pValue: sequencePValue(statistic, variance, sequence),
  };
}

interface Risk {
  readonly ms: number;
  controlAtRisk: number;
  variantAtRisk: number;
  controlReplies: number;
  variantReplies: number;
}

/** Whoever was last seen silent at the time of a reply was still at risk then. */
function toRisks(control: readonly Wait[], variant: readonly Wait[]): readonly Risk[] {
  const waits = [
    ...control.map((wait) => ({ ...wait, isVariant: false })),
    ...variant.map((wait) => ({ ...wait, isVariant: true })),
  ].sort((one, other) => other.ms - one.ms);
  const risks: Risk[] = [];
  let [controlAtRisk, variantAtRisk] = [0, 0];
  for (const { ms, replied, isVariant } of waits) {
    if (isVariant) variantAtRisk += 1;
    else controlAtRisk += 1;
    let risk = risks.at(-1);
    if (risk?.ms !== ms) {
      risk = { ms, controlAtRisk: 0, variantAtRisk: 0, controlReplies: 0, variantReplies: 0 };
      risks.push(risk);
    }
    Object.assign(risk, { controlAtRisk, variantAtRisk });
    if (replied && isVariant) risk.variantReplies += 1;
    if (replied && !isVariant) risk.controlReplies += 1;
  }
  return risks.filter((risk) => risk.controlReplies + risk.variantReplies > 0).reverse();
}
