import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import * as core from '@turnspan/core';
import * as testing from '../src';
import { type LedgerCheck, SAMPLE_LINE, startGraphApi, VirtualClock } from '../src';

const README = readFileSync(join(__dirname, '../README.md'), 'utf8');
const MODULES: Readonly<Record<string, unknown>> = {
  '@turnspan/core': core,
  '@turnspan/testing': testing,
};
const [GRAPH = '', SIMULATION = '', CONTRACT = ''] = [
  ...README.matchAll(/```js\n([\s\S]+?)```/g),
].map(([, code = '']) => code);
const LINE = SAMPLE_LINE.phoneNumberId;
const ASKED = { flow: 'menu', node: 'choice' };

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close().closeAllConnections();
});

/** Runs a sample and gives something that it declares. */
function run(
  code: string,
  name: string,
  globals: object = {},
): (options: unknown) => Promise<unknown> {
  const load = (module: string) => MODULES[module];
  const given = Object.entries({ require: load, ...globals });
  const declare = new Function(...given.map(([key]) => key), `${code}\nreturn ${name};`);
  return declare(...given.map(([, value]) => value));
}

/** The smallest bot: it asks everybody who writes the same thing. */
async function startBot({ graphUrl }: { readonly graphUrl: string }): Promise<string> {
  const bot = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    const [message] = JSON.parse(body).entry[0].changes[0].value.messages ?? [];
    await fetch(`${graphUrl}/v26.0/${LINE}/messages`, {
      method: 'POST',
      headers: { authorization: 'Bearer test-access-token', 'content-type': 'application/json' },
      body: JSON.stringify({
        messaging_product: 'whatsapp',
        to: message.from,
        type: 'text',
        text: { body: 'Prices or hours?' },
      }),
    });
    response.end();
  });
  servers.push(bot);
  await new Promise<void>((resolve) => bot.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(bot.address() as AddressInfo).port}/`;
}

describe('the README', () => {
  it('shows how to talk to a bot through the fake of the Graph API', async () => {
    const talk = run(GRAPH, 'talk');

    expect(await talk(startBot)).toEqual(['16505551234: Prices or hours?']);
  });

  it.each([
    ['nothing where the bot counts right', 1, []],
    ['what the bot counts wrong', 2, ['conversation_node_exits_total']],
  ])('shows how to hold numbers against the ledger, which finds %s', async (_, drops, wrong) => {
    const clock = new VirtualClock(Date.UTC(2026, 0, 5, 9));
    const graph = await startGraphApi({ appSecret: 'secret', phoneNumberIds: [LINE], clock });
    const webhookUrl = await startBot({ graphUrl: graph.url });
    const simulate = run(SIMULATION, 'simulate');
    const sweep = jest.fn();

    const checks = (await simulate({
      graph,
      webhookUrl,
      clock,
      sweep,
      texts: { 'menu/choice': 'Prices or hours?' },
      metrics: async () =>
        `conversation_node_exits_total{flow="menu",node="choice",outcome="dropped"} ${drops}`,
    })) as readonly LedgerCheck[];
    await graph.close();

    const exits = checks.filter(({ series }) => series.startsWith('conversation_node_exits'));
    expect(exits.map(({ series }) => series.replace(/\{.*/, ''))).toEqual(wrong);
    expect(checks.map(({ series }) => series)).toContain(
      `conversation_node_entries_total{flow="${ASKED.flow}",node="${ASKED.node}"}`,
    );
    expect(sweep).toHaveBeenCalledTimes(2);
  });

  it('shows how to hold a store to its contract', async () => {
    const names: string[] = [];
    const held: Promise<void>[] = [];
    const each =
      (cases: readonly testing.StoreContractCase[]) =>
      (_: string, hold: (name: string, run: () => Promise<void>) => Promise<void>) => {
        for (const [name, holds] of cases) {
          names.push(name);
          held.push(hold(name, holds));
        }
      };
    const describe = (_: string, declare: () => void) => declare();

    run(CONTRACT, 'undefined', { describe, it: { each } });
    await Promise.all(held);

    expect(names.length).toBeGreaterThan(10);
  });

  it('names only what there is', () => {
    const prose = README.replace(/```[\s\S]*?```/g, '');
    const builders = [...prose.matchAll(/`(\w+(?:Message|Reply|Button|Update))`/g)];
    const methods = [...prose.matchAll(/`graph\.(\w+)/g)].map(([, name = '']) => name);

    expect(builders.length).toBeGreaterThan(10);
    for (const [, name = ''] of builders) expect(testing).toHaveProperty(name);
    expect(Object.getOwnPropertyNames(testing.GraphApi.prototype)).toEqual(
      expect.arrayContaining(methods),
    );
  });
});
