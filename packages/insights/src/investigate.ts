import type { Timestamp } from '@turnspan/core';
import { type Answer, found, notEnough } from './answer';
import {
  cutEvidence,
  findMovements,
  type MovementOptions,
  type SeriesMovement,
} from './movements/find-movements';
import { type EvidenceRows, type Measure, type Subject, toSeries } from './movements/series';
import { groupBy } from './places';

/** How suspects are ranked. */
export interface InvestigateOptions extends Omit<MovementOptions, 'at'> {
  /** Which part of the evidence may be chance. @default 0.05 */
  readonly falseDiscoveryRate?: number;
  /**
   * How much one person more counts by what happened to them. A judgement, not an estimate.
   * @default {@link SEVERITY}
   */
  readonly severity?: Readonly<Partial<Record<Measure, number>>>;
}

/** Somebody who blocks a business tells it nothing; an opt-out is the closest thing to it that is seen. */
export const SEVERITY: Readonly<Record<Measure, number>> = {
  negative_feedback: 10,
  opt_out: 10,
  drop_off: 1,
  loop: 1,
  confusion: 1,
  bot_failure: 1,
  failed_message: 0.5,
  unread: 0.1,
  slow_answer: 0.1,
  slow_reply: 0.1,
  volume: 0,
};

/** What moved for the worse at a suspect. */
export interface Evidence extends SeriesMovement {
  /** How many people more it happened to, at least. */
  readonly peopleAtLeast: number;
}

/** A node or a template that may be why the rating fell. */
export interface Suspect {
  readonly subject: Subject;
  /** People at least, each as severe as what happened to them, over all that moved. */
  readonly score: number;
  /** What speaks against it beyond chance, the gravest first. */
  readonly evidence: readonly Evidence[];
  /** That its volume moved beyond chance is no guilt, but it may explain. */
  readonly volume: SeriesMovement | undefined;
}

/** Who may be to blame for what happened at a moment. */
export interface Investigation {
  readonly at: Timestamp;
  /** The gravest first; empty if nothing moved beyond chance. */
  readonly suspects: readonly Suspect[];
  /** Everything that was looked at, the clearest first, whether it counts or not. */
  readonly movements: readonly SeriesMovement[];
}

/**
 * What got worse before a moment, such as a fall of the rating: nodes and templates ranked by how many
 * people more were affected, with the evidence. That it came before does not prove that it was the cause.
 */
export function investigate(
  rows: EvidenceRows,
  at: Timestamp,
  { falseDiscoveryRate = 0.05, severity = {}, ...options }: InvestigateOptions = {},
): Answer<Investigation> {
  const window = { ...options, at };
  const movements = findMovements(toSeries(cutEvidence(rows, window)), window);
  if (movements.length === 0) {
    return notEnough('Nothing is known for two weeks before the window.', { had: 0, needed: 1 });
  }
  const counted = movements.filter(({ q, ratio }) => q <= falseDiscoveryRate && ratio > 1);
  const subjects = groupBy(counted, ({ subject }) => JSON.stringify(subject));
  const suspects = [...subjects.values()]
    .map((moved) => toSuspect(moved, { ...SEVERITY, ...severity }))
    .filter(({ evidence }) => evidence.length > 0)
    .sort((a, b) => b.score - a.score);
  return found({ at, suspects, movements });
}

function toSuspect(
  moved: readonly SeriesMovement[],
  severity: Readonly<Record<Measure, number>>,
): Suspect {
  const weigh = ({ measure, peopleAtLeast }: Evidence) => severity[measure] * peopleAtLeast;
  const evidence = moved
    .filter(({ measure }) => measure !== 'volume')
    .map((each) => ({ ...each, peopleAtLeast: countPeople(each) }))
    .sort((a, b) => weigh(b) - weigh(a));
  const measures = groupBy(evidence, ({ measure }) => measure);
  const score = [...measures.values()].reduce(
    (sum, windows) => sum + Math.max(...windows.map(weigh)),
    0,
  );
  return {
    subject: (moved[0] as SeriesMovement).subject,
    score,
    evidence,
    volume: moved.find(({ measure }) => measure === 'volume'),
  };
}

/** Where no people are counted but a duration, it is those of the window times the part it grew by. */
function countPeople({ measure, atLeast, total, windowDays }: SeriesMovement): number {
  const isDuration = measure === 'slow_answer' || measure === 'slow_reply';
  return Math.max(0, isDuration ? Math.min(1, atLeast / windowDays) * total : atLeast);
}
