import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { systemClock } from '@turnspan/core';
import type { Journal } from '@turnspan/journal';
import { createSqliteJournal } from '@turnspan/store-sqlite';
import { type InvestigationsOptions, type TurnspanPlugin, turnspan } from '../src';
import { createConsoleSource } from '../src/console/create-source';
import { NO_STEPS } from '../src/console/known-steps';
import { parseKept } from '../src/investigations/kept';
import { NOW, run } from './cli/run';
import { writeStory } from './cli/story';

const SECRET = 'an app secret';
const TEMPLATE = '806312974732579';
const FAULT = { kind: 'node', flow: 'order', node: 'door_code' };
const ID = `template.${TEMPLATE}.rating.${NOW}`;
/** How long anything may take here. */
const WAIT_MS = 4000;
/** What every bot can be made to look into after everything else. */
const LAST = { id: `template.7.status.${NOW}` };

const story = newFolder();
beforeAll(() => writeStory(story), 60_000);
afterAll(() => rmSync(story, { recursive: true, force: true }));

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

it('a rating that falls is looked into once, and the journal has what was found', async () => {
  const { folder, post, plugin, errors } = await serve();

  const status = await post(rated('RED'));

  await until(async () => (await countOf(plugin)) === '1');
  const [row, ...others] = await readInvestigations(folder);
  expect([status, errors, others]).toEqual([200, [], []]);
  expect(row).toMatchObject({ id: ID, at: NOW, trigger: 'rating', subject: TEMPLATE, to: 'RED' });
  expect(row && parseKept(row)).toMatchObject({
    id: ID,
    suspect: FAULT,
    answer: { kind: 'found' },
  });
});

it.each([
  ['a rating that is good', rated('GREEN')],
  ['a rating that nobody knows', rated('UNKNOWN')],
  ['a template that is approved', templateStatus('APPROVED')],
])('%s is not looked into', async (_name, body) => {
  const bot = await serve();

  const status = await bot.post(body);

  await lookIntoLast(bot);
  expect([status, await readInvestigations(bot.folder)]).toMatchObject([200, [LAST]]);
});

it.each([
  ['a number that is flagged', flagged(), { trigger: 'status', to: 'FLAGGED' }],
  ['a template that is paused', templateStatus('PAUSED'), { trigger: 'status', to: 'PAUSED' }],
  ['an account that is restricted', restricted(), { trigger: 'restriction', to: 'RESTRICTED' }],
])('%s is looked into', async (_name, body, expected) => {
  const { folder, post, plugin } = await serve();

  await post(body);

  await until(async () => (await countOf(plugin, expected.trigger)) === '1');
  expect(await readInvestigations(folder)).toMatchObject([expected]);
});

describe('the webhook of investigations', () => {
  it('gets each of them once, with names of nodes and counts', async () => {
    const { url, received } = await receive(ok);
    const bot = await serve({ webhook: url });

    await bot.post(rated('RED'));
    await bot.post(rated('RED'));

    await lookIntoLast(bot);
    await until(() => received.length > 1);
    expect(received).toHaveLength(2);
    expect(JSON.parse(received[0] ?? '')).toMatchObject({
      kind: 'investigation',
      id: ID,
      trigger: { subject: { kind: 'template', name: 'welcome' }, attribute: 'rating', to: 'RED' },
      suspects: [{ subject: FAULT, evidence: expect.any(Array) }],
    });
    expect(received[0]).not.toMatch(/user_key|session|journey_id/);
  });

  it('gets a message that Slack takes', async () => {
    const { url, received } = await receive(ok);
    const { post } = await serve({ webhook: url, format: 'slack' });

    await post(rated('RED', '<!channel> & co'));

    await until(() => received.length > 0);
    const { text, ...others } = JSON.parse(received[0] ?? '');
    expect(others).toEqual({});
    expect(text).toContain('The rating of template &lt;!channel&gt; &amp; co became RED');
    expect(text).toContain('1. door_code of order');
  });

  it.each([
    ['answers 500', (_: unknown, response: ServerResponse) => response.writeHead(500).end()],
    ['leads elsewhere', redirect],
    ['breaks off', (request: IncomingMessage) => request.socket.destroy()],
  ])('harms nothing where it %s', async (_name, answer) => {
    const { url, received } = await receive(answer);
    const { folder, post, errors } = await serve({ webhook: `${url}?token=hunter2` });

    const status = await post(rated('RED'));

    await until(() => errors.length > 0);
    expect([status, received.length]).toEqual([200, 1]);
    expect(errors).toMatchObject([{ code: 'INVESTIGATION_UNSENT' }]);
    expect(String(errors[0])).not.toContain('hunter2');
    expect(await readInvestigations(folder)).toHaveLength(1);
  });

  it('holds up no shutdown where it is silent', async () => {
    const { url, received } = await receive(() => undefined);
    const { folder, post, plugin, errors } = await serve({ webhook: url });
    await post(rated('RED'));
    await until(() => received.length > 0);

    await plugin.shutdown();

    expect(errors).toEqual([]);
    expect(await readInvestigations(folder)).toHaveLength(1);
  });
});

it('of two bots on one folder that hear the same, one keeps it and tells of it', async () => {
  const { url, received } = await receive(ok);
  const one = await serve({ webhook: url });
  const other = await serve({ webhook: url }, one.folder);

  await Promise.all([one.post(rated('RED')), other.post(rated('RED'))]);

  await lookIntoLast(one);
  await other.post(restricted());
  await until(() => received.length > 2);
  const counts = await Promise.all([countOf(one.plugin), countOf(other.plugin)]);
  const ids = received.map((body) => JSON.parse(body).id);
  expect(ids.sort()).toEqual([expect.stringMatching(/^account\./), LAST.id, ID]);
  expect(await readInvestigations(one.folder)).toHaveLength(3);
  expect(counts.sort()).toEqual(['0', '1']);
  expect([one.errors, other.errors]).toEqual([[], []]);
});

it('nothing is looked into where nobody wants it', async () => {
  const { folder, post, plugin } = await serve(false);

  await post(rated('RED'));

  const count = await countOf(plugin);
  await plugin.shutdown();
  expect(count).toBeUndefined();
  expect(await readInvestigations(folder)).toEqual([]);
});

it('the console shows what was kept, with the texts of the bot', async () => {
  const { folder, post, plugin } = await serve();
  await post(rated('RED'));
  await until(async () => (await countOf(plugin)) === '1');
  const journal = openJournal(folder);
  const steps = { ...NO_STEPS, textOf: () => 'The code?' };

  const source = createConsoleSource(journal, { steps, now: () => NOW });
  const { investigations } = await source.investigations();
  const document = await source.investigation(ID);

  await journal.close();
  expect(investigations).toMatchObject([{ id: ID, suspect: FAULT }, { suspect: FAULT }]);
  expect(document).toMatchObject({ id: ID, answer: { kind: 'found' }, traces: [] });
  expect(document?.texts[0]).toEqual({ flow: 'order', node: 'door_code', text: 'The code?' });
});

it('the command line lists what was looked into', async () => {
  const { folder, post, plugin } = await serve();
  const words = ['investigate', '--list', '--journal', join(folder, 'journal.db')];
  const before = await run(words);
  await post(rated('RED'));
  await until(async () => (await countOf(plugin)) === '1');

  const [text, json] = await Promise.all([run(words), run([...words, '--json'])]);

  expect(before.stdout).toContain('The bot has looked into nothing yet.');
  expect(text.stdout).toMatch(/rating of template welcome.*door_code of order/);
  expect(JSON.parse(json.stdout).investigations).toMatchObject([{ id: ID, suspect: FAULT }]);
});

/** A plugin behind a plain server, on a journal of forty days in which a fault was planted. */
async function serve(investigations: InvestigationsOptions | false = {}, known?: string) {
  const folder = known ?? newFolder();
  if (known === undefined) {
    closing.push(() => rmSync(folder, { recursive: true, force: true }));
    copyFileSync(join(story, 'journal.db'), join(folder, 'journal.db'));
  }
  const errors: unknown[] = [];
  const plugin = turnspan({
    data: false,
    journal: { file: join(folder, 'journal.db') },
    metrics: { port: 0 },
    whatsapp: { appSecret: SECRET, verifyToken: 'agreed' },
    investigations,
    now: () => NOW,
    onError: (error) => errors.push(error),
  });
  closing.push(() => plugin.shutdown());
  const url = await listen((request, response) => void plugin.webhook?.(request, response));
  const post = async (value: object) => {
    const body = JSON.stringify({ object: 'whatsapp_business_account', entry: [value] });
    const signed = createHmac('sha256', SECRET).update(body).digest('hex');
    const headers = { 'X-Hub-Signature-256': `sha256=${signed}` };
    const response = await fetch(url, { method: 'POST', headers, body });
    await response.text();
    return response.status;
  };
  return { folder, plugin, post, errors };
}

/** One thing is looked into after the other, so that nothing is under way any more. */
async function lookIntoLast({ post, plugin }: Awaited<ReturnType<typeof serve>>): Promise<void> {
  await post(templateStatus('PAUSED', 7));
  await until(async () => (await countOf(plugin, 'status')) === '1');
}

async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  const end = performance.now() + WAIT_MS;
  while (!(await isSo())) {
    if (performance.now() > end) throw new Error('It has not come to be so.');
    await new Promise((resolve) => setImmediate(resolve));
  }
}

async function countOf(plugin: TurnspanPlugin, trigger = 'rating'): Promise<string | undefined> {
  const line = new RegExp(`^turnspan_investigations_total{trigger="${trigger}"} (.+)$`, 'm');
  return line.exec(await plugin.metrics())?.[1];
}

async function readInvestigations(folder: string) {
  const journal = openJournal(folder);
  const rows = await journal.investigations(10);
  await journal.close();
  return rows;
}

function openJournal(folder: string): Journal {
  const file = join(folder, 'journal.db');
  const clock = { ...systemClock, now: () => NOW };
  return createSqliteJournal({ file, clock, onError: fail });
}

function fail(error: unknown): never {
  throw error;
}

function ok(_: IncomingMessage, response: ServerResponse): void {
  response.end('ok');
}

function redirect(_: IncomingMessage, response: ServerResponse): void {
  response.writeHead(302, { location: 'http://127.0.0.1:9/' }).end();
}

function toEntry(field: string, value: object): object {
  return { id: '102290129340398', time: NOW / 1000, changes: [{ field, value }] };
}

function rated(new_quality_score: string, message_template_name = 'welcome'): object {
  const about = { message_template_id: Number(TEMPLATE), message_template_language: 'en_US' };
  const value = { ...about, message_template_name, new_quality_score };
  return toEntry('message_template_quality_update', value);
}

function templateStatus(event: string, message_template_id = Number(TEMPLATE)): object {
  const about = { message_template_name: 'welcome', message_template_language: 'en_US' };
  const value = { ...about, message_template_id, event, reason: 'NONE' };
  return toEntry('message_template_status_update', value);
}

function flagged(): object {
  const value = {
    display_phone_number: '16505551111',
    event: 'FLAGGED',
    current_limit: 'TIER_10K',
  };
  return toEntry('phone_number_quality_update', value);
}

function restricted(): object {
  const restriction = { restriction_type: 'RESTRICTED_BIZ_INITIATED_MESSAGING' };
  const expiration = NOW / 1000 + 3600;
  const restriction_info = [{ ...restriction, expiration }];
  return toEntry('account_update', { event: 'ACCOUNT_RESTRICTION', restriction_info });
}

function newFolder(): string {
  return mkdtempSync(join(tmpdir(), 'turnspan-investigations-'));
}

type Answer = (request: IncomingMessage, response: ServerResponse) => unknown;

/** Somebody who is told of investigations. */
async function receive(answer: Answer) {
  const received: string[] = [];
  const url = await listen(async (request, response) => {
    received.push((await buffer(request)).toString());
    answer(request, response);
  });
  return { url, received };
}

async function listen(answer: Answer): Promise<string> {
  const server = createServer((request, response) => void answer(request, response));
  await once(server.listen(0, '127.0.0.1'), 'listening');
  closing.push(() => server.close().closeAllConnections());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}
