import { FieldColorBuilder, FieldColorModeId } from '@grafana/grafana-foundation-sdk/dashboard';
import { DEFAULT_CONFIG } from '../config';
import { shared, step } from './queries';
import { column, latest, range } from './targets';
import { createThresholds } from './thresholds';
import { createBars } from './visuals/lines';
import { createRanking } from './visuals/numbers';
import { createTable } from './visuals/table';

/** How long ago each subject was heard of. */
export function createFreshness(): ReturnType<typeof createTable> {
  const by = 'kind, id, source';
  const seen = shared('whatsapp_state_observed_timestamp_seconds', { by });
  return createTable(
    {
      key: 'freshness',
      title: 'When did we last hear of it?',
      description: 'Age of the last word on each number, template, account and portfolio.',
      unit: 's',
      height: 12,
      targets: [column(`time() - ${seen}`, 'age')],
    },
    {
      columns: [
        { from: 'kind', title: 'Kind', width: 90 },
        { from: 'id', title: 'Which' },
        { from: 'source', title: 'Source', width: 90 },
        { from: 'age', title: 'Age', width: 100 },
      ],
      sortBy: 'Age',
    },
  );
}

/** How much of the rate limits is used up. */
export function createUsage(): ReturnType<typeof createRanking> {
  return createRanking({
    key: 'graph-usage',
    title: 'How much of the API budget is used up?',
    description: 'Share of each rate limit of the Graph API, as Meta last told.',
    unit: 'percentunit',
    height: 5,
    targets: [latest(shared('whatsapp_graph_usage_ratio', { by: 'kind' }), '{{kind}}')],
  })
    .min(0)
    .max(1)
    .colorScheme(new FieldColorBuilder().mode(FieldColorModeId.Thresholds))
    .thresholds(createThresholds({ yellow: 0.7, red: DEFAULT_CONFIG.thresholds.graphUsage }));
}

/** What came of the requests to the Graph API. */
export function createRequests(): ReturnType<typeof createBars> {
  return createBars(
    {
      key: 'graph-requests',
      title: 'Does the Graph API answer?',
      description: 'Requests to the Graph API, by endpoint and by what came of them.',
      unit: 'short',
      height: 7,
      targets: [
        range(
          `${step('whatsapp_graph_requests_total', { by: 'endpoint, result' })} > 0`,
          '{{endpoint}}: {{result}}',
        ),
      ],
    },
    { interval: '15m' },
  );
}

/** What came by webhook, and what was done with it. */
export function createWebhooks(): ReturnType<typeof createBars> {
  return createBars(
    {
      key: 'webhooks',
      title: 'What comes by webhook?',
      description:
        'Updates received, by field and by what was done with them. A bad signature is either somebody else or a wrong app secret.',
      unit: 'short',
      height: 12,
      targets: [
        range(
          `${step('whatsapp_webhook_events_total', { by: 'field, result' })} > 0`,
          '{{field}}: {{result}}',
        ),
      ],
    },
    { interval: '15m', legend: ['sum'] },
  );
}
