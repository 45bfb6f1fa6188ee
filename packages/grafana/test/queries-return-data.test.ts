import { describeWith } from '../../../test/support/servers/binary';
import { DASHBOARD_QUERIES } from './dashboard-queries';
import { countTouched } from './support/ask';
import { startLarge } from './support/large';
import { HOUR, SECOND } from './support/time';
import type { World } from './support/world';

const HOURS = 4;
const MOST_SERIES = 10_000;

describeWith('prometheus', (prometheus) =>
  describeWith('promtool', (promtool) =>
    describeWith('prometheus-alertmanager', (alertmanager) => {
      describe('with 300 nodes', () => {
        let world: World;
        /** The groups of rules, each time that somebody looked. */
        const looks: Rules['groups'][] = [];

        beforeAll(async () => {
          world = await startLarge({ prometheus, promtool, alertmanager }, HOURS);
          for (let hour = HOURS / 2; hour <= HOURS; hour += 0.25) {
            await world.passHours(hour);
            const { groups } = await world.prometheus.api<Rules>('rules');
            looks.push(groups);
          }
        }, 300_000);
        afterAll(() => world?.stop());

        it('records a ratio of each of them, with its past', async () => {
          const [nodes] = await world.prometheus.query(
            'count(job_flow_node:conversation_dropoff:ratio_recent{node=~"question_.+"} and job_flow_node:conversation_dropoff:ratio_baseline)',
          );

          expect(Number(nodes?.value[1])).toBe(296);
        });

        // Others use the machine too, so that the quickest time is the true one.
        it('evaluates all rules within a second', () => {
          const seconds = addQuickest(looks);

          expect(seconds).toBeGreaterThan(0.01);
          expect(seconds).toBeLessThan(1);
        });

        it.each(DASHBOARD_QUERIES)('touches few series: $place', async (query) => {
          const { time, startAt } = world;
          const range = {
            from: time.toMachine(startAt) / SECOND,
            until: time.toMachine(startAt + HOURS * HOUR) / SECOND,
          };

          const touched = await countTouched(world.prometheus, query, range);

          expect(touched).toBeLessThanOrEqual(MOST_SERIES);
        });
      });
    }),
  ),
);

interface Rules {
  readonly groups: readonly { readonly name: string; readonly evaluationTime: number }[];
}

/** Seconds that all groups take, each as quickly as it was ever seen. */
function addQuickest(looks: readonly Rules['groups'][]): number {
  const quickest = new Map<string, number>();
  for (const { name, evaluationTime } of looks.flat()) {
    quickest.set(name, Math.min(evaluationTime, quickest.get(name) ?? Number.POSITIVE_INFINITY));
  }
  return [...quickest.values()].reduce((sum, seconds) => sum + seconds, 0);
}
