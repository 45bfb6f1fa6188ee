import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { type TurnspanPlugin, turnspan } from '../src';
import { BAD_INPUTS, NOW, VALID } from './support/bad-inputs';
import { EXPECTED_STATES } from './support/quality-payloads';

const FIXTURES = join(__dirname, '../../whatsapp/test/fixtures');
const SECRET = 'an app secret';
const DELAY_MS = 5000;
/** What the payloads tell of people, none of whom may show in a metric. */
const PEOPLE = /16505551234|972987654321|972912345678|Sheena|Test Name|US\.1349|wamid/;

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

it('every recorded webhook has a row', () => {
  const recorded = readdirSync(FIXTURES)
    .filter((file) => file.endsWith('.json') && !file.startsWith('api.'))
    .map((file) => file.replace(/\.json$/, ''));

  expect(EXPECTED_STATES.map(({ file }) => file).sort()).toEqual(recorded.sort());
});

it.each(EXPECTED_STATES)('$file leads to its state and its metrics', async (expected) => {
  const body = readFileSync(join(FIXTURES, `${expected.file}.json`), 'utf8');
  const { plugin, post, errors } = await serve(sentAt(body) + DELAY_MS);

  const status = await post(body);

  const text = await plugin.metrics();
  expect(status).toBe(200);
  expect(errors).toEqual([]);
  expect(samplesOf(text)).toEqual(expected.metrics);
  expect(linesOf(plugin)).toEqual(expected.report ?? []);
  expect(text).not.toMatch(PEOPLE);
});

describe('what ends by itself', () => {
  const ending = EXPECTED_STATES.filter(({ report }) =>
    report?.some((line) => line.includes(' until ')),
  );

  it.each(ending)('$file is over after its end', async ({ file, report = [] }) => {
    const body = readFileSync(join(FIXTURES, `${file}.json`), 'utf8');
    const { plugin, post, setClock } = await serve(sentAt(body) + DELAY_MS);
    await post(body);

    const [end = 0] = report.flatMap((line) =>
      (/ until (\d+)/.exec(line)?.slice(1) ?? []).map(Number),
    );
    setClock(end * 1000 - 1);
    const before = linesOf(plugin);
    setClock(end * 1000);
    const after = linesOf(plugin);

    expect(before).toEqual(report);
    expect(after).toEqual(report.filter((line) => !line.includes(' until ')));
    expect(await plugin.metrics()).not.toMatch(
      /^whatsapp_(account_restrict|template_paused_until|template_status\{.*(paused|flagged)"\} 1)/m,
    );
  });
});

describe('bad input', () => {
  it.each(BAD_INPUTS)('$name', async ({ requests, statuses, metrics, report }) => {
    const { plugin, post, ...seen } = await serve(NOW);

    const answers: number[] = [];
    for (const { body, ...headers } of requests) answers.push(await post(body, headers));

    const text = await plugin.metrics();
    const webhooks = samplesOf(text).filter((line) => line.startsWith('whatsapp_webhook_'));
    expect(answers).toEqual(statuses);
    expect(webhooks).toEqual(metrics);
    expect(linesOf(plugin)).toEqual(report);
    expect(seen.errors).toEqual([]);
    expect(Object.keys(Object.prototype)).toEqual([]);
    expect(await post(VALID)).toBe(200);
  });

  it('a thousand updates in one body are all applied, and their labels stay bounded', async () => {
    const { plugin, post, errors } = await serve(NOW);
    const entry = Array.from({ length: 1000 }, (_, index) => ratedTemplate(index));

    const status = await post(JSON.stringify({ object: 'whatsapp_business_account', entry }));

    const samples = samplesOf(await plugin.metrics());
    const scored = samples.filter((line) => line.startsWith('whatsapp_template_quality_score'));
    expect([status, errors]).toEqual([200, []]);
    expect(samples).toContain(
      'whatsapp_webhook_events_total{field="message_template_quality_update",result="applied"} 1000',
    );
    expect(samples).toContain(
      'whatsapp_quality_events_total{kind="template",event="message_template_quality_update"} 1000',
    );
    expect(plugin.quality().templates).toHaveLength(1000);
    expect(scored).toHaveLength(201);
    expect(scored).toContain(
      'whatsapp_template_quality_score{template="__other__",language="__other__"} 1',
    );
  });
});

function ratedTemplate(index: number): object {
  const value = {
    new_quality_score: index % 2 === 0 ? 'RED' : 'GREEN',
    message_template_id: 1000 + index,
    message_template_name: `template_${index}`,
    message_template_language: 'en_US',
  };
  const changes = [{ field: 'message_template_quality_update', value }];
  return { id: '102290129340398', time: NOW / 1000, changes };
}

interface Headers {
  /** @default the secret that was agreed */
  readonly secret?: string;
  /** @default a right one */
  readonly signature?: string;
}

/** A plugin of its own behind a plain server, with a clock that stands until it is set. */
async function serve(start: number) {
  let now = start;
  const errors: unknown[] = [];
  const plugin = turnspan({
    metrics: { port: 0 },
    whatsapp: { appSecret: SECRET, verifyToken: 'agreed' },
    now: () => now,
    tick: () => now,
    onError: (error) => errors.push(error),
  });
  const server = createServer((request, response) => void plugin.webhook?.(request, response));
  await once(server.listen(0, '127.0.0.1'), 'listening');
  closing.push(
    () => plugin.shutdown(),
    () => server.close().closeAllConnections(),
  );
  const { port } = server.address() as AddressInfo;
  const post = async (body: string, { secret = SECRET, signature }: Headers = {}) => {
    const signed = createHmac('sha256', secret).update(body).digest('hex');
    const response = await fetch(`http://127.0.0.1:${port}/webhook`, {
      method: 'POST',
      headers: { 'X-Hub-Signature-256': signature ?? `sha256=${signed}` },
      body,
    });
    await response.text();
    return response.status;
  };
  return {
    plugin,
    post,
    errors,
    setClock: (time: number) => {
      now = time;
    },
  };
}

/** The time of the newest entry; messages have none, and take one that is later than all of theirs. */
function sentAt(body: string): number {
  const { entry } = JSON.parse(body) as { entry: readonly { time?: number | string }[] };
  const times = entry.map(({ time = 0 }) => Number(time));
  return (Math.max(...times) || 1_795_000_000) * 1000;
}

function samplesOf(text: string): readonly string[] {
  return text
    .split('\n')
    .filter((line) => line.startsWith('whatsapp_') && !line.endsWith(' 0'))
    .sort();
}

type Subject = ReturnType<TurnspanPlugin['quality']>['phones'][number];

/** The report, an attribute a line; without the ratings that nobody ever told. */
function linesOf(plugin: TurnspanPlugin): readonly string[] {
  const { phones, templates, accounts, portfolios } = plugin.quality();
  return [
    ...phones.flatMap((subject) => toLines('phone', subject)),
    ...templates.flatMap((subject) => toLines('template', subject)),
    ...accounts.flatMap((subject) => toLines('account', subject)),
    ...portfolios.flatMap((subject) => toLines('portfolio', subject)),
  ].sort();
}

function toLines(kind: string, { id, name, language, attributes }: Subject): readonly string[] {
  const named = language === undefined ? [] : [`(${name}, ${language})`];
  return Object.entries(attributes).flatMap(([attribute, { value, since, until, reason }]) => {
    if (since === undefined) return [];
    const end = until === undefined ? [] : [`until ${until / 1000}`];
    const why = reason === undefined ? [] : [`because ${reason}`];
    const fact = `${attribute} ${value} since ${since / 1000}`;
    return [[kind, id, ...named, fact, ...end, ...why].join(' ')];
  });
}
