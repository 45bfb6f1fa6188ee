import { spawnSync } from 'node:child_process';
import {
  type RunningPrometheus,
  startPrometheus,
} from '../../packages/prometheus/test/support/prometheus';
import { describeWith } from '../support/servers/binary';
import { waitFor } from '../support/servers/process';
import { type Child, startNode } from './support/child';

let demo: Child;
/** Where the demo serves its metrics. */
let url: string;

beforeAll(async () => {
  demo = startNode(['examples/demo/index.js', '--customers', '60', '--port', '0']);
  const [, address = ''] = await demo.waitFor(/Metrics: (\S+)/);
  url = address;
}, 300_000);
afterAll(() => demo?.stop());

interface Targets {
  readonly activeTargets: readonly { readonly health: string; readonly lastError: string }[];
}

describeWith('prometheus', (binary) => {
  let prometheus: RunningPrometheus;

  beforeAll(async () => {
    prometheus = await startPrometheus({ binary, jobs: { demo: { target: new URL(url).host } } });
    await waitFor(() => prometheus.value('up{job="demo"} == 1'));
  }, 40_000);
  afterAll(() => prometheus?.stop());

  it('scrapes the demo without an error', async () => {
    const { activeTargets } = await prometheus.api<Targets>('targets');

    expect(activeTargets.map(({ health, lastError }) => ({ health, lastError }))).toEqual([
      { health: 'up', lastError: '' },
    ]);
  });

  it.each([
    'conversation_journeys_started_total{flow="order",entry="user"}',
    'conversation_node_exits_total{flow="address",node="door_code",outcome="dropped"}',
    'conversation_response_seconds_bucket{flow="order",le="+Inf"}',
    'conversation_node_messages_total{status="read"}',
    'whatsapp_messages_total{status="delivered"}',
  ])('can be asked for %s', async (series) => {
    expect(await prometheus.value(`sum(${series})`)).toBeGreaterThan(0);
  });

  it('finds nothing that was contained', async () => {
    expect(await prometheus.value('turnspan_contained_errors_total')).toBe(0);
  });
});

describeWith('promtool', (binary) => {
  it('finds nothing to complain of in what the demo exposes', async () => {
    const response = await fetch(url, { headers: { accept: 'text/plain' } });
    const input = await response.text();

    const { status, stdout, stderr } = spawnSync(binary, ['check', 'metrics'], { input });

    expect(input).toContain('conversation_node_entries_total{flow="order",node="size"}');
    expect(`${stdout}${stderr}`).toBe('');
    expect(status).toBe(0);
  });
});
