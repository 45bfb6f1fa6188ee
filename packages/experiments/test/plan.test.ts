import { planExperiment } from '@turnspan/experiments';

describe('the plan', () => {
  // R 4.2.2: power.prop.test(p1 = .5, p2 = .55, power = .8) gives 1564.67, which pools the variance
  // under no difference; without the pooling its own formula gives 1561.8. The second is the
  // example of its documentation, p2 = .75 and power = .9: 76.7 pooled, 73.5 unpooled.
  it.each([
    [{ baseRate: 0.5, smallestDifference: 0.05, power: 0.8 }, 1562],
    [{ baseRate: 0.5, smallestDifference: 0.25, power: 0.9 }, 74],
  ])('for one look is that of R: %j', (options, expected) => {
    expect(planExperiment(options).usersPerVariantForOneLook).toBe(expected);
  });

  it('for any number of looks takes about twice as many users', () => {
    const plan = planExperiment({ baseRate: 0.5, usersPerDay: 400 });

    expect(plan).toEqual({
      usersPerVariant: 2991,
      plannedUsers: 5982,
      totalUsers: 5982,
      usersPerVariantForOneLook: 1562,
      days: 15,
    });
  });

  it('is the same upwards and downwards of one half', () => {
    const [up, down] = [0.05, -0.05].map((smallestDifference) =>
      planExperiment({ baseRate: 0.5, smallestDifference }),
    );

    expect(up).toEqual(down);
  });

  it('takes more users of each variant the more there are', () => {
    const [two, four] = [2, 4].map((variants) => planExperiment({ baseRate: 0.5, variants }));

    expect(four?.usersPerVariant).toBeGreaterThan(two?.usersPerVariant ?? Infinity);
    expect(four?.totalUsers).toBe(4 * (four?.usersPerVariant ?? 0));
  });

  it.each([
    [{ baseRate: 0 }],
    [{ baseRate: 0.98 }],
    [{ baseRate: 0.5, smallestDifference: 0 }],
    [{ baseRate: 0.02, smallestDifference: -0.05 }],
  ])('for %j is refused', (options) => {
    expect(() => planExperiment(options)).toThrow('two rates between 0 and 1');
  });
});
