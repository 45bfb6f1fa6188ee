import {
  BasicTracerProvider,
  InMemorySpanExporter,
  SimpleSpanProcessor,
} from '@opentelemetry/sdk-trace-base';
import fc from 'fast-check';
import {
  type Customer,
  mediaMessage,
  type PlannedStatus,
  textMessage,
} from '../../packages/testing/src';
import { turnspan } from '../../packages/turnspan/src';
import { startPizzaBot } from './support/pizza-bot';

/** Long enough that it is in nothing by chance. */
const text = fc
  .string({ unit: 'grapheme', minLength: 8, maxLength: 40 })
  .filter((value) => value.trim().length >= 8);
const digits = (length: number) =>
  fc
    .array(fc.integer({ min: 0, max: 9 }), { minLength: length, maxLength: length })
    .map((each) => `4${each.join('')}`);
const customer = fc.record({
  phone: digits(11),
  userId: digits(16).map((id) => `US.${id}`),
  name: text,
  username: text,
});

const STATUSES: readonly PlannedStatus[] = [
  { status: 'sent', afterMs: 0 },
  { status: 'delivered', afterMs: 1000 },
  { status: 'failed', afterMs: 2000, code: 131_026 },
];

/** What a customer writes: a whole order with answers that fit nowhere, and a coupon. */
const toMessages = ([street = '', size = '', code = '', coupon = '']: readonly string[]) => [
  'order',
  size,
  'large',
  street,
  code,
  code,
  'help',
  'ab-1234-5',
  street,
  'cancel',
  'coupon',
  coupon,
  'support',
  coupon,
];

/** Every text in a value, however deep, itself and as it would be written. */
function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  if (value instanceof Error) return [value.message, value.stack ?? ''];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, each]) => [key, ...textsIn(each)]);
}

/** Lets the customer talk to the bot and gives all that Turnspan tells of it. */
async function listen(from: Customer, texts: readonly string[]) {
  const emitWarning = jest.spyOn(process, 'emitWarning').mockImplementation(() => {});
  const exporter = new InMemorySpanExporter();
  const spanProcessors = [new SimpleSpanProcessor(exporter)];
  const tracer = new BasicTracerProvider({ spanProcessors }).getTracer('test');
  let last = '';
  const fail = () => {
    throw new TypeError(`${last}\n    at ${last} (${from.name}:1:1)`);
  };
  let now = Date.now();
  const plugin = turnspan({
    metrics: { port: 0 },
    tracing: { tracer },
    observers: [fail],
    now: () => now,
  });
  const bot = await startPizzaBot({ plugin, customer: from });
  bot.graph.setStatuses(() => STATUSES);
  const ids: string[] = [];
  const post = (body: ReturnType<typeof textMessage>) => {
    ids.push(JSON.stringify(body).match(/wamid\.[^"]+/)?.[0] ?? '');
    return bot.graph.postWebhook(body);
  };
  for (last of toMessages(texts)) await post(textMessage({ from, at: now }, last));
  const photo = { type: 'image', id: '1', mimeType: 'image/png' } as const;
  await post(mediaMessage({ from, at: now }, { ...photo, caption: last }));
  await bot.graph.flushStatuses(Number.POSITIVE_INFINITY);
  now += 48 * 60 * 60 * 1000;
  await plugin.sweep();
  const metrics = await plugin.metrics();
  const spans = exporter
    .getFinishedSpans()
    .flatMap(({ name, attributes, events, links, status }) =>
      textsIn([name, attributes, events, links.map((link) => link.attributes), status]),
    );
  const warnings = textsIn(emitWarning.mock.calls);
  emitWarning.mockRestore();
  await bot.close();
  return { metrics, spans, warnings, ids: [...ids, ...bot.graph.sent.map(({ id }) => id)] };
}

/** A text itself, and as it is written inside of JSON and of an exposition. */
function spellings(secret: string): readonly string[] {
  return [secret, JSON.stringify(secret).slice(1, -1), secret.replace(/[\\"\n]/g, '\\$&')];
}

it('tells nothing about people in metrics, spans and warnings', async () => {
  jest.spyOn(console, 'error').mockImplementation(() => {});
  await fc.assert(
    fc.asyncProperty(
      customer,
      fc.array(text, { minLength: 4, maxLength: 4 }),
      async (from, texts) => {
        const { metrics, spans, warnings, ids } = await listen(from, texts);

        const secrets = [...Object.values(from), ...texts, ...ids].flatMap(spellings);
        expect(ids.length).toBeGreaterThan(20);
        expect(spans.length).toBeGreaterThan(200);
        expect(warnings.length).toBeGreaterThan(0);
        expect(secrets.filter((secret) => metrics.includes(secret))).toEqual([]);
        expect(secrets.filter((secret) => spans.join('\n').includes(secret))).toEqual([]);
        expect(secrets.filter((secret) => warnings.join('\n').includes(secret))).toEqual([]);
      },
    ),
    { numRuns: 15 },
  );
  jest.restoreAllMocks();
}, 120_000);
