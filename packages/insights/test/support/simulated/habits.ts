import type { Place } from '../../../src/places';
import type { Random } from '../../../src/statistics/random';
import { drawBetween, drawFactor } from './draw';
import { type Fault, type Innocent, isSamePlace, type Plan, toTraffic } from './plan';

/** What people do at a node. */
export interface NodeHabit {
  readonly place: Place;
  /** How likely they are dropped. */
  readonly drop: number;
  readonly confused: number;
  /** How many times as likely those are dropped who are confused. */
  readonly harm: number;
  readonly looped: number;
  /** How long the bot takes. */
  readonly seconds: number;
  /** How many times as long as usual people take. */
  readonly hesitation: number;
}

/** Nodes differ, but by less than the tolerance of the comparisons with flow-mates. */
export function drawNodeHabit(place: Place, random: Random): NodeHabit {
  return {
    place,
    drop: drawBetween(random, 0.03, 0.045),
    confused: drawBetween(random, 0.04, 0.055),
    harm: 1.5,
    looped: drawBetween(random, 0.003, 0.006),
    seconds: drawBetween(random, 0.3, 0.5),
    hesitation: drawBetween(random, 0.9, 1.1),
  };
}

/** A day is not like the other: at weekends more are dropped, and everything scatters. */
export function drawDayHabit(habit: NodeHabit, day: number, random: Random): NodeHabit {
  const weekend = toTraffic(day) < 1 ? 1.15 : 1;
  return {
    ...habit,
    drop: habit.drop * weekend * drawFactor(random, 0.06),
    confused: habit.confused * drawFactor(random, 0.06),
    seconds: habit.seconds * drawFactor(random, 0.15),
    hesitation: habit.hesitation * drawFactor(random, 0.1),
  };
}

/** What the plan makes of a habit on a day. */
export function applyPlan(
  habit: NodeHabit,
  day: number,
  { faults = [], innocents = [] }: Plan,
): NodeHabit {
  let planned = habit;
  for (const fault of faults) if (day >= fault.from) planned = applyFault(planned, fault);
  for (const change of innocents) if (day >= change.from) planned = applyInnocent(planned, change);
  return planned;
}

function applyFault(habit: NodeHabit, fault: Fault): NodeHabit {
  if (fault.kind === 'bad_template' || !isSamePlace(fault.place, habit.place)) return habit;
  switch (fault.kind) {
    case 'confusing':
      return { ...habit, confused: 0.25, harm: 8 };
    case 'loop':
      return { ...habit, looped: 0.1 };
    case 'slow':
      return { ...habit, seconds: habit.seconds * 6 };
    case 'overlong':
      return { ...habit, drop: 0.13, hesitation: habit.hesitation * 4 };
  }
}

function applyInnocent(habit: NodeHabit, change: Innocent): NodeHabit {
  if (change.kind === 'holiday') return { ...habit, hesitation: habit.hesitation * 1.3 };
  if (change.kind !== 'improvement' || !isSamePlace(change.place, habit.place)) return habit;
  return { ...habit, drop: habit.drop * 0.5 };
}
