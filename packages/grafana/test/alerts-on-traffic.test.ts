import { describeWith } from '../../../test/support/servers/binary';
import { DASHBOARD_QUERIES } from './dashboard-queries';
import { countAnswers, type TimeRange } from './support/ask';
import { CALM_HOURS, INCIDENTS, PARTS } from './support/incidents';
import { startLive } from './support/live';
import type { Delivery } from './support/receiver';
import { HOUR, SECOND } from './support/time';
import type { World } from './support/world';

const JOBS = Object.keys(PARTS);
/** After so many hours the last incident is over, and so is all that it led to. */
const HOURS = 6.25;

describeWith('prometheus', (prometheus) =>
  describeWith('promtool', (promtool) =>
    describeWith('prometheus-alertmanager', (alertmanager) => {
      let world: World;
      /** What was told until the last hour was over; after it the bots stand still, and more goes wrong. */
      let deliveries: readonly Delivery[];

      beforeAll(async () => {
        world = await startLive({ prometheus, promtool, alertmanager }, HOURS);
        await world.passHours(HOURS);
        deliveries = [...world.receiver.deliveries];
      }, 300_000);
      afterAll(() => world?.stop());

      it('scrapes every bot', async () => {
        const up = await world.prometheus.query('min by (job) (min_over_time(up[10m]))');

        const jobs = up.filter(({ value }) => value[1] === '1').map(({ metric }) => metric.job);
        expect(jobs.sort()).toEqual([...JOBS].sort());
      });

      it('evaluates every rule', async () => {
        const { groups } = await world.prometheus.api<Rules>('rules');

        const failed = groups.flatMap(({ rules }) => rules.filter(({ health }) => health !== 'ok'));
        expect(failed).toEqual([]);
      });

      it('lets nothing fire while all is well', async () => {
        const fired = await findFired(world, CALM_HOURS);

        expect(fired).toEqual([]);
      });

      it.each(JOBS)('fires what is to fire, and nothing else, for %s', async (job) => {
        const fired = await findFired(world, HOURS, job);

        const expected = eventsOf(job).flatMap(({ fires, muted = [] }) => [...fires, ...muted]);
        expect(fired).toEqual(expected.sort());
      });

      it.each(JOBS)('tells whoever is on call of it, unless it is muted, for %s', (job) => {
        const told = deliveries.filter(isTold(job, 'firing'));

        const expected = eventsOf(job).flatMap(({ fires }) => fires);
        expect(namesOf(told.map(({ labels }) => labels))).toEqual(expected.sort());
      });

      it.each(JOBS)('tells when it is over, for %s', (job) => {
        const told = deliveries.filter(isTold(job, 'resolved'));

        const over = eventsOf(job).filter(({ until }) => until !== undefined);
        const expected = over.flatMap(({ fires }) => fires);
        expect(namesOf(told.map(({ labels }) => labels))).toEqual(expected.sort());
      });

      it('says in each delivery what is the matter and where to look', () => {
        const texts = deliveries.flatMap(({ annotations }) => Object.values(annotations));
        expect(texts.filter((text) => /no value|<error|\{\{/.test(text))).toEqual([]);
        expect(deliveries.map(({ annotations }) => Object.keys(annotations).sort())).toEqual(
          deliveries.map(() => ['dashboard_url', 'description', 'runbook_url', 'summary']),
        );
      });

      it.each(DASHBOARD_QUERIES)('gives the dashboards data: $place', async (query) => {
        const answers = await countAnswers(world.prometheus, query, lifeOf(world));

        expect(answers).toBeGreaterThan(0);
      });
    }),
  ),
);

function lifeOf({ time, startAt }: World): TimeRange {
  return {
    from: time.toMachine(startAt) / SECOND,
    until: time.toMachine(startAt + HOURS * HOUR) / SECOND,
  };
}

interface Rules {
  readonly groups: readonly {
    readonly rules: readonly { readonly name: string; readonly health: string }[];
  }[];
}

interface Vector {
  readonly result: readonly { readonly metric: Readonly<Record<string, string>> }[];
}

function eventsOf(job: string): typeof INCIDENTS {
  return INCIDENTS.filter((incident) => incident.job === job);
}

function isTold(job: string, status: Delivery['status']): (delivery: Delivery) => boolean {
  return (delivery) => delivery.labels.job === job && delivery.status === status;
}

/** The alerts that have fired until an hour of the bots. */
async function findFired(
  { prometheus, time, startAt }: World,
  hour: number,
  job = '.+',
): Promise<readonly string[]> {
  const { result } = await prometheus.api<Vector>('query', {
    query: `count_over_time(ALERTS{alertstate="firing",job=~"${job}"}[10m])`,
    time: String(time.toMachine(startAt + hour * HOUR) / SECOND),
  });
  return namesOf(result.map(({ metric }) => metric));
}

const NOT_ABOUT = ['__name__', 'alertname', 'alertstate', 'job', 'severity', 'category', 'sending'];

/** Names of alerts, each once, with the labels that say what it is about. */
function namesOf(alerts: readonly Readonly<Record<string, string>>[]): readonly string[] {
  const names = alerts.map((labels) => {
    const about = Object.keys(labels).filter((label) => !NOT_ABOUT.includes(label));
    return [labels.alertname, ...about.sort().map((label) => `${label}=${labels[label]}`)].join(
      ' ',
    );
  });
  return [...new Set(names)].sort();
}
