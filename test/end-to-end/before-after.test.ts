import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { GraphApi } from '../../packages/testing/src';
import { ROOT } from '../support/workspace';
import { type Child, findFreePort, startNode } from './support/child';
import { ACCOUNT, startMeta, type Transcript, transcriptOf, withoutTags } from './support/pizzeria';
import { FATAL_SCRIPTS, play, SCRIPTS, type Script } from './support/scripts';

jest.setTimeout(30_000);

const REDIRECT = require.resolve('./support/redirect-graph');
const SDK = require.resolve('./support/start-sdk');

type File = 'before' | 'after';

/** One of the two bots, with a fake of Meta. */
interface Running {
  readonly graph: GraphApi;
  readonly child: Child;
  close(): Promise<unknown>;
}

/** Starts a bot as its owner would, but for the address of the Graph API. */
async function startBot(file: File): Promise<Running> {
  const graph = await startMeta();
  const port = String(await findFreePort());
  const preloads = file === 'after' ? [REDIRECT, SDK] : [REDIRECT];
  const child = startNode(
    [...preloads.flatMap((preload) => ['--require', preload]), `examples/bot/${file}.js`],
    {
      WHATSAPP_APP_SECRET: ACCOUNT.appSecret,
      WHATSAPP_VERIFY_TOKEN: ACCOUNT.verifyToken,
      WHATSAPP_ACCESS_TOKEN: ACCOUNT.accessToken,
      WHATSAPP_PHONE_NUMBER_ID: ACCOUNT.phoneNumberId,
      GRAPH_URL: graph.url,
      PORT: port,
      TURNSPAN_METRICS_PORT: '0',
      // Nobody listens there.
      OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${await findFreePort()}`,
    },
  );
  await child.waitFor(/Webhook endpoint online/);
  graph.setWebhookUrl(`http://127.0.0.1:${port}/webhook`);
  return { graph, child, close: () => Promise.all([child.stop(), graph.close()]) };
}

/** Plays a script to a bot and gives what each step came to and what the bot then asked of Meta. */
async function perform({ graph }: Running, script: Script) {
  const before = transcriptOf(graph);
  const results = await play(graph, script);
  const { sent, refused, reads } = transcriptOf(graph);
  const transcript: Transcript = {
    sent: sent.slice(before.sent.length),
    refused: refused.slice(before.refused.length),
    reads: reads.slice(before.reads.length),
  };
  return { results, transcript };
}

const startBoth = () => Promise.all([startBot('before'), startBot('after')]);
const performBoth = (bots: readonly [Running, Running], script: Script) =>
  Promise.all([perform(bots[0], script), perform(bots[1], script)]);

const readBot = (file: string) =>
  readFileSync(join(ROOT, 'examples/bot', file), 'utf8').split('\n');

describe('the pizza bot', () => {
  it('has Turnspan after three lines were added, and none was changed', () => {
    const before = readBot('before.js');
    const after = readBot('after.js');

    const added = after.filter((line) => !before.includes(line));

    expect(added).toEqual([
      "const { turnspan } = require('turnspan');",
      'const plugin = turnspan();',
      'controller.usePlugin(plugin);',
    ]);
    expect(after.filter((line) => !added.includes(line))).toEqual(before);
  });

  describe('with Turnspan, whose exporter is unreachable,', () => {
    let bots: [Running, Running];
    beforeAll(async () => {
      bots = await startBoth();
    });
    afterAll(() => Promise.all(bots.map((bot) => bot.close())));

    it.each(Object.entries(SCRIPTS))('says what it said without, in %s', async (_, script) => {
      const [before, after] = await performBoth(bots, script);

      const tagged = after.transcript.sent.filter((body) => body.includes('biz_opaque_callback'));
      expect(after.results).toEqual(before.results);
      expect(withoutTags(after.transcript)).toEqual(before.transcript);
      expect(before.transcript.sent.length).toBeGreaterThan(2);
      expect(tagged.length).toBeGreaterThan(0);
    });
  });

  it.each(Object.entries(FATAL_SCRIPTS))(
    'ends with Turnspan as it ended without, on %s',
    async (_, script) => {
      const bots = await startBoth();

      const [before, after] = await performBoth(bots, script);

      expect(after.results).toEqual(before.results);
      expect(withoutTags(after.transcript)).toEqual(before.transcript);
      expect(await Promise.all(bots.map(({ child }) => child.exit))).toEqual([1, 1]);
      await Promise.all(bots.map((bot) => bot.close()));
    },
  );
});
