import type { SharedState } from '@turnspan/core';
import {
  collectCohort,
  Experiments,
  type ExposedJourney,
  findBreaches,
  judgeExperiment,
} from '@turnspan/experiments';
import { MemoryShared } from './support/memory-shared';
import { createRandom } from './support/seeded';

const HOUR = 3_600_000;

/** How often a journey completes, and how often it fails, by what is asked. */
const TRUTH = {
  'one-question': { completes: 0.4, fails: 0.02 },
  split: { completes: 0.52, fails: 0.02 },
  broken: { completes: 0.3, fails: 0.4 },
};

type Variant = keyof typeof TRUTH;

describe('an experiment from its declaration to its verdict', () => {
  it('pauses the variant that does harm, and ships the one that is better', async () => {
    const day = { now: 0 };
    const experiments = new Experiments({
      shared: new MemoryShared() as unknown as SharedState,
      onError: (error) => {
        throw error;
      },
      clock: { now: () => day.now, tick: () => day.now },
      flows: { order: ['ask-size'] },
    });
    const variants = Object.keys(TRUTH);
    const experiment = await experiments.declare('ask-size', { variants, flow: 'order' });
    const random = createRandom(5);
    const journeys: (ExposedJourney & { failed: boolean })[] = [];
    const look = () => {
      const readings = variants.map((variant) => {
        const own = journeys.filter((journey) => journey.variant === variant);
        const failed = own.filter((journey) => journey.failed);
        return { variant, rates: { errors: { users: own.length, reached: failed.length } } };
      });
      const breaches = findBreaches(readings, experiment.declaration);
      for (const { variant, guardrail } of breaches) experiment.pause(variant, guardrail);
      const cohort = collectCohort(journeys, experiment.declaration);
      return judgeExperiment({ ...cohort, breaches }, experiment.declaration);
    };

    for (let user = 0; user < 3000; user += 1) {
      day.now += HOUR / 12;
      const { variant, counts, exposedAt } = await experiment.expose(`user-${user}`);
      const { completes, fails } = TRUTH[variant as Variant];
      const failed = random() < fails;
      const reached = !failed && random() < completes;
      const told = { userKey: `user-${user}`, variant, exposedAt, settled: true, reached, failed };
      if (counts) journeys.push(told);
      if (user % 250 === 249) look();
    }
    const verdict = look();

    expect(verdict).toMatchObject({ kind: 'ship', variant: 'split' });
    expect(verdict.warnings[0]).toContain('Pause broken');
    expect([...experiment.paused()]).toEqual([['broken', 'errors']]);
    expect(journeys.filter(({ variant }) => variant === 'broken').length).toBeLessThan(300);
  });
});
