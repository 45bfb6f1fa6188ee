import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WhatsAppAdapter } from '@turnspan/botkit-whatsapp';
import { type Clock, type QualityFact, Tracker } from '@turnspan/core';
import { createSqliteJournal } from '@turnspan/store-sqlite';
import { type GraphApi, SAMPLE_LINE, startGraphApi, webhook } from '@turnspan/testing';
import { Botkit } from 'botkit';
import { type TurnspanPlugin, turnspan } from '../src';
import type { SharedKnowledge } from '../src/shared-knowledge';
import { createWhatsApp, type WhatsApp } from '../src/whatsapp';
import { endAfterEach } from './support/bot';

const endAfterTest = endAfterEach();
const SECRETS = { appSecret: 'an app secret', verifyToken: 'agreed' };
const { phoneNumberId, businessAccountId } = SAMPLE_LINE;
const TEMPLATE = { id: '1689556908129840', name: 'spring_sale', language: 'en_US' };
const FLAGGED =
  'whatsapp_template_status{template="spring_sale",language="en_US",status="flagged"} 1';
const T0 = Date.UTC(2026, 0, 5, 9);

function createFile(): string {
  const folder = mkdtempSync(join(tmpdir(), 'turnspan-shared-'));
  endAfterTest(() => rmSync(folder, { recursive: true, force: true }));
  return join(folder, 'journal.db');
}

async function startGraph(): Promise<GraphApi> {
  const account = { id: businessAccountId, phones: [{ id: phoneNumberId }], templates: [TEMPLATE] };
  const graph = await startGraphApi({
    appSecret: SECRETS.appSecret,
    phoneNumberIds: [phoneNumberId],
    business: { accounts: [account] },
  });
  endAfterTest(() => graph.close());
  return graph;
}

/** A process, as far as the others can tell: a bot of its own, and the plugin. */
function startBot(graph: GraphApi, file: string, onError = jest.fn()) {
  const accessToken = 'test-access-token';
  const whatsapp = { ...SECRETS, accessToken, businessAccountId, baseUrl: graph.url };
  const plugin = turnspan({ metrics: { port: 0 }, journal: { file }, whatsapp, onError });
  const controller = new Botkit({
    adapter: new WhatsAppAdapter({ ...SECRETS, accessToken, phoneNumberId, baseUrl: graph.url }),
    disable_webserver: true,
    disable_console: true,
  });
  endAfterTest(() => plugin.shutdown());
  controller.usePlugin(plugin);
  return { plugin, onError };
}

/** Meta tells one of the bots. */
async function tell(graph: GraphApi, { webhook: receive }: TurnspanPlugin, event: string) {
  const server = createServer((request, response) => void receive?.(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  graph.setWebhookUrl(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  const value = {
    event,
    message_template_id: Number(TEMPLATE.id),
    message_template_name: TEMPLATE.name,
    message_template_language: TEMPLATE.language,
    reason: 'NONE',
  };
  const time = Math.floor(Date.now() / 1000) + 1;
  const status = await graph.postWebhook(
    webhook({ field: 'message_template_status_update', value }, { time }),
  );
  server.closeAllConnections();
  server.close();
  expect(status).toBe(200);
}

/** How often all of them together say that something happened. */
async function countEvents(plugins: readonly TurnspanPlugin[], event: string): Promise<number> {
  const texts = await Promise.all(plugins.map((plugin) => plugin.metrics()));
  const found = texts.map((text) =>
    new RegExp(`whatsapp_quality_events_total\\{.*event="${event}"\\} (\\d+)`).exec(text),
  );
  return found.reduce((sum, match) => sum + Number(match?.[1] ?? 0), 0);
}

/** What is known, without when it was last seen: the journal hears of that every few minutes. */
function withoutSights(plugin: TurnspanPlugin): unknown {
  const text = JSON.stringify(plugin.quality(), (name, value) =>
    name === 'observedAt' ? undefined : value,
  );
  return JSON.parse(text);
}

const statusIn = (plugin: TurnspanPlugin) =>
  plugin.quality().templates[0]?.attributes.status?.value;

describe('two bots with the same journal', () => {
  it('poll once, and both show what was read', async () => {
    const [graph, file] = [await startGraph(), createFile()];
    const one = startBot(graph, file);
    await one.plugin.poll();
    const calls = graph.management.count();

    const other = startBot(graph, file);
    await other.plugin.poll();

    expect(calls).toBeGreaterThan(3);
    expect(graph.management.count()).toBe(calls);
    expect(withoutSights(other.plugin)).toEqual(withoutSights(one.plugin));
    expect(await other.plugin.metrics()).toContain(
      `whatsapp_phone_quality_score{line="${phoneNumberId}"} 3`,
    );
    expect([one.onError.mock.calls, other.onError.mock.calls]).toEqual([[], []]);
  });

  it.each([
    ['polls', 0],
    ['does not poll', 1],
  ])('both show what Meta tells the one that %s, and count it once', async (_name, index) => {
    const [graph, file] = [await startGraph(), createFile()];
    const one = startBot(graph, file);
    await one.plugin.poll();
    const other = startBot(graph, file);
    await other.plugin.poll();
    const plugins = [one.plugin, other.plugin] as const;

    graph.business.setTemplate(TEMPLATE.id, { status: 'FLAGGED' });
    await tell(graph, plugins[index === 0 ? 0 : 1], 'FLAGGED');
    for (const plugin of [...plugins, ...plugins]) await plugin.poll();

    const metrics = await Promise.all(plugins.map((plugin) => plugin.metrics()));
    expect(plugins.map(statusIn)).toEqual(['FLAGGED', 'FLAGGED']);
    expect(metrics.map((text) => text.includes(FLAGGED))).toEqual([true, true]);
    expect(await countEvents(plugins, 'flagged')).toBe(1);
    await Promise.all(plugins.map((plugin) => plugin.shutdown()));
    const journal = createSqliteJournal({ file, onError: jest.fn() });
    const history = await journal.timeline({ kind: 'template', attribute: 'status' });
    await journal.close();
    expect(history.map(({ value }) => value)).toEqual(['APPROVED', 'FLAGGED']);
  });

  it('take turns: the second polls when the first has shut down', async () => {
    const [graph, file] = [await startGraph(), createFile()];
    const one = startBot(graph, file);
    await one.plugin.poll();
    const other = startBot(graph, file);
    await other.plugin.poll();
    const calls = graph.management.count();

    await one.plugin.shutdown();
    graph.business.setTemplate(TEMPLATE.id, { status: 'DISABLED' });
    await other.plugin.poll();

    expect(graph.management.count()).toBeGreaterThan(calls);
    expect(statusIn(other.plugin)).toBe('DISABLED');
  });
});

/** Timers that run when they are told to. */
function createTimers() {
  const timers = new Set<{ readonly run: () => void; readonly delayMs: number }>();
  return {
    startTimer: (run: () => void, delayMs: number) => {
      const timer = { run, delayMs };
      timers.add(timer);
      return () => timers.delete(timer);
    },
    delays: () => [...timers].map(({ delayMs }) => delayMs),
    runAll: (delayMs: number) => {
      for (const timer of [...timers].filter((each) => each.delayMs === delayMs)) {
        timers.delete(timer);
        timer.run();
      }
    },
  };
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

const FACT: QualityFact = {
  subject: { kind: 'template', id: TEMPLATE.id, name: TEMPLATE.name, language: 'en_US' },
  attribute: 'status',
  value: 'PAUSED',
  at: T0,
  observedAt: T0,
  source: 'webhook',
};

/** The state of a process without a token, whose journal others write too. */
function createShared(facts: jest.Mock<Promise<readonly QualityFact[]>, []>) {
  const clock: Clock = { now: () => T0, tick: () => T0 };
  const timers = createTimers();
  const onError = jest.fn();
  const told: unknown[] = [];
  const tracker = new Tracker({ clock, onError, observers: [(event) => void told.push(event)] });
  const knowledge = { facts } as Partial<SharedKnowledge> as SharedKnowledge;
  const setup = { tracker, clock, onError, knowledge, metrics: undefined };
  const whatsapp = createWhatsApp({}, { ...setup, startTimer: timers.startTimer });
  endAfterTest(() => whatsapp.stop());
  return { whatsapp, timers, onError, told };
}

async function runTimer(timers: ReturnType<typeof createTimers>): Promise<void> {
  timers.runAll(30_000);
  await turn();
}

async function start(whatsapp: WhatsApp): Promise<void> {
  whatsapp.start(undefined);
  await turn();
}

describe('the state of a process that shares a journal', () => {
  it('follows the journal every 30 seconds, and tells nobody', async () => {
    const facts = jest.fn(async (): Promise<readonly QualityFact[]> => []);
    const { whatsapp, timers, told } = createShared(facts);
    await start(whatsapp);

    facts.mockResolvedValue([FACT]);
    const before = whatsapp.facts();
    await runTimer(timers);
    await runTimer(timers);

    expect([before, whatsapp.facts()]).toEqual([[], [FACT]]);
    expect(facts).toHaveBeenCalledTimes(3);
    expect(told).toEqual([]);
  });

  it('stays as it is while the journal cannot be read, which is reported once', async () => {
    const facts = jest.fn(async (): Promise<readonly QualityFact[]> => [FACT]);
    const { whatsapp, timers, onError } = createShared(facts);
    await start(whatsapp);
    const broken = new Error('The disk is gone.');

    facts.mockRejectedValue(broken);
    for (let times = 0; times < 3; times += 1) await runTimer(timers);
    const reported = [...onError.mock.calls];
    facts.mockResolvedValueOnce([FACT]);
    for (let times = 0; times < 3; times += 1) await runTimer(timers);

    expect(reported).toEqual([[broken]]);
    expect(onError).toHaveBeenCalledTimes(2);
    expect(whatsapp.facts()).toEqual([FACT]);
  });

  it('leaves no timer behind, even if it is stopped while it reads', async () => {
    const facts = jest.fn(async (): Promise<readonly QualityFact[]> => [FACT]);
    const { whatsapp, timers, onError } = createShared(facts);
    await start(whatsapp);

    facts.mockRejectedValue(new Error('The journal is closed.'));
    timers.runAll(30_000);
    whatsapp.stop();
    await turn();

    expect(timers.delays()).toEqual([]);
    expect(onError).not.toHaveBeenCalled();
  });

  it('knows a number by its id, whoever kept it by another name', async () => {
    const digits = SAMPLE_LINE.displayPhoneNumber;
    const subject = { kind: 'phone', id: digits } as const;
    const facts = jest.fn(async (): Promise<readonly QualityFact[]> => [{ ...FACT, subject }]);
    const { whatsapp, timers } = createShared(facts);
    const phones = {
      subscribe: (listen: (phone: { digits: string; id: string }) => void) => {
        listen({ digits, id: phoneNumberId });
        return () => undefined;
      },
    };

    whatsapp.start({ phones });
    await turn();
    await runTimer(timers);

    expect(whatsapp.facts().map((fact) => fact.subject.id)).toEqual([phoneNumberId]);
  });
});
