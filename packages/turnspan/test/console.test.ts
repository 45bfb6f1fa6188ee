import { join } from 'node:path';
import type { ExperimentsDocument, FlowsDocument } from '@turnspan/console';
import { turnspan } from '../src';
import type { ConsoleOptions } from '../src/options';
import { foldersForTests } from './cli/journal';
import { run } from './cli/run';
import { writeTrial } from './cli/trial';
import { writeVisits } from './cli/visits';
import { endAfterEach, startBot } from './support/bot';
import { bundlePage } from './support/console-files';

const TOKEN = 'a token of this test';
const PERIOD = 'since=0&until=34000000000';
const newFolder = foldersForTests();
const endAfterTest = endAfterEach();

beforeAll(bundlePage, 60_000);

async function startWithConsole(options: ConsoleOptions | undefined, journal: object | false = {}) {
  const bot = await startBot();
  const errors: unknown[] = [];
  const folder = newFolder();
  const plugin = turnspan({
    metrics: { port: 0 },
    data: false,
    journal: journal && { file: join(folder, 'journal.sqlite') },
    ...(options && { console: options }),
    onError: (error) => errors.push(error),
  });
  bot.controller.usePlugin(plugin);
  endAfterTest(() => plugin.shutdown());
  return { bot, plugin, errors };
}

const bearer = { headers: { authorization: `Bearer ${TOKEN}` } };

describe('the page of a bot', () => {
  it('is off unless asked for', async () => {
    const { plugin } = await startWithConsole(undefined);

    expect(await plugin.consoleAddress()).toBeUndefined();
  });

  it('is on loopback, and shows nothing without the token', async () => {
    const { plugin } = await startWithConsole({ port: 0, token: TOKEN });

    const { url = '', link = '' } = (await plugin.consoleAddress()) ?? {};
    const answer = await fetch(`${url}data/flows?${PERIOD}`);

    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/$/);
    expect(link).toBe(`${url}?token=a%20token%20of%20this%20test`);
    expect(answer.status).toBe(401);
  });

  it('shows what the scripts of the bot say', async () => {
    const { bot, plugin } = await startWithConsole({ port: 0, token: TOKEN });
    await bot.says('order');

    const { url = '' } = (await plugin.consoleAddress()) ?? {};
    const answer = await fetch(`${url}data/flows?${PERIOD}`, bearer);
    const { flows } = (await answer.json()) as FlowsDocument;

    const declared = plugin.graph().flows.find(({ id }) => id === 'order');
    expect(flows[0]?.nodes.map(({ node }) => node)).toEqual(declared?.nodes.map(({ id }) => id));
    expect(flows[0]?.nodes[0]?.text).toEqual(expect.any(String));
  });

  it('makes a token of its own where none is given', async () => {
    const { plugin } = await startWithConsole({ port: 0 });

    const { link = '' } = (await plugin.consoleAddress()) ?? {};
    const answer = await fetch(link, { redirect: 'manual' });

    expect(answer.status).toBeGreaterThanOrEqual(302);
    expect(answer.headers.get('set-cookie')).toBeTruthy();
  });

  it('can be on the web server of the bot, which goes on with all else', async () => {
    const { bot } = await startWithConsole({ onBotServer: true, path: '/console', token: TOKEN });

    const page = await fetch(`${bot.url}/console/data/flows?${PERIOD}`, bearer);
    const stranger = await fetch(`${bot.url}/console/`);
    const other = await fetch(`${bot.url}/consoles`);
    await bot.says('order');

    expect([page.status, stranger.status, other.status]).toEqual([200, 401, 404]);
    expect(bot.answers()).not.toEqual([]);
  });

  it('is gone after the shutdown', async () => {
    const { plugin } = await startWithConsole({ port: 0, token: TOKEN });
    const { url = '' } = (await plugin.consoleAddress()) ?? {};

    await plugin.shutdown();

    await expect(fetch(url)).rejects.toThrow('fetch failed');
  });

  it('is refused to a bot without a journal, which runs all the same', async () => {
    const { bot, plugin, errors } = await startWithConsole({ port: 0, token: TOKEN }, false);
    await bot.says('order');

    expect(await plugin.consoleAddress()).toBeUndefined();
    expect(String(errors[0])).toContain('Expected a journal for `console`');
    expect(bot.answers()).not.toEqual([]);
  });

  it.each<[Readonly<Record<string, string | number>>, string]>([
    [{ token: 'short' }, 'Expected `console.token` to be a text of at least 16 characters'],
    [{ port: -1 }, 'Expected `console.port` to be a port from 0 to 65535, got -1.'],
    [{ path: 'console' }, 'Expected `console.path` to be a path that begins with a slash'],
    [{ traceUrl: 'https://traces.example.com' }, 'and has {sessionId} in it'],
    [{ traceUrl: 'javascript:{sessionId}' }, 'an address that begins with https:// or http://'],
    [{ prot: 1 }, 'There is no option `console.prot`.'],
  ])('%j is refused at once', (options, message) => {
    expect(() => turnspan({ console: options })).toThrow(message);
    expect(() => turnspan({ console: { token: 'hunter2' } })).not.toThrow('hunter2');
  });
});

describe('turnspan console', () => {
  it('prints a link that lets in, and serves the journal until it is stopped', async () => {
    const journal = await writeVisits(newFolder());
    const words = ['console', '--journal', journal, '--port', '0', '--token', TOKEN];
    const pages: Response[] = [];
    let stdout = '';
    const look = async () => {
      const [, url = ''] = /Console: (\S+)\?token=/.exec(stdout) ?? [];
      pages.push(await fetch(`${url}data/flows?${PERIOD}`, bearer), await fetch(url));
    };
    const output = { write: (text: string) => (stdout += text) };

    const { code } = await run(words, { stdout: output, untilStopped: look });

    expect(code).toBe(0);
    expect(pages.map(({ status }) => status)).toEqual([200, 401]);
    expect(stdout).toContain('Press Ctrl+C to stop.');
  });

  it('shows experiments as the store beside the journal tells of them', async () => {
    const { journal } = await writeTrial(newFolder());
    const words = ['console', '--journal', journal, '--port', '0', '--token', TOKEN];
    const documents: ExperimentsDocument[] = [];
    let stdout = '';
    const look = async () => {
      const [, url = ''] = /Console: (\S+)\?token=/.exec(stdout) ?? [];
      const answer = await fetch(`${url}data/experiments`, bearer);
      documents.push((await answer.json()) as ExperimentsDocument);
    };
    const output = { write: (text: string) => (stdout += text) };

    const { code } = await run(words, { stdout: output, untilStopped: look });

    const [first] = documents[0]?.experiments ?? [];
    expect(code).toBe(0);
    expect(first).toMatchObject({ name: 'ask-door', state: 'paused', goal: 'completed' });
    expect(first?.judgement?.verdict.kind).toBe('keep_running');
  });

  it.each([
    [['--port', 'http'], 2, '--port takes a port from 0 to 65535.'],
    [['--trace-url', 'https://traces.example.com'], 2, '--trace-url takes an address'],
    [['--store', 'mongo://here'], 2, '--store takes the path of a file'],
    [['--token', 'short'], 1, 'Expected `token` to have at least 16 characters'],
  ])('%j is refused', async (words, exit, message) => {
    const journal = await writeVisits(newFolder());

    const { code, stderr } = await run(['console', '--journal', journal, ...words]);

    expect(code).toBe(exit);
    expect(stderr).toContain(message);
  });
});
