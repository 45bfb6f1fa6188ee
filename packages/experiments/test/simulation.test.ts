import { planExperiment, sampleRatioPValue, simulateExperiments } from '@turnspan/experiments';
import { createRandom } from './support/seeded';

/** How often users shared out like this are called wrongly shared out at some look. */
function findMismatches(share: number, runs: number, random: () => number): number {
  let found = 0;
  for (let run = 0; run < runs; run += 1) found += Number(isCalledWrong(share, random));
  return found / runs;
}

function isCalledWrong(share: number, random: () => number): boolean {
  let first = 0;
  let isWrong = false;
  for (let users = 1; users <= 20_000; users += 1) {
    first += Number(random() < share);
    if (users % 100 !== 0) continue;
    const counts = [first, users - first].map((exposed) => ({ weight: 1, exposed }));
    isWrong ||= sampleRatioPValue(counts) < 0.002;
  }
  return isWrong;
}

// `npm run prove -- experiments` plays far more of each.
describe('experiments played through', () => {
  it.each([[[0.05, 0.05]], [[0.5, 0.5]], [[0.3, 0.3, 0.3]]])(
    'find no winner between %j',
    (rates) => {
      const options = { rates, users: 4000, runs: 300 };

      const seen = simulateExperiments({ ...options, random: createRandom(11) });

      expect(seen.winners).toBeLessThanOrEqual(0.05);
      expect(seen.covered).toBeGreaterThanOrEqual(0.95);
      // The same experiments, looked at in the usual way, fool whoever looks.
      expect(seen.naiveWinners).toBeGreaterThan(0.15);
    },
  );

  it('find the planned difference with the planned users', () => {
    const { plannedUsers } = planExperiment({ baseRate: 0.4, smallestDifference: 0.08 });
    const options = { rates: [0.4, 0.48], users: plannedUsers, plannedUsers, runs: 200 };

    const seen = simulateExperiments({ ...options, random: createRandom(12) });

    expect(seen.winners).toBeGreaterThanOrEqual(0.8);
  });

  it('find users shared out 52 to 48, and nothing at 50 to 50', () => {
    const random = createRandom(13);

    expect(findMismatches(0.52, 50, random)).toBeGreaterThanOrEqual(0.95);
    expect(findMismatches(0.5, 300, random)).toBeLessThanOrEqual(0.002);
  });
});
