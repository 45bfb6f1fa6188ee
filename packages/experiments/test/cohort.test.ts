import { collectCohort, type ExposedJourney, selectCohort } from '@turnspan/experiments';

const DAY = 86_400_000;
const options = { variants: ['a', 'b'], weights: [1, 2] };

function journey(userKey: string, more: Partial<ExposedJourney> = {}): ExposedJourney {
  return { userKey, variant: 'a', exposedAt: DAY, settled: true, reached: false, ...more };
}

describe('the cohort', () => {
  it('counts settled journeys by variant', () => {
    const { arms, multipleExposed, days } = collectCohort(
      [
        journey('one', { reached: true }),
        journey('two'),
        journey('three', { variant: 'b', reached: true, exposedAt: 5 * DAY }),
      ],
      options,
    );

    expect(arms).toEqual([
      { variant: 'a', weight: 1, exposed: 2, users: 2, reached: 1 },
      { variant: 'b', weight: 2, exposed: 1, users: 1, reached: 1 },
    ]);
    expect([multipleExposed, days]).toEqual([0, 4]);
  });

  it('leaves out, in all variants, whoever came after one that still goes on', () => {
    const { arms } = collectCohort(
      [
        journey('one', { exposedAt: 1 * DAY }),
        journey('two', { exposedAt: 2 * DAY, settled: false }),
        journey('quick', { exposedAt: 3 * DAY, reached: true }),
        journey('quicker', { exposedAt: 4 * DAY, reached: true, variant: 'b' }),
      ],
      options,
    );

    expect(arms.map(({ exposed, users, reached }) => [exposed, users, reached])).toEqual([
      [3, 1, 0],
      [1, 0, 0],
    ]);
  });

  it('goes no further than what is settled', () => {
    const journeys = [1, 2, 3].map((day) => journey(`${day}`, { exposedAt: day * DAY }));

    const { arms } = collectCohort(journeys, { ...options, settledUntil: 3 * DAY });

    expect(arms[0]?.users).toBe(2);
  });

  it('takes the first journey of each user, whichever is told first', () => {
    const journeys = [
      journey('one', { exposedAt: 2 * DAY, reached: true }),
      journey('one', { exposedAt: 1 * DAY }),
    ];

    for (const told of [journeys, [...journeys].reverse()]) {
      expect(collectCohort(told, options).arms[0]).toMatchObject({ users: 1, reached: 0 });
    }
  });

  it('puts whoever saw two variants into none', () => {
    const { arms, multipleExposed } = collectCohort(
      [journey('one'), journey('one', { variant: 'b' }), journey('two')],
      options,
    );

    expect(arms.map(({ exposed }) => exposed)).toEqual([1, 0]);
    expect(multipleExposed).toBe(1);
  });

  it('of nobody is empty', () => {
    const { arms, days } = collectCohort([], options);

    expect(arms.map(({ users }) => users)).toEqual([0, 0]);
    expect(days).toBe(0);
  });
});

it('gives the very journeys that count, with all that is known of them', () => {
  const early = { ...journey('early'), optedOut: true };
  const mixed = ['a', 'b'].map((variant) => ({ ...journey('mixed', { variant }), optedOut: true }));
  const open = { ...journey('open', { exposedAt: 2 * DAY, settled: false }), optedOut: false };
  const late = { ...journey('late', { exposedAt: 3 * DAY }), optedOut: false };

  const cohort = selectCohort([early, ...mixed, open, late]);

  expect(cohort).toEqual({
    single: [early, open, late],
    counted: [early],
    multipleExposed: 1,
    until: 2 * DAY,
  });
});
