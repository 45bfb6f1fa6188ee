import { METRICS } from '../src';
import { expose } from '../src/exposition';
import { CLIENTS } from './support/clients';
import { TRACE } from './support/events';
import { expectGolden } from './support/golden';
import { ACCEPT_OPEN_METRICS, runScript, scrapeOpenMetrics } from './support/run-script';

describe.each(CLIENTS)('exposition through %s', (_, client) => {
  it('prints the script as text', async () => {
    const registry = runScript(client);

    const { contentType, text } = await expose(registry, 'text/plain');

    expect(contentType).toBe('text/plain; version=0.0.4; charset=utf-8');
    expectGolden('script.txt', text);
  });

  it('prints the script as OpenMetrics', async () => {
    const registry = runScript(client);

    const { contentType, text } = await expose(registry, ACCEPT_OPEN_METRICS);

    expect(contentType).toBe('application/openmetrics-text; version=1.0.0; charset=utf-8');
    expectGolden('script.openmetrics.txt', text);
  });

  it('tells something about every metric of the table', async () => {
    const text = await runScript(client).metrics();

    const silent = Object.keys(METRICS).filter((name) => !text.includes(`\n${name}`));

    expect(silent).toEqual([]);
  });

  it('leaves the registry of the user as it was after an OpenMetrics scrape', async () => {
    const registry = runScript(client);
    client.addCounter(registry, 'own_total');
    client.addCounter(registry, 'own_without_suffix');
    const before = await registry.metrics();

    await scrapeOpenMetrics(registry);

    expect(await registry.metrics()).toBe(before);
    expect(registry.contentType).toContain('text/plain');
    expect(registry.getSingleMetric('own_total')).toHaveProperty('name', 'own_total');
  });

  it('serves scrapes in both formats at once', async () => {
    const registry = runScript(client);
    const [text, openMetrics] = [await registry.metrics(), await scrapeOpenMetrics(registry)];

    const answers = await Promise.all([
      scrapeOpenMetrics(registry),
      registry.metrics(),
      scrapeOpenMetrics(registry),
      registry.metrics(),
    ]);

    expect(answers).toEqual([openMetrics, text, openMetrics, text]);
  });

  it('keeps the default labels of the registry in OpenMetrics', async () => {
    const registry = runScript(client);
    client.addCounter(registry, 'own_total');
    registry.setDefaultLabels({ region: 'eu' });

    const text = await scrapeOpenMetrics(registry);

    expect(text).toContain('own_total{kind="a",region="eu"} 3');
    expect(text).toContain('turnspan_clock_skews_total{region="eu"} 1');
    const samples = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
    expect(samples.filter((line) => !line.includes('region="eu"'))).toEqual([]);
  });

  it('uses a registry that is set to OpenMetrics as it is', async () => {
    const registry = client.createOpenMetricsRegistry();
    client.addCounter(registry, 'own_total');

    const first = await expose(registry, ACCEPT_OPEN_METRICS);
    const second = await expose(registry, 'text/plain');

    expect(first.contentType).toContain('openmetrics');
    expect(first.text).toContain('own_total{kind="a"} 3');
    expect(second).toEqual(first);
  });

  it('puts exemplars into OpenMetrics only', async () => {
    const registry = runScript(client);

    const [text, openMetrics] = [await registry.metrics(), await scrapeOpenMetrics(registry)];

    expect(text).not.toContain(TRACE.traceId);
    expect(openMetrics).toContain(
      'conversation_reply_wait_seconds_bucket{le="30",flow="order",node="size",variant="short"} 1' +
        ` # {trace_id="${TRACE.traceId}",span_id="${TRACE.spanId}"} 19 1767603620\n`,
    );
  });
});
