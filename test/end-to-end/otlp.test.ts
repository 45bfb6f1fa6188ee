import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import {
  type OtlpReceiver,
  type OtlpSpan,
  startOtlpReceiver,
} from '../../packages/opentelemetry/test/support/otlp-receiver';
import {
  buttonReply,
  type GraphApi,
  textMessage,
  type WebhookBody,
} from '../../packages/testing/src';
import { type Child, startNode } from './support/child';
import { ACCOUNT, startMeta } from './support/pizzeria';

const ANNA = {
  phone: '16505551234',
  userId: 'US.13491208655302741918',
  name: 'Anna Karenina',
  username: 'anna.k',
};
const BERT = { phone: '34600000001', name: 'Bert Brecht' };
const TEXTS = { street: '12 Moon Street', wrongCode: 'under the mat', code: 'ab-1234-5' };

let receiver: OtlpReceiver;
let graph: GraphApi;
let bot: Child;
/** The spans of Turnspan that were open after each webhook. */
const open: unknown[] = [];
/** All that is told about people; none of it may be in a span. */
const personal: string[] = [
  ...Object.values(ANNA),
  ...Object.values(BERT),
  ...Object.values(TEXTS),
];

async function ask<T>(question: string): Promise<T> {
  const id = randomUUID();
  bot.process.send({ id, question });
  for (;;) {
    const [reply] = await once(bot.process, 'message');
    if (reply.id === id) return reply.answer;
  }
}

async function post(body: WebhookBody): Promise<void> {
  expect(await graph.postWebhook(body)).toBe(200);
  open.push(await ask('openSpans'));
}

function incoming(from: typeof ANNA | typeof BERT) {
  const id = `wamid.${Buffer.from(`${from.phone}${personal.length}`).toString('base64')}`;
  personal.push(id);
  return { from, at: Date.now(), id };
}

const says = (text: string, from: typeof ANNA | typeof BERT = ANNA) =>
  post(textMessage(incoming(from), text));
const taps = (id: string) => post(buttonReply(incoming(ANNA), { id, title: id }));

/** Anna orders, with an interrupt and a wrong answer; a message to Bert is refused, and he leaves. */
async function converse(): Promise<void> {
  await says('order');
  await taps('large');
  await says('help');
  await says(TEXTS.street);
  await says(TEXTS.wrongCode);
  await says(TEXTS.code);
  await taps('yes');
  await says('menu', BERT);
  graph.failNext({ kind: 'error', code: 131_026 });
  await says('no idea', BERT);
  await ask('letDayPass');
  open.push(await ask('openSpans'));
}

beforeAll(async () => {
  receiver = await startOtlpReceiver();
  graph = await startMeta();
  bot = startNode([require.resolve('./support/traced-bot')], {
    WHATSAPP_ACCOUNT: JSON.stringify(ACCOUNT),
    GRAPH_URL: graph.url,
    PORT: '0',
    OTEL_EXPORTER_OTLP_ENDPOINT: receiver.endpoint,
  });
  await bot.waitFor(/listening/);
  graph.setWebhookUrl(`http://127.0.0.1:${await ask('port')}/webhook`);
  await converse();
  await ask('flush');
  personal.push(...graph.sent.map(({ id }) => id));
}, 40_000);
afterAll(async () => {
  await bot?.stop();
  await graph?.close();
  await receiver?.close();
});

const spansNamed = (name: string) => receiver.spans().filter((span) => span.name === name);

/** The turns in the order of their messages. */
const turns = () =>
  spansNamed('process whatsapp').sort((a, b) => (a.startUnixNanos < b.startUnixNanos ? -1 : 1));

/** What hangs below a span, as names and kinds, the first begun first. */
function treeBelow({ spanId }: OtlpSpan, indent = ''): readonly string[] {
  return receiver
    .spans()
    .filter(({ parentSpanId }) => parentSpanId === spanId)
    .sort((a, b) => (a.startUnixNanos < b.startUnixNanos ? -1 : 1))
    .flatMap((span) => [`${indent}${span.name} ${span.kind}`, ...treeBelow(span, `${indent}  `)]);
}

describe('the spans of the pizza bot', () => {
  it('form one tree for each turn: the turn, its nodes, what they send', () => {
    const trees = turns().map((turn) => treeBelow(turn));

    expect(turns().map(({ kind }) => kind)).toEqual(Array(9).fill('CONSUMER'));
    expect(trees.slice(0, 3)).toEqual([
      [
        'node order/hello INTERNAL',
        '  send whatsapp CLIENT',
        'node order/size INTERNAL',
        '  send whatsapp CLIENT',
      ],
      ['node order/delivery INTERNAL', 'node address/street INTERNAL', '  send whatsapp CLIENT'],
      [
        'node help/text INTERNAL',
        '  send whatsapp CLIENT',
        'node address/street INTERNAL',
        '  send whatsapp CLIENT',
      ],
    ]);
  });

  it('hang below the span of the HTTP request that brought the message', () => {
    const servers = receiver.spans().filter(({ kind }) => kind === 'SERVER');
    const parents = turns().map((turn) =>
      servers.filter(
        ({ spanId, traceId }) => spanId === turn.parentSpanId && traceId === turn.traceId,
      ),
    );

    expect(parents.map((spans) => spans.map(({ name }) => name))).toEqual(
      Array(9).fill([expect.stringMatching(/^POST/)]),
    );
    expect(new Set(turns().map(({ traceId }) => traceId)).size).toBe(9);
  });

  it('link a visit to the turn that asked and the turn that answered', () => {
    const [asked, answered] = turns();
    const [visit, ...others] = spansNamed('visit order/size');

    const link = (turn?: OtlpSpan) => ({ traceId: turn?.traceId, spanId: turn?.spanId });
    expect(others).toEqual([]);
    expect(visit).toMatchObject({
      kind: 'INTERNAL',
      parentSpanId: '',
      status: 'UNSET',
      links: [link(asked), link(answered)],
      attributes: { 'conversation.outcome': 'advanced' },
    });
    expect([asked, answered].map((turn) => turn?.traceId)).not.toContain(visit?.traceId);
  });

  it('link a visit that nobody answered to the turn that asked only', () => {
    const dropped = receiver
      .spans()
      .filter(({ attributes }) => attributes['conversation.outcome'] === 'dropped');

    expect(dropped.map(({ name, links }) => [name, links.length])).toEqual([
      ['visit menu/choice', 1],
    ]);
    expect(turns().map(({ spanId }) => spanId)).toContain(dropped[0]?.links[0]?.spanId);
  });

  it('say that a message was refused, and nothing else is an error', () => {
    const errors = receiver.spans().filter(({ status }) => status === 'ERROR');

    expect(errors.map(({ name, attributes }) => [name, attributes['error.type']])).toEqual([
      ['send whatsapp', 'GraphError'],
    ]);
  });

  it('are all ended whenever the bot waits for somebody', () => {
    expect(open).toEqual(Array(10).fill([]));
  });

  it('tell nothing about people', () => {
    const told = JSON.stringify(receiver.spans(), (_, value) =>
      typeof value === 'bigint' ? String(value) : value,
    );

    expect(receiver.spans().length).toBeGreaterThan(30);
    expect(personal.length).toBeGreaterThan(25);
    expect(personal.filter((text) => told.includes(text))).toEqual([]);
  });
});
