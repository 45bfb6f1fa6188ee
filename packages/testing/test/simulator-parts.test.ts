import fc from 'fast-check';
import { addUp, Ledger, parseExposition, Random, seriesKey, VirtualClock } from '../src';
import { Timetable } from '../src/simulator/timetable';

const MONDAY = Date.UTC(2026, 0, 5, 9);

describe('VirtualClock', () => {
  it('stands still until it is moved', () => {
    const clock = new VirtualClock(MONDAY);

    clock.advance(250);
    clock.advance(750);

    expect([clock.now(), clock.tick(), clock.time]).toEqual(Array(3).fill(MONDAY + 1000));
  });

  it('goes to a time, and never back', () => {
    const clock = new VirtualClock(MONDAY);

    clock.goTo(MONDAY + 5000);
    clock.goTo(MONDAY + 1000);

    expect(clock.time).toBe(MONDAY + 5000);
  });

  it('shows a wrong time while it is skewed, but durations stay right', () => {
    const clock = new VirtualClock(MONDAY);

    const right = clock.skew(-60_000);
    clock.advance(1000);
    const during = [clock.now(), clock.tick(), clock.time];
    right();

    expect(during).toEqual([MONDAY - 59_000, MONDAY + 1000, MONDAY + 1000]);
    expect(clock.now()).toBe(MONDAY + 1000);
  });
});

describe('Random', () => {
  it('gives the same numbers for the same seed, and others for another', () => {
    const draw = (seed: number) => {
      const random = new Random(seed);
      return Array.from({ length: 100 }, () => random.next());
    };

    expect(draw(7)).toEqual(draw(7));
    expect(draw(7)).not.toEqual(draw(8));
    // Known numbers: the demo of one machine is the demo of every other.
    expect(draw(7).slice(0, 2)).toMatchInlineSnapshot(`
      [
        0.011704753153026104,
        0.06195825757458806,
      ]
    `);
  });

  it('keeps to its bounds and reaches all between them', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: -5, max: 5 }), (seed, low) => {
        const random = new Random(seed);
        const drawn = Array.from({ length: 200 }, () => random.between(low, low + 3));
        const picked = Array.from({ length: 200 }, () => random.pick(['a', 'b', 'c']));

        expect([...new Set(drawn)].sort((a, b) => a - b)).toEqual([low, low + 1, low + 2, low + 3]);
        expect([...new Set(picked)].sort()).toEqual(['a', 'b', 'c']);
      }),
    );
  });

  it('gives numbers from 0 up to, but not including, 1', () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const number = new Random(seed).next();

        expect(number).toBeGreaterThanOrEqual(0);
        expect(number).toBeLessThan(1);
      }),
    );
  });
});

describe('Timetable', () => {
  it('hands out what was added in order of time, and of adding where times are equal', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 9 })), (times) => {
        const timetable = new Timetable();
        const taken: (readonly [time: number, serial: number])[] = [];
        const added = times.map((time, serial) => [time, serial] as const);
        for (const [time, serial] of added) {
          timetable.add(time, async () => void taken.push([time, serial]));
        }

        for (let next = timetable.take(); next; next = timetable.take()) void next.run();

        const sorted = [...added].sort(([a, first], [b, second]) => a - b || first - second);
        expect(taken).toEqual(sorted);
      }),
    );
  });

  it('takes more while it is being worked off', () => {
    const timetable = new Timetable();
    const run = async () => {};
    timetable.add(10, run);
    timetable.add(30, run);

    const times = [timetable.take()?.at];
    timetable.add(20, run);
    times.push(timetable.take()?.at, timetable.take()?.at, timetable.take()?.at);

    expect(times).toEqual([10, 20, 30, undefined]);
  });
});

const EXPOSITION = `# HELP orders_total Orders {with="braces"} 1
# TYPE orders_total counter
orders_total{flow="a\\\\b",note="say \\"hi\\"\\nthere, {you}"} 3

plain 1.5e3
up{} 1
ratio{le="+Inf"} +Inf
low -Inf
nothing NaN
`;

describe('parseExposition', () => {
  it('reads names, labels and values as Prometheus does', () => {
    expect(parseExposition(EXPOSITION)).toEqual([
      {
        name: 'orders_total',
        labels: { flow: 'a\\b', note: 'say "hi"\nthere, {you}' },
        value: 3,
      },
      { name: 'plain', labels: {}, value: 1500 },
      { name: 'up', labels: {}, value: 1 },
      {
        name: 'ratio',
        labels: { le: '+Inf' },
        value: Number.POSITIVE_INFINITY,
      },
      { name: 'low', labels: {}, value: Number.NEGATIVE_INFINITY },
      { name: 'nothing', labels: {}, value: Number.NaN },
    ]);
  });

  it('reads back every label value that was written', () => {
    const written = (value: string) =>
      value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string(), (one, two) => {
        const text = `x{one="${written(one)}",two="${written(two)}"} 1\n`;

        expect(parseExposition(text)).toEqual([{ name: 'x', labels: { one, two }, value: 1 }]);
      }),
    );
  });
});

describe('addUp', () => {
  it('adds up the same series of several processes, whatever the order of their labels', () => {
    const samples = addUp(['x{a="1",b="2"} 1\ny 5\n', 'x{b="2",a="1"} 2\nx{a="1"} 4\n']);

    expect(samples).toEqual([
      { name: 'x', labels: { a: '1', b: '2' }, value: 3 },
      { name: 'y', labels: {}, value: 5 },
      { name: 'x', labels: { a: '1' }, value: 4 },
    ]);
  });
});

describe('seriesKey', () => {
  it('takes an empty label for none', () => {
    expect(seriesKey('x', { b: '2', a: '1', variant: '' })).toBe('x{a="1",b="2"}');
  });
});

/** The series that are not as the ledger says. */
function wrongIn(ledger: Ledger, exposition: string) {
  return ledger
    .check(parseExposition(exposition))
    .filter(({ right }) => !right)
    .map(({ series, expected, actual }) => [series, expected, actual]);
}

describe('Ledger', () => {
  it('finds what is right to be right, zeros included', () => {
    const ledger = new Ledger();
    ledger.count('orders_total', { flow: 'a' });
    ledger.count('orders_total', { flow: 'a' }, 2);
    ledger.set('waiting', {}, 4);
    ledger.set('waiting', {}, 1);

    const checks = ledger.check(
      parseExposition('orders_total{flow="a"} 3\norders_total{flow="b"} 0\nwaiting 1\nother 9\n'),
    );

    expect(checks).toEqual([
      { series: 'orders_total{flow="a"}', expected: 3, actual: 3, right: true },
      { series: 'orders_total{flow="b"}', expected: 0, actual: 0, right: true },
      { series: 'waiting{}', expected: 1, actual: 1, right: true },
    ]);
  });

  it.each([
    ['wrong', 'orders_total{flow="a"} 2\n', [['orders_total{flow="a"}', 1, 2]]],
    ['missing', '', [['orders_total{flow="a"}', 1, undefined]]],
    [
      'one too many',
      'orders_total{flow="a"} 1\norders_total{flow="b"} 1\n',
      [['orders_total{flow="b"}', 0, 1]],
    ],
    [
      'under another label',
      'orders_total{flow="b"} 1\n',
      [
        ['orders_total{flow="a"}', 1, undefined],
        ['orders_total{flow="b"}', 0, 1],
      ],
    ],
  ])('finds a series that is %s', (_, exposition, wrong) => {
    const ledger = new Ledger();
    ledger.count('orders_total', { flow: 'a' });

    expect(wrongIn(ledger, exposition)).toEqual(wrong);
  });

  it('finds what it knows of and what never happened', () => {
    const ledger = new Ledger();
    ledger.know('errors_total');

    expect(wrongIn(ledger, 'errors_total 0\n')).toEqual([]);
    expect(wrongIn(ledger, 'errors_total 1\n')).toEqual([['errors_total{}', 0, 1]]);
  });

  it('takes a series that is not exposed for 0', () => {
    const ledger = new Ledger();
    ledger.count('orders_total', {}, 0);

    expect(wrongIn(ledger, '')).toEqual([]);
  });

  const HISTOGRAM = [
    'wait_bucket{le="1"} 1',
    'wait_bucket{le="5"} 3',
    'wait_bucket{le="+Inf"} 4',
    'wait_sum 18',
    'wait_count 4',
  ];

  it.each([
    ['a right histogram', HISTOGRAM, []],
    [
      'a wrong bucket',
      ['wait_bucket{le="1"} 2', ...HISTOGRAM.slice(1)],
      [['wait_bucket{le="1"}', 1, 2]],
    ],
    ['a wrong sum', HISTOGRAM.with(3, 'wait_sum 18.01'), [['wait_sum{}', 18, 18.01]]],
    ['a wrong count', HISTOGRAM.with(4, 'wait_count 5'), [['wait_count{}', 4, 5]]],
    ['a missing count', HISTOGRAM.slice(0, 4), [['wait_count{}', 4, undefined]]],
    [
      'observations nobody made',
      [...HISTOGRAM, 'wait_count{flow="a"} 1'],
      [['wait_count{flow="a"}', 0, 1]],
    ],
  ])('judges %s', (_, lines, wrong) => {
    const ledger = new Ledger();
    for (const seconds of [1, 2, 5, 10]) ledger.observe('wait', {}, seconds);

    expect(wrongIn(ledger, lines.join('\n'))).toEqual(wrong);
  });

  it('lets sums differ by what the order of adding makes', () => {
    const ledger = new Ledger();
    for (const seconds of [0.1, 0.2, 0.3]) ledger.observe('wait', {}, seconds);

    expect(0.1 + 0.2 + 0.3).not.toBe(0.6);
    expect(wrongIn(ledger, 'wait_sum 0.6\nwait_count 3\n')).toEqual([]);
  });

  it('totals what happened over all series with the labels', () => {
    const ledger = new Ledger();
    ledger.count('orders_total', { flow: 'a', line: '1' }, 2);
    ledger.count('orders_total', { flow: 'a', line: '2' }, 3);
    ledger.count('orders_total', { flow: 'b', line: '1' }, 4);

    expect(ledger.total('orders_total')).toBe(9);
    expect(ledger.total('orders_total', { flow: 'a' })).toBe(5);
    expect(ledger.total('orders')).toBe(0);
  });
});
