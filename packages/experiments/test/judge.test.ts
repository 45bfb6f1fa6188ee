import {
  type Arm,
  type Breach,
  type ExperimentResult,
  judgeExperiment,
} from '@turnspan/experiments';

function arm(variant: string, users: number, reached: number): Arm {
  return { variant, weight: 1, exposed: users, users, reached };
}

function result(arms: readonly Arm[], more: Partial<ExperimentResult> = {}): ExperimentResult {
  return { arms, days: 14, multipleExposed: 0, ...more };
}

const breach: Breach = { guardrail: 'errors', variant: 'c', sentence: 'Pause c.' };

describe('the verdict', () => {
  it.each<[string, ExperimentResult, string]>([
    [
      'a better variant',
      result([arm('a', 1000, 400), arm('b', 1000, 500)]),
      'Ship b: b is 10 points (3.28 points to 16.7 points) above a.',
    ],
    [
      'a worse variant',
      result([arm('a', 1000, 500), arm('b', 1000, 400)]),
      'Ship a: b is 10 points (3.28 points to 16.7 points) below a.',
    ],
    [
      'two variants alike',
      result([arm('a', 10_000, 5000), arm('b', 10_000, 5000)]),
      'No difference larger than 5 points: take what you like best.',
    ],
    [
      'what may be either',
      result([arm('a', 1000, 500), arm('b', 1000, 520)]),
      'Keep running: b may be -4.78 points to 8.78 points better.',
    ],
    [
      'too few users',
      result([arm('a', 149, 40), arm('b', 160, 130)]),
      'Keep running: a has 149 of at least 150 users.',
    ],
    [
      'too few who reached it',
      result([arm('a', 500, 5), arm('b', 500, 90)]),
      'Keep running: of a 5 reached the goal and 495 did not; it takes more than 5 of each.',
    ],
    [
      'too few who did not',
      result([arm('a', 500, 400), arm('b', 500, 496)]),
      'Keep running: of b 496 reached the goal and 4 did not; it takes more than 5 of each.',
    ],
    [
      'too few days',
      result([arm('a', 1000, 400), arm('b', 1000, 500)], { days: 2.94 }),
      'Keep running: it has run for 2.9 of at least 3 days.',
    ],
    [
      'users who are not shared out',
      result([arm('a', 10_400, 400), arm('b', 9600, 800)]),
      'Invalid: users are not shared out by the weights (a 10400, b 9600; p = 0.0000011). Something loses or adds users of one variant.',
    ],
    [
      'users who saw several variants',
      result([arm('a', 1000, 400), arm('b', 1000, 500)], { multipleExposed: 21 }),
      'Invalid: 1.04 % of the users saw more than one variant; look for a user key or a store that changes.',
    ],
    [
      'the better of two winners',
      result([arm('a', 1000, 400), arm('b', 1000, 500), arm('c', 1000, 530)]),
      'Ship c: c is 13 points (5.75 points to 20.3 points) above a.',
    ],
    [
      'the winner that is not paused',
      result([arm('a', 1000, 400), arm('b', 1000, 500), arm('c', 300, 160)], {
        breaches: [breach],
      }),
      'Ship b: b is 10 points (2.74 points to 17.3 points) above a.',
    ],
    [
      'the only variant when it is paused',
      result([arm('a', 100, 40), arm('c', 90, 10)], { breaches: [breach] }),
      'Ship a: every other variant did harm.',
    ],
    [
      'nobody',
      result([arm('a', 0, 0), arm('b', 0, 0)]),
      'Keep running: a has 0 of at least 150 users.',
    ],
  ])('on %s is a sentence', (_, given, sentence) => {
    expect(judgeExperiment(given).sentence).toBe(sentence);
  });

  it('calls an uplift of more than half suspicious', () => {
    const verdict = judgeExperiment(result([arm('a', 1000, 200), arm('b', 1000, 310)]));

    expect(verdict).toMatchObject({ kind: 'ship', variant: 'b' });
    expect(verdict.warnings).toEqual([
      'An uplift of 55 % is suspicious (a 20 %, b 31 %): look for a mistake in what is counted.',
    ]);
  });

  it('passes on what is to be paused', () => {
    const arms = [arm('a', 100, 40), arm('b', 100, 40), arm('c', 90, 10)];

    expect(judgeExperiment(result(arms, { breaches: [breach] })).warnings).toEqual(['Pause c.']);
  });

  it('wants more of a goal that is one of several metrics', () => {
    const arms = [arm('a', 1000, 400), arm('b', 1000, 470)];
    const alike = [arm('a', 1000, 500), arm('b', 1000, 500)];
    const metrics = ['read', 'replied', 'paid'].map((name) => ({ name, arms: alike }));

    const alone = judgeExperiment(result(arms));
    const among = judgeExperiment(result(arms, { metrics }));

    expect([alone.kind, among.kind]).toEqual(['ship', 'keep_running']);
    expect(among.comparisons.map(({ metric }) => metric)).toEqual([
      'goal',
      'read',
      'replied',
      'paid',
    ]);
  });
});
