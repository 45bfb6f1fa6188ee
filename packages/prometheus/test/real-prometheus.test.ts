import type { Server } from 'node:http';
import { describeWith } from '../../../test/support/servers/binary';
import { waitFor } from '../../../test/support/servers/process';
import { createMetricsHandler, createMetricsServer, type MetricsServer } from '../src';
import { CLIENTS } from './support/clients';
import { TRACE } from './support/events';
import { serve, stop } from './support/http';
import { type RunningPrometheus, startPrometheus } from './support/prometheus';
import { runLiveScript } from './support/run-script';

interface Targets {
  readonly activeTargets: readonly {
    readonly labels: { readonly job: string };
    readonly health: string;
    readonly lastError: string;
  }[];
}

type Exemplars = readonly {
  readonly seriesLabels: Readonly<Record<string, string>>;
  readonly exemplars: readonly {
    readonly labels: Readonly<Record<string, string>>;
    readonly value: string;
  }[];
}[];

const TOKEN = 'scrape-me';

describeWith('prometheus', (binary) => {
  describe.each(CLIENTS)('scraping a registry of %s', (_, client) => {
    let openMetrics: MetricsServer;
    let text: { readonly url: string; readonly server: Server };
    let prometheus: RunningPrometheus;

    beforeAll(async () => {
      const registry = runLiveScript(client);
      openMetrics = createMetricsServer({ registry, port: 0, token: TOKEN, onError: jest.fn() });
      const handler = createMetricsHandler({ registry });
      // Prometheus always takes OpenMetrics; without the header it gets the text format.
      text = await serve((request, response) => {
        request.headers.accept = 'text/plain;version=0.0.4';
        handler(request, response);
      });
      const { host, port } = (await openMetrics.listening) ?? {};
      prometheus = await startPrometheus({
        binary,
        jobs: {
          openmetrics: { target: `${host}:${port}`, token: TOKEN },
          text: { target: new URL(text.url).host },
        },
      });
      await waitFor(async () => (await prometheus.value('sum(up)')) === 2);
    }, 40_000);

    afterAll(async () => {
      await prometheus?.stop();
      await openMetrics?.close();
      if (text) await stop(text.server);
    });

    it('is up in both formats without an error', async () => {
      const { activeTargets } = await prometheus.api<Targets>('targets');

      const states = activeTargets.map(({ labels, health, lastError }) => [
        labels.job,
        health,
        lastError,
      ]);
      expect(states.sort()).toEqual([
        ['openmetrics', 'up', ''],
        ['text', 'up', ''],
      ]);
    });

    it.each([
      ['conversation_node_entries_total{node="size",variant="short"}', 2],
      ['conversation_node_exits_total{node="size",outcome="undelivered"}', 0],
      ['conversation_reply_wait_seconds_sum', 19],
      ['conversation_reply_wait_seconds_bucket{le="30"}', 1],
      ['conversation_reply_wait_seconds_bucket{le="10"}', 0],
      ['conversation_waiting', 3],
      ['conversation_flow_info{version="v2"}', 1],
      ['whatsapp_messaging_limit', Number.POSITIVE_INFINITY],
      ['whatsapp_phone_status{status="connected"}', 1],
      ['whatsapp_phone_status{status="banned"}', 0],
      ['whatsapp_template_quality_rating{rating="red",template="order_ready"}', 1],
      ['whatsapp_account_restricted', 1],
      ['whatsapp_opt_outs_total{node="size"}', 1],
      ['whatsapp_message_failures_total{class="frequency_cap",code="131049"}', 1],
    ])('reads back %s in both formats', async (query, expected) => {
      const values = await Promise.all(
        ['openmetrics', 'text'].map((job) => {
          const matcher = query.includes('{')
            ? query.replace('{', `{job="${job}",`)
            : `${query}{job="${job}"}`;
          return prometheus.value(matcher);
        }),
      );

      expect(values).toEqual([expected, expected]);
    });

    it('stores the same series in both formats', async () => {
      const differing = await prometheus.value(
        'count({job="openmetrics",__name__=~"conversation_.*|turnspan_.*|whatsapp_.*"})' +
          ' - count({job="text",__name__=~"conversation_.*|turnspan_.*|whatsapp_.*"})',
      );

      expect(differing).toBe(0);
    });

    it('leads from a bucket to a trace', async () => {
      const now = Date.now() / 1000;
      const parameters = {
        query: 'conversation_reply_wait_seconds_bucket',
        start: String(now - 3600),
        end: String(now + 60),
      };

      const [series] = await waitFor(async () => {
        const found = await prometheus.api<Exemplars>('query_exemplars', parameters);
        return found.length > 0 ? found : undefined;
      });

      expect(series?.seriesLabels).toMatchObject({ job: 'openmetrics', le: '30' });
      expect(series?.exemplars[0]).toMatchObject({
        labels: { trace_id: TRACE.traceId, span_id: TRACE.spanId },
        value: '19',
      });
    });
  });
});
