import { findBreaches, type GuardrailReading, type Proportion } from '@turnspan/experiments';
import { createRandom } from './support/seeded';

function errors(variant: string, users: number, reached: number): GuardrailReading {
  return { variant, rates: { errors: { users, reached } } };
}

describe('a guardrail', () => {
  it('finds a variant that fails for many', () => {
    const breaches = findBreaches([errors('a', 200, 2), errors('b', 200, 3), errors('c', 200, 60)]);

    expect(breaches).toEqual([
      {
        guardrail: 'errors',
        variant: 'c',
        sentence: "Pause c: 30 % of its journeys failed, of a's 1 %.",
      },
    ]);
  });

  it.each([
    ['more slow first responses', 'first_response', 50, 200],
    ['more opt-outs', 'opt_outs', 20, 90],
    ['fewer messages read', 'read_ratio', 800, 600],
  ])('finds %s', (...[, name, control, variant]) => {
    const readings = [
      { variant: 'a', rates: { [name]: { users: 1000, reached: control } } },
      { variant: 'b', rates: { [name]: { users: 1000, reached: variant } } },
    ];

    expect(findBreaches(readings)).toMatchObject([{ guardrail: name, variant: 'b' }]);
    expect(findBreaches([...readings].reverse())).toEqual([]);
  });

  it('is silent about what is tolerated, not watched, or not known', () => {
    const readings = [errors('a', 1000, 10), errors('b', 1000, 90)];

    expect(findBreaches(readings)).toHaveLength(1);
    expect(findBreaches(readings, { tolerances: { errors: 0.1 } })).toEqual([]);
    expect(findBreaches(readings, { guardrails: ['opt_outs'] })).toEqual([]);
    expect(findBreaches([{ variant: 'a', rates: {} }, errors('b', 1000, 90)])).toEqual([]);
    expect(findBreaches([])).toEqual([]);
  });

  it('pauses every variant when the rating of the line falls', () => {
    const readings = ['a', 'b', 'c'].map((variant) => ({ variant, rates: {} }));

    const breaches = findBreaches(readings, { ratingFell: true });

    expect(breaches.map(({ variant, guardrail }) => [variant, guardrail])).toEqual([
      ['b', 'quality_rating'],
      ['c', 'quality_rating'],
    ]);
    expect(findBreaches(readings, { ratingFell: true, guardrails: ['errors'] })).toEqual([]);
  });

  it('pauses next to nobody without cause, though it looks all the time', () => {
    const random = createRandom(7);
    const paused = Array.from({ length: 300 }, () => playAlike(random)).filter(Boolean);

    expect(paused.length / 300).toBeLessThanOrEqual(0.05);
  });
});

/** Two variants that both fail once in fifty: whether one look of sixty paused the second. */
function playAlike(random: () => number): boolean {
  const counts: [Proportion, Proportion] = [
    { users: 0, reached: 0 },
    { users: 0, reached: 0 },
  ];
  for (let user = 1; user <= 3000; user += 1) {
    const index = random() < 0.5 ? 0 : 1;
    const { users, reached } = counts[index];
    counts[index] = { users: users + 1, reached: reached + Number(random() < 0.02) };
    if (user % 50 !== 0) continue;
    const readings = counts.map((each, place) => ({
      variant: `${place}`,
      rates: { errors: each },
    }));
    if (findBreaches(readings, { guardrails: ['errors'] }).length > 0) return true;
  }
  return false;
}
