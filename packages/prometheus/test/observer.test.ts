import { TurnspanError } from '@turnspan/core';
import { Counter, Registry } from 'prom-client';
import { createPrometheusObserver, METRICS } from '../src';
import { CLIENTS } from './support/clients';
import { declared, entered, QUIET, settled, T0 } from './support/events';
import { samplesOf } from './support/scrape';

describe('createPrometheusObserver', () => {
  it('counts failures of others, and tells nobody of them', async () => {
    const registry = new Registry();
    const onError = jest.fn();
    const { contained } = createPrometheusObserver({ registry, snapshot: () => QUIET, onError });

    contained();
    contained();

    const name = 'turnspan_contained_errors_total';
    expect(await samplesOf(registry, name)).toEqual([`${name} 2`]);
    expect(onError).not.toHaveBeenCalled();
  });

  it('reads the snapshot once per scrape', async () => {
    const registry = new Registry();
    const snapshot = jest.fn(() => QUIET);
    createPrometheusObserver({ registry, snapshot });

    await registry.metrics();
    await registry.metrics();

    expect(snapshot).toHaveBeenCalledTimes(2);
  });

  it('shows who waits now, and 0 where nobody waits any more', async () => {
    const registry = new Registry();
    let waiting = [{ flow: 'order', node: 'size', waiting: 2, stalled: 1 }];
    createPrometheusObserver({ registry, snapshot: () => ({ ...QUIET, waiting }) });
    const before = await samplesOf(registry, 'conversation_waiting');

    waiting = [];
    const after = await samplesOf(registry, 'conversation_waiting');

    expect(before).toEqual(['conversation_waiting{flow="order",node="size"} 2']);
    expect(after).toEqual(['conversation_waiting{flow="order",node="size"} 0']);
  });

  it('tells of the oldest unanswered message only while there is one', async () => {
    const registry = new Registry();
    let oldestAt: number | undefined = T0;
    const snapshot = () => ({
      ...QUIET,
      unanswered: [{ channel: 'web', line: 'shop', count: 1, oldestAt }],
    });
    createPrometheusObserver({ registry, snapshot });
    const name = 'conversation_oldest_unanswered_timestamp_seconds';
    const before = await samplesOf(registry, name);

    oldestAt = undefined;
    const after = await samplesOf(registry, name);

    expect(before).toEqual([`${name}{channel="web",line="shop"} ${T0 / 1000}`]);
    expect(after).toEqual([]);
  });

  it('shows no value rather than an old one while the snapshot fails, and counts that', async () => {
    const registry = new Registry();
    const onError = jest.fn();
    let fails = false;
    const snapshot = () => {
      if (fails) throw new Error('store');
      return QUIET;
    };
    const { observe } = createPrometheusObserver({ registry, snapshot, onError });
    observe(declared());

    fails = true;
    const failed = await samplesOf(registry);
    fails = false;
    const recovered = await samplesOf(registry);

    expect(onError).toHaveBeenCalledWith(new Error('store'));
    expect(failed.filter((line) => /_waiting|settled_until/.test(line))).toEqual([]);
    expect(recovered).toContain('conversation_waiting{flow="order",node="size"} 0');
    expect(recovered).toContain('turnspan_contained_errors_total 1');
  });

  it('adds up rows that share a label beyond the cap, without counting that as overflow', async () => {
    const registry = new Registry();
    const row = { flow: 'order', waiting: 2, stalled: 1 };
    const waiting = ['a', 'b', 'c'].map((node) => ({ ...row, node }));
    const snapshot = () => ({ ...QUIET, waiting });
    createPrometheusObserver({ registry, snapshot, caps: { nodes: 1 } });

    const samples = await samplesOf(registry);

    expect(samples).toContain('conversation_waiting{flow="order",node="a"} 2');
    expect(samples).toContain('conversation_waiting{flow="order",node="__other__"} 4');
    expect(samples).toContain('turnspan_label_overflow_total{label="node"} 0');
  });

  it('keeps the oldest of rows that share a label beyond the cap', async () => {
    const registry = new Registry();
    const row = { channel: 'web', count: 1 };
    const unanswered = [
      { ...row, line: 'a', oldestAt: T0 },
      { ...row, line: 'b', oldestAt: T0 + 2000 },
      { ...row, line: 'c', oldestAt: T0 + 1000 },
      { ...row, line: 'd', oldestAt: T0 + 3000 },
    ];
    const snapshot = () => ({ ...QUIET, unanswered });
    createPrometheusObserver({ registry, snapshot, caps: { lines: 1 } });

    const samples = await samplesOf(registry, 'conversation_oldest_unanswered_timestamp_seconds');

    expect(samples[1]).toMatch(new RegExp(`line="__other__"} ${T0 / 1000 + 1}$`));
  });

  it.each([null, undefined, 7, {}, { kind: 'node_entered' }, { kind: 'unheard_of' }])(
    'never throws, whatever it is told: %j',
    async (event) => {
      const registry = new Registry();
      const onError = jest.fn(() => {
        throw new Error('handler');
      });
      const { observe } = createPrometheusObserver({ registry, snapshot: () => QUIET, onError });

      observe(event as never);

      expect(onError).toHaveBeenCalledTimes(1);
      expect(await samplesOf(registry)).toContain('turnspan_contained_errors_total 1');
    },
  );

  it('refuses a registry that has its metrics already, and leaves it as it was', async () => {
    const registry = new Registry();
    const first = createPrometheusObserver({ registry, snapshot: () => QUIET });
    first.observe(entered());

    const second = () => createPrometheusObserver({ registry, snapshot: () => QUIET });

    expect(second).toThrow(expect.objectContaining({ code: 'OPTION_INVALID' }));
    expect(second).toThrow(TurnspanError);
    expect(await samplesOf(registry, 'conversation_node_entries_total')).toHaveLength(1);
  });
});

it('registers nothing where one name is taken', () => {
  const registry = new Registry();
  new Counter({ name: 'turnspan_clock_skews_total', help: 'Own.', registers: [registry] });

  const create = () => createPrometheusObserver({ registry, snapshot: () => QUIET });

  expect(create).toThrow(TurnspanError);
  expect(registry.getMetricsAsArray()).toHaveLength(1);
});

describe.each(CLIENTS)('with a registry of %s', (_, client) => {
  it('registers every metric of the table, and takes it out again', async () => {
    const registry = client.createRegistry();

    const { unregister } = createPrometheusObserver({ registry, snapshot: () => QUIET });
    const registered = registry.getMetricsAsArray().map((metric) => describeMetric(metric));
    unregister();

    const expected = Object.entries(METRICS).map(([name, definition]) => {
      return describeMetric({ aggregator: 'sum', ...definition, name });
    });
    expect(registered).toEqual(expected);
    expect(await registry.metrics()).toBe('\n');
  });

  it('unregisters from a registry that is set to OpenMetrics, too', async () => {
    const registry = client.createOpenMetricsRegistry();
    const { unregister } = createPrometheusObserver({ registry, snapshot: () => QUIET });
    const text = await registry.metrics();

    unregister();

    expect(text).toContain('turnspan_clock_skews_total 0');
    expect(await registry.metrics()).toBe('\n# EOF\n');
  });

  it('adds up over worker processes', async () => {
    const states = await Promise.all(
      [1, 2].map((size) => workerState(client.createRegistry(), size)),
    );

    const text = await client.aggregate(states).metrics();

    const lines = text.split('\n');
    expect(lines).toContain('conversation_node_entries_total{flow="order",node="size"} 3');
    expect(lines).toContain('conversation_waiting{flow="order",node="size"} 3');
    expect(lines).toContain(`conversation_settled_until_timestamp_seconds ${T0 / 1000 + 1}`);
    expect(lines).toContain('conversation_flow_info{flow="order",version="v1"} 1');
    expect(text).toMatch(/reply_wait_seconds_bucket{(?=.*le="5")(?=.*node="size").*} 2\n/);
    expect(text).toMatch(/reply_wait_seconds_sum{.*} 6\n/);
  });

  it('forgets everything when the registry is reset', async () => {
    const registry = client.createRegistry();
    const { observe } = createPrometheusObserver({ registry, snapshot: () => QUIET });
    observe(declared());
    observe(settled({ waitSeconds: 3 }));
    observe({ kind: 'clock_skewed', at: T0 });

    registry.resetMetrics();

    const text = await registry.metrics();
    expect(text).toContain('turnspan_clock_skews_total 0');
    expect(text).not.toContain('flow="order"');
  });
});

function describeMetric({ name, help, type, aggregator }: Described) {
  return { name, help, type, aggregator };
}

type Described = Readonly<Record<'name' | 'help' | 'type' | 'aggregator', unknown>>;

async function workerState(
  registry: ReturnType<(typeof CLIENTS)[number][1]['createRegistry']>,
  size: number,
): Promise<object[]> {
  const snapshot = () => ({
    ...QUIET,
    waiting: [{ flow: 'order', node: 'size', waiting: size, stalled: 0 }],
    settledUntil: T0 + size * 1000,
  });
  const { observe } = createPrometheusObserver({ registry, snapshot });
  observe(declared());
  for (let index = 0; index < size; index += 1) observe(entered());
  observe(settled({ waitSeconds: 3 }));
  return structuredClone(await registry.getMetricsAsJSON());
}
