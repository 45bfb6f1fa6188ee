import { investigate } from '../src/investigate';
import { rankConfusion } from '../src/journeys/confusion';
import { measureDropOff } from '../src/journeys/drop-off';
import { rankLoops } from '../src/journeys/loops';
import { rankSlowNodes } from '../src/journeys/slow-nodes';
import type { Subject } from '../src/movements/series';
import { findUnexpectedDropOff } from '../src/movements/unexpected-drop-off';
import type { Place } from '../src/places';
import { measureRisk } from '../src/quality/risk-index';
import { expectFound } from './support/expect-found';
import {
  DAYS,
  END,
  type Fault,
  FLOWS,
  type Innocent,
  NODES,
  TEMPLATES,
} from './support/simulated/plan';
import type { SimulatedRows } from './support/simulated/rows';
import { simulateMonth } from './support/simulated/simulate-month';

/** So many months of each kind, on whatever machine; `RUNS=100` takes more. */
const MONTHS = Number(process.env.RUNS ?? 30);
jest.setTimeout(MONTHS * 1_000 + 20_000);

const SEEDS = Array.from({ length: MONTHS }, (_, seed) => seed);
const HEALTHY_FROM = 1000;
/** 5 of 100 are stated; this is two and a half standard errors above. */
const MOST_ALARMS = Math.floor(MONTHS * 0.05 + 2.5 * Math.sqrt(MONTHS * 0.05 * 0.95));
const FOUND_AT_LEAST = Math.floor(MONTHS * 0.95);

function choose<T>(values: readonly T[], seed: number): T {
  return values[seed % values.length] as T;
}

/** Another place for every seed. */
function choosePlace(seed: number): Place {
  return { flow: choose(FLOWS, seed), node: choose(NODES, Math.floor(seed / FLOWS.length)) };
}

function toNode({ flow, node }: Place): Subject {
  return { kind: 'node', flow, node };
}

/** Whom each analysis puts first, if it says that it is more than chance. */
const ANALYSES: Readonly<Record<string, (rows: SimulatedRows) => Subject | undefined>> = {
  rankConfusion: ({ nodeJourneys, ...rows }) => {
    const first = rankConfusion({ ...rows, journeys: nodeJourneys })[0];
    return first?.confusing ? toNode(first) : undefined;
  },
  rankSlowNodes: ({ visits }) => {
    const first = rankSlowNodes(visits)[0];
    return first && first.q <= 0.05 ? toNode(first) : undefined;
  },
  measureDropOff: ({ visits }) => {
    const first = measureDropOff({ visits })[0];
    return first && first.q <= 0.05 ? toNode(first) : undefined;
  },
  findUnexpectedDropOff: ({ visits }) => {
    const first = findUnexpectedDropOff(visits, { at: END - 1, days: 3 })[0];
    return first?.unexpected ? toNode(first) : undefined;
  },
  investigate: (rows) => expectFound(investigate(rows, END)).suspects[0]?.subject,
  measureRisk: (rows) => {
    const { level, subjects } = expectFound(measureRisk(rows, { at: END }));
    return level === 'calm' ? undefined : subjects[0]?.subject;
  },
};

function analyze(name: string, rows: SimulatedRows): Subject | undefined {
  const run = ANALYSES[name];
  if (!run) throw new Error(`There is no analysis "${name}".`);
  return run(rows);
}

interface Scenario {
  readonly analysis: string;
  readonly toFault: (seed: number) => Fault;
  readonly toInnocents?: (seed: number) => readonly Innocent[];
}

function plant(kind: 'confusing' | 'slow' | 'overlong', from: number): Scenario['toFault'] {
  return (seed) => ({ kind, place: choosePlace(seed), from });
}

/** Changes that all happen at about the same time and do no harm, in other flows than the fault. */
function toInnocents(seed: number): readonly Innocent[] {
  const other = choose(FLOWS, seed + 1);
  return [
    { kind: 'campaign', flow: other, from: DAYS - 7 },
    { kind: 'new_version', flow: choose(FLOWS, seed + 2), from: DAYS - 5 },
    { kind: 'improvement', place: { flow: other, node: choose(NODES, seed) }, from: DAYS - 4 },
    { kind: 'holiday', from: DAYS - 3 },
  ];
}

const RECENT = DAYS - 6;
const SCENARIOS: Readonly<Record<string, Scenario>> = {
  'a confusing message': { analysis: 'rankConfusion', toFault: plant('confusing', 0) },
  'a slow node': { analysis: 'rankSlowNodes', toFault: plant('slow', 0) },
  'an overlong question': { analysis: 'measureDropOff', toFault: plant('overlong', 0) },
  'a question that became too long': {
    analysis: 'findUnexpectedDropOff',
    toFault: plant('overlong', DAYS - 3),
  },
  'a confusing message before the rating fell': {
    analysis: 'investigate',
    toFault: plant('confusing', RECENT),
    toInnocents,
  },
  'an overlong question before the rating fell': {
    analysis: 'investigate',
    toFault: plant('overlong', RECENT),
    toInnocents,
  },
  'a slow node before the rating fell': {
    analysis: 'investigate',
    toFault: plant('slow', RECENT),
    toInnocents,
  },
  'a loop before the rating fell': {
    analysis: 'investigate',
    toFault: (seed) => ({ kind: 'loop', place: choosePlace(seed), back: 'a', from: RECENT }),
    toInnocents,
  },
  'a bad template before the rating fell': {
    analysis: 'investigate',
    toFault: (seed) => ({
      kind: 'bad_template',
      template: choose(TEMPLATES, seed),
      from: RECENT,
    }),
    toInnocents,
  },
};

describe('of what is planted in a simulated month', () => {
  it.each(Object.entries(SCENARIOS))('%s is put first', (_name, scenario) => {
    const right = SEEDS.filter((seed) => {
      const fault = scenario.toFault(seed);
      const innocents = scenario.toInnocents?.(seed) ?? [];
      const first = analyze(scenario.analysis, simulateMonth({ seed, faults: [fault], innocents }));
      const guilty: Subject =
        fault.kind === 'bad_template'
          ? { kind: 'template', template: fault.template }
          : toNode(fault.place);
      return JSON.stringify(first) === JSON.stringify(guilty);
    });

    expect(right.length).toBeGreaterThanOrEqual(FOUND_AT_LEAST);
  });

  it('a loop is put first, with its exact circle', () => {
    const right = SEEDS.filter((seed) => {
      const place = choosePlace(seed);
      const back = choose(NODES, NODES.indexOf(place.node) + 3);
      const faults: readonly Fault[] = [{ kind: 'loop', place, back, from: 0 }];
      const [first] = rankLoops(simulateMonth({ seed, faults }));
      return first?.flow === place.flow && first.nodes.join() === [back, place.node].join();
    });

    expect(right.length).toBeGreaterThanOrEqual(FOUND_AT_LEAST);
  });

  it('a bad template moves the risk index while the rating is still green', () => {
    const seen = SEEDS.filter((seed) => {
      const template = choose(TEMPLATES, seed);
      const faults: readonly Fault[] = [{ kind: 'bad_template', template, from: RECENT }];
      return analyze('measureRisk', simulateMonth({ seed, faults })) !== undefined;
    });

    expect(seen.length).toBeGreaterThanOrEqual(FOUND_AT_LEAST);
  });
});

describe('in a simulated month without a fault', () => {
  const alarms = new Map<string, number>();

  beforeAll(() => {
    for (const seed of SEEDS) {
      const rows = simulateMonth({ seed: HEALTHY_FROM + seed });
      for (const name of Object.keys(ANALYSES)) {
        const alarm = analyze(name, rows) === undefined ? 0 : 1;
        alarms.set(name, (alarms.get(name) ?? 0) + alarm);
      }
    }
  });

  it.each(Object.keys(ANALYSES))('%s raises no more false alarms than stated', (name) => {
    expect(alarms.get(name)).toBeLessThanOrEqual(MOST_ALARMS);
  });
});
