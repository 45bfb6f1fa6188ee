const { estimate, quantile, toRatios } = require('../bench/harness/statistics');
const { createReport, toFigureText } = require('../bench/harness/report');
const { toPage } = require('../bench/harness/page');
const { addUp } = require('../bench/profile/add-up');

describe('a bench', () => {
  it.each([
    [[1, 2, 3, 4, 5], 0.5, 3],
    [[4, 1], 0.5, 2.5],
    [[10, 20, 30], 1, 30],
  ])('finds in %j the number that %d lies below', (numbers, share, expected) => {
    expect(quantile(numbers, share)).toBe(expected);
  });

  it('tells how sure a median is, the same in every run', () => {
    const numbers = [1, 2, 3, 4, 100];

    const estimated = estimate(numbers);

    expect(estimated).toEqual(estimate(numbers));
    expect(estimated.value).toBe(3);
    expect(estimated.low).toBeLessThan(3);
    expect(estimated.high).toBeGreaterThan(3);
  });

  it('compares each measurement with its neighbour', () => {
    expect(toRatios([2, 9], [1, 3])).toEqual([2, 3]);
  });

  it.each([
    [{ value: 1, low: 0.9, high: 1.1 }, { max: 1 }, 'pass'],
    [{ value: 1.2, low: 0.9, high: 1.4 }, { max: 1 }, 'fail'],
    [{ value: 1.2, low: 0.9, high: 1.4 }, { max: 1, isLenient: true }, 'pass'],
    [{ value: 1.2, low: 1.1, high: 1.4 }, { max: 1, isLenient: true }, 'fail'],
    [{ value: 0.5, low: 0.4, high: 0.6 }, { min: 0.8 }, 'fail'],
    [{ value: 0.5, low: 0.4, high: 0.9 }, { min: 0.8, isLenient: true }, 'pass'],
    [{ value: 3 }, {}, undefined],
  ])('holds %j against %j', (measured, target, verdict) => {
    const report = createReport('turn');

    report.figure('metrics', measured, target);

    const { figures, passed } = report.result();
    expect(figures[0].verdict).toBe(verdict);
    expect(passed).toBe(verdict !== 'fail');
  });

  it.each([
    [{ value: 1234567.8, unit: 'a second' }, '1,234,568 a second'],
    [{ value: 0.01234, low: 0.01, high: 0.02, unit: 'µs' }, '0.0123 µs (0.01 to 0.02)'],
    [{ value: 41.27, unit: '%' }, '41.3%'],
  ])('writes %j', (figure, text) => {
    expect(toFigureText(figure)).toBe(text);
  });

  it('says on its page what is missed, who is better and what is missing', () => {
    const report = createReport('turn');
    report.figure('metrics against another', { value: 2 }, { unit: '×', max: 1, peer: 'another' });
    report.missing('a third', 'it needs Node.js 99');
    const machine = { node: '20.0.0', processors: '2 × fast', memory: '4 GB', system: 'any' };

    const page = toPage([{ ...report.result(), summary: 'a turn', seconds: 1, share: 1, machine }]);

    expect(page.match(/- `turn` metrics against another: 2 ×, target at most 1 ×/g)).toHaveLength(
      2,
    );
    expect(page).toContain('- `turn` `a third`: it needs Node.js 99');
    expect(page).toContain('| metrics against another | at most 1 × | 2 × | fail |');
  });

  it('gives the time of the engine to whoever called it', () => {
    const frame = (functionName: string, url = '') => ({ functionName, url });
    const nodes = [
      { id: 1, callFrame: frame('(root)'), children: [2, 4, 5] },
      { id: 2, callFrame: frame('visit', 'file:///packages/core/dist/a.js'), children: [3] },
      { id: 3, callFrame: frame('emit', 'node:events') },
      { id: 4, callFrame: frame('(idle)') },
      { id: 5, callFrame: frame('toString') },
    ];

    const { owners, functions } = addUp({ nodes, samples: [2, 3, 3, 5, 4, 4] });

    expect(owners).toEqual([
      ['@turnspan/core', 0.75],
      ['built into the engine', 0.25],
    ]);
    expect(functions).toEqual([['visit, @turnspan/core', 0.75]]);
  });
});
