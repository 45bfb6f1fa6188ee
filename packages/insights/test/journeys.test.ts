import type { TransitionHourRow, VisitHourRow } from '@turnspan/journal';
import { measureCompletion, modelCompletion } from '../src/journeys/completion';
import { rankConfusion } from '../src/journeys/confusion';
import { measureDropOff } from '../src/journeys/drop-off';
import { rankLoops } from '../src/journeys/loops';
import { rankSlowNodes } from '../src/journeys/slow-nodes';
import { findLastSteps, findUnreached, findVariants, measureRework } from '../src/paths/variants';
import { measureProportion } from '../src/statistics/proportion';
import { expectFound } from './support/expect-found';
import { DAY_MS, ended, NOON, path, RUN_HOUR, visitHour } from './support/rows';

function nodeVisits(node: string, settled: number, dropped: number): readonly VisitHourRow[] {
  return [
    visitHour({ node, count: settled - dropped }),
    visitHour({ node, count: dropped, outcome: 'dropped', wait_count: 0 }),
  ];
}

describe('drop-off', () => {
  const visits = [
    ...nodeVisits('name', 400, 20),
    ...nodeVisits('date', 380, 95),
    ...nodeVisits('time', 285, 14),
    visitHour({ node: 'bye', count: 271, wait_count: 0 }),
  ];

  it('puts first where most are lost beyond what the flow-mates lose', () => {
    const nodes = measureDropOff({ visits });

    expect(nodes.map(({ node }) => node)).toEqual(['date', 'name', 'time']);
    expect(nodes[0]?.perVisit).toEqual(measureProportion(95, 380));
    expect(nodes[0]?.mates).toEqual(measureProportion(34, 685));
    expect(nodes[0]?.q).toBeLessThan(0.001);
    expect(nodes[1]?.q).toBeGreaterThan(0.5);
  });

  it('takes off those who came back, and counts journeys apart from visits', () => {
    const signals = [{ flow: 'book', node: 'date', signal: 'return' as const, count: 15 }];
    const journeys = [
      { flow: 'book', node: 'date', outcome: 'dropped' as const, last: 1 as const, count: 90 },
      { flow: 'book', node: 'date', outcome: 'dropped' as const, last: 0 as const, count: 10 },
      { flow: 'book', node: 'date', outcome: 'completed' as const, last: 0 as const, count: 200 },
    ];

    const [date] = measureDropOff({ visits, signals, journeys });

    expect(date?.netPerVisit).toEqual(measureProportion(80, 380));
    expect(date?.perJourney).toEqual(measureProportion(90, 300));
  });

  it('compares an only node with nothing', () => {
    const [only] = measureDropOff({ visits: nodeVisits('name', 10, 5) });

    expect(only).toMatchObject({ ratio: undefined, p: 1, q: 1, excess: 0 });
    expect(only?.perJourney.rate).toBeUndefined();
  });
});

describe('confusion', () => {
  const visits = [...nodeVisits('name', 500, 5), ...nodeVisits('date', 500, 5)];
  const puzzle = (node: string, count: number) => {
    return { flow: 'book', node, signal: 'no_match' as const, count };
  };

  it('is ranked by the journeys it costs, not by how frequent it is', () => {
    const signals = [puzzle('name', 200), puzzle('date', 120)];
    const others = ['f', 'g', 'h'].flatMap((node) => nodeVisits(node, 2000, 5));
    const confused = (node: string, dropped: number, completed: number) => [
      { flow: 'book', node, outcome: 'dropped' as const, confused: 1 as const, count: dropped },
      { flow: 'book', node, outcome: 'completed' as const, confused: 1 as const, count: completed },
      { flow: 'book', node, outcome: 'completed' as const, confused: 0 as const, count: 300 },
    ];

    const nodes = rankConfusion({
      visits: [...visits, ...others],
      signals,
      journeys: [...confused('name', 4, 196), ...confused('date', 60, 60)],
    });

    expect(nodes.filter(({ confusing }) => confusing).map(({ node }) => node)).toEqual([
      'date',
      'name',
    ]);
    expect(expectFound(nodes[0]?.lost).journeys).toBe(60);
    expect(nodes[0]?.signals[0]?.signal).toBe('no_match');
  });

  it('is not found where all nodes are alike, and its cost is not made up', () => {
    const nodes = rankConfusion({ visits, signals: [puzzle('name', 20), puzzle('date', 22)] });

    expect(nodes.map(({ confusing }) => confusing)).toEqual([false, false]);
    expect(nodes.map(({ lost }) => lost.kind)).toEqual(['not_enough_data', 'not_enough_data']);
  });

  it('shows in people who think four times as long as others', () => {
    const wait = (node: string, seconds: number, count: number) => {
      return { flow: 'book', node, end: 'replied' as const, seconds, count };
    };

    const [first] = rankConfusion({
      visits,
      signals: [],
      waits: [
        wait('name', 10, 400),
        wait('name', 90, 10),
        wait('date', 10, 300),
        wait('date', 90, 110),
      ],
    });

    expect(first).toMatchObject({ node: 'date', confusing: true });
    expect(first?.signals[0]).toMatchObject({ signal: 'slow_reply', own: { count: 110 } });
  });
});

describe('loops', () => {
  it('are ranked by the journeys they cost', () => {
    const loop = (cycle: string, outcome: 'dropped' | 'completed', count: number) => {
      return { flow: 'book', cycle, outcome, count };
    };

    const loops = rankLoops({
      loops: [
        loop('["menu"]', 'completed', 50),
        loop('["date","time"]', 'dropped', 30),
        loop('["date","time"]', 'completed', 10),
      ],
      journeys: [ended('completed', 860), ended('dropped', 140)],
    });

    expect(loops.map(({ nodes, journeys }) => [nodes, journeys])).toEqual([
      [['date', 'time'], 40],
      [['menu'], 50],
    ]);
    const { affected, others, journeys } = expectFound(loops[0]?.lost);
    expect([affected, others]).toEqual([measureProportion(30, 40), measureProportion(110, 960)]);
    expect(journeys).toBeCloseTo((30 / 40 - 110 / 960) * 40, 9);
  });
});

describe('slow nodes', () => {
  it('keep people waiting longer than their flow-mates do, every day', () => {
    const visits = Array.from({ length: 10 }, (_, day) =>
      ['a', 'b', 'c'].map((node, index) => {
        const seconds = (index === 1 ? 3 : 0.5) + 0.01 * ((day * 7 + index) % 5);
        const hour = NOON + day * DAY_MS;
        return visitHour({ hour, node, count: 20, processing_seconds_sum: 20 * seconds });
      }),
    ).flat();

    const [first, second] = rankSlowNodes(visits);

    expect(first).toMatchObject({ node: 'b', matesSeconds: expect.closeTo(0.52, 2) });
    expect(first?.q).toBeLessThan(0.001);
    expect(first?.excessSeconds).toBeCloseTo(200 * 2.5, -1);
    expect(second?.q).toBeGreaterThan(0.5);
  });

  it('are not known after a day', () => {
    expect(rankSlowNodes([visitHour({ processing_seconds_sum: 9 })])).toEqual([]);
  });
});

describe('completion', () => {
  const step = (from: string, to: string, count: number): TransitionHourRow => {
    return { ...RUN_HOUR, from, to, outcome: '', count };
  };
  const end = (from: string, outcome: 'completed' | 'dropped', count: number) => {
    return { ...RUN_HOUR, from, to: '', outcome, count };
  };
  const STEPS = [
    step('', 'a', 100),
    step('a', 'b', 90),
    end('a', 'dropped', 10),
    step('b', 'c', 45),
    end('b', 'dropped', 45),
    end('c', 'dropped', 9),
    end('c', 'completed', 36),
  ];

  it('is the part of the journeys that came to the end', () => {
    const [book] = measureCompletion([ended('completed', 36), ended('dropped', 64)]);

    expect(book).toEqual({ flow: 'book', completed: measureProportion(36, 100) });
  });

  it('would be better if one node were as good as the median one', () => {
    const model = expectFound(modelCompletion(STEPS));

    // Drop-offs are 0.1, 0.5 and 0.2: with 0.2 at b it is 0.9 · 0.8 · 0.8.
    expect(model.completion).toBeCloseTo(0.36, 12);
    expect(model.visits.get('c')).toBeCloseTo(0.45, 12);
    expect(model.improvements).toEqual([
      {
        node: 'b',
        dropOff: 0.5,
        medianDropOff: 0.2,
        completion: expect.closeTo(0.576, 12),
        journeys: expect.closeTo(21.6, 9),
      },
    ]);
  });

  it('is not known of a flow nobody began', () => {
    expect(modelCompletion([]).kind).toBe('not_enough_data');
  });
});

describe('paths', () => {
  const visits = [
    ...path('1', ['a', 'b', 'c'], 'completed'),
    ...path('2', ['a', 'b', 'c'], 'completed'),
    ...path('3', ['a', 'b', 'b', 'c'], 'dropped'),
    ...path('4', ['z', 'b', 'b', 'c'], 'dropped'),
  ];

  it('are told by how many took them', () => {
    const [first, ...rest] = findVariants(visits.toReversed(), { limit: 2 });

    expect(first).toEqual({
      flow: 'book',
      nodes: ['a', 'b', 'c'],
      outcome: 'completed',
      journeys: measureProportion(2, 4),
    });
    expect(rest).toHaveLength(1);
  });

  it('end in what people saw last', () => {
    expect(findLastSteps(visits)).toEqual([
      { flow: 'book', nodes: ['b', 'b', 'c'], journeys: measureProportion(2, 2) },
    ]);
  });

  it('leave out nodes', () => {
    const declared = ['a', 'b', 'secret'].map((node) => ({ flow: 'book', node }));

    expect(findUnreached(declared, visits)).toEqual([{ flow: 'book', node: 'secret' }]);
  });

  it('pass nodes again', () => {
    const [first, second] = measureRework(visits);

    expect(first).toEqual({ flow: 'book', node: 'b', again: measureProportion(2, 6) });
    expect(second?.again.count).toBe(0);
  });
});
