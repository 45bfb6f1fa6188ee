import type { Clock } from '../../../core/src';
import type { PrometheusObserver } from '../../../prometheus/src';
import { Management, SAMPLE_LINE } from '../../../testing/src';
import {
  createGraphClient,
  createPoller,
  type Fetch,
  type GraphUsage,
  type Poller,
  type Quality,
} from '../../../whatsapp/src';

export const LINE: string = SAMPLE_LINE.phoneNumberId;
export const ACCOUNT: string = SAMPLE_LINE.businessAccountId;
/** The templates of the business. */
export const TEMPLATES = {
  reminder: { id: '2001', name: 'appointment_reminder' },
  sale: { id: '2002', name: 'spring_sale' },
  greeting: { id: '2003', name: 'season_greetings' },
} as const;

const TOKEN = 'test-access-token';
const LIMITS = ['whatsapp_business_management', 'whatsapp'];

/** What Meta knows of the business of a bot; it answers without a network. */
export function createMeta(clock: Clock): Management {
  return new Management({
    appSecret: 'secret',
    phoneNumberIds: [LINE],
    accessToken: TOKEN,
    clock,
    business: {
      accounts: [
        {
          id: ACCOUNT,
          phones: [{ id: LINE, display: SAMPLE_LINE.displayPhoneNumber, ratedAt: clock.now() }],
          templates: Object.values(TEMPLATES).map((each) => ({ ...each, ratedAt: clock.now() })),
        },
      ],
    },
  });
}

/** What a poller of Meta tells: what it finds, and what became of its requests. */
export interface PollingBot {
  readonly clock: Clock;
  readonly quality: Quality;
  readonly metrics: Pick<PrometheusObserver, 'graphRequest' | 'graphUsage'>;
}

/** The poller that a bot has, which reads when it is told to. */
export function createMetaPoller(
  meta: Management,
  { clock, quality, metrics }: PollingBot,
): Poller {
  const onUsage = (usages: readonly GraphUsage[]) => {
    poller.noteUsage(usages);
    for (const { type = 'app', callPercent } of usages) metrics.graphUsage(type, callPercent / 100);
  };
  const poller = createPoller({
    graph: createGraphClient({ accessToken: TOKEN, fetch: toFetch(meta), onUsage }),
    businessAccountIds: [ACCOUNT],
    onFacts: (facts) => quality.takeFacts(facts),
    onRequest: (endpoint, result) => metrics.graphRequest(endpoint, result),
    onError: () => undefined,
    phones: quality.phones,
    clock,
  });
  return poller;
}

function toFetch(meta: Management): Fetch {
  return async (url, { method, headers }) => {
    const authorization = headers.Authorization ?? headers.authorization;
    const { answer } = meta.receive({ method, url: new URL(url), authorization });
    const usage = meta.usage.headers(ACCOUNT, LIMITS);
    if (answer.kind === 'success') return Response.json(answer.body, { headers: usage });
    if (answer.kind !== 'refusal') throw new TypeError('fetch failed');
    const { code, message, httpStatus } = answer.error;
    return Response.json({ error: { code, message } }, { status: httpStatus, headers: usage });
  };
}
