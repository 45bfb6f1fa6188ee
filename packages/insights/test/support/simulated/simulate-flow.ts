import type { JourneyOutcome } from '@turnspan/core';
import type {
  JourneyHourRow,
  LoopHourRow,
  NodeJourneyHourRow,
  RunHour,
  SignalHourRow,
  VisitHourRow,
  WaitHourRow,
} from '@turnspan/journal';
import type { Random } from '../../../src/statistics/random';
import { drawBetween, drawBinomial, drawFactor } from './draw';
import { applyPlan, drawDayHabit, drawNodeHabit, type NodeHabit } from './habits';
import { DAYS, isSamePlace, NODES, type Plan, toHourOf, toTraffic } from './plan';
import { Tally } from './rows';

const WAITS = [
  [10, 0.3],
  [60, 0.4],
  [300, 0.2],
  [1800, 0.08],
  [7200, 0.02],
] as const;
const USUAL_WAIT_SECONDS = 90;

/** A flow whose days are played one after the other; what needs no days is added up over all. */
export class SimulatedFlow {
  readonly visits: VisitHourRow[] = [];
  readonly signals: SignalHourRow[] = [];
  readonly journeys: JourneyHourRow[] = [];
  readonly nodeJourneys: Tally<NodeJourneyHourRow> = new Tally();
  readonly loops: Tally<LoopHourRow> = new Tally();
  readonly waits: Tally<WaitHourRow> = new Tally();
  readonly #flow: string;
  readonly #plan: Plan;
  readonly #random: Random;

  constructor(flow: string, plan: Plan, random: Random) {
    this.#flow = flow;
    this.#plan = plan;
    this.#random = random;
  }

  play(): this {
    const random = this.#random;
    const volume = drawBetween(random, 120, 260);
    const habits = NODES.map((node) => drawNodeHabit({ flow: this.#flow, node }, random));
    for (let day = 0; day < DAYS; day += 1) this.#playDay(day, volume, habits);
    return this;
  }

  #playDay(day: number, volume: number, habits: readonly NodeHabit[]): void {
    const { run, boost } = this.#toRun(day);
    const started = Math.round(volume * toTraffic(day) * boost * drawFactor(this.#random, 0.08));
    let here = started;
    const passages: Passage[] = [];
    for (const habit of habits) {
      const today = applyPlan(drawDayHabit(habit, day, this.#random), day, this.#plan);
      const passage = drawPassage(today, here, this.#random);
      this.#addVisits(run, passage);
      this.#addLoops(run, day, passage);
      this.#addWaits(run, passage);
      passages.push(passage);
      here = passage.replied;
    }
    for (const passage of passages) this.#addNodeJourneys(run, passage, here / passage.replied);
    this.journeys.push(toJourneys(run, 'completed', here));
    this.journeys.push(toJourneys(run, 'dropped', started - here));
  }

  #toRun(day: number): { readonly run: RunHour; readonly boost: number } {
    const changes = (this.#plan.innocents ?? []).filter(
      (each) => 'flow' in each && each.flow === this.#flow && day >= each.from,
    );
    const version = changes.some(({ kind }) => kind === 'new_version') ? 'v2' : 'v1';
    const run = { hour: toHourOf(day), flow: this.#flow, version, variant: '' };
    const boost = changes.some(({ kind }) => kind === 'campaign') ? 2 : 1;
    return { run: { ...run, channel: 'whatsapp', line: '1' }, boost };
  }

  #addVisits(run: RunHour, { habit, replied, dropped, confused, looped }: Passage): void {
    const { node } = habit.place;
    const outcome = node === NODES.at(-1) ? 'completed' : 'advanced';
    const sums = {
      wait_count: replied,
      wait_seconds_sum: replied * USUAL_WAIT_SECONDS * habit.hesitation,
      processing_seconds_sum: replied * habit.seconds,
    };
    const none = { wait_count: 0, wait_seconds_sum: 0, processing_seconds_sum: 0 };
    this.visits.push({ ...run, node, outcome, count: replied, ...sums });
    this.visits.push({ ...run, node, outcome: 'dropped', count: dropped, ...none });
    this.signals.push({ ...run, node, signal: 'no_match', count: confused.all });
    this.signals.push({ ...run, node, signal: 'loop', count: looped.all });
  }

  #addLoops(run: RunHour, day: number, { habit, looped }: Passage): void {
    const { place } = habit;
    const fault = (this.#plan.faults ?? []).find(
      (each) => each.kind === 'loop' && isSamePlace(each.place, place) && day >= each.from,
    );
    const cycle = JSON.stringify(fault?.kind === 'loop' ? [fault.back, place.node] : [place.node]);
    const toRow = (outcome: JourneyOutcome) => () => ({ ...run, cycle, outcome, count: 0 });
    this.loops.add(`${cycle} dropped`, looped.dropped, toRow('dropped'));
    this.loops.add(`${cycle} completed`, looped.all - looped.dropped, toRow('completed'));
  }

  #addWaits(run: RunHour, { habit, replied, dropped }: Passage): void {
    const { node } = habit.place;
    const times = habit.hesitation > 2 ? 6 : 1;
    for (const [bucket, part] of WAITS) {
      const seconds = bucket * times;
      this.waits.add(`${node} ${seconds}`, Math.round(replied * part), () => {
        return { ...run, node, end: 'replied', seconds, count: 0 };
      });
    }
    this.waits.add(`${node} dropped`, dropped, () => {
      return { ...run, node, end: 'dropped', seconds: 86_400, count: 0 };
    });
  }

  #addNodeJourneys(run: RunHour, { habit, replied, confused, dropped }: Passage, goOn: number) {
    const { node } = habit.place;
    const left = confused.all - confused.dropped;
    const groups = [
      { confused: 1, dropped: confused.dropped, left },
      { confused: 0, dropped: dropped - confused.dropped, left: replied - left },
    ] as const;
    for (const group of groups) {
      const completed = drawBinomial(this.#random, group.left, goOn);
      const add = (outcome: JourneyOutcome, last: 0 | 1, count: number) =>
        this.nodeJourneys.add(`${node} ${group.confused} ${outcome} ${last}`, count, () => {
          return { ...run, node, outcome, last, confused: group.confused, count: 0 };
        });
      add('dropped', 1, group.dropped);
      add('completed', 0, completed);
      add('dropped', 0, group.left - completed);
    }
  }
}

interface Part {
  readonly all: number;
  readonly dropped: number;
}

/** What became of all who came to a node on a day. */
interface Passage {
  readonly habit: NodeHabit;
  readonly replied: number;
  readonly dropped: number;
  readonly confused: Part;
  readonly looped: Part;
}

function drawPassage(habit: NodeHabit, here: number, random: Random): Passage {
  const confused = drawPart(here, { rate: habit.confused, drop: habit.drop * habit.harm }, random);
  const looped = drawPart(here - confused.all, { rate: habit.looped, drop: 0.5 }, random);
  const others = drawBinomial(random, here - confused.all - looped.all, habit.drop);
  const dropped = confused.dropped + looped.dropped + others;
  return { habit, replied: here - dropped, dropped, confused, looped };
}

function drawPart(
  here: number,
  { rate, drop }: { readonly rate: number; readonly drop: number },
  random: Random,
): Part {
  const all = drawBinomial(random, here, rate);
  return { all, dropped: drawBinomial(random, all, drop) };
}

function toJourneys(run: RunHour, outcome: JourneyOutcome, count: number): JourneyHourRow {
  return { ...run, entry: 'user', outcome, count, seconds_sum: 0, turns_sum: 0 };
}
