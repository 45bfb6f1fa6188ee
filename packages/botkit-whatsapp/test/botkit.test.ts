import { createServer, request } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { BotkitConversation } from 'botkit';
import type { WhatsAppBot } from '../src';
import {
  type Bot,
  type BotWorker,
  createGate,
  createManualTimer,
  envelope,
  type Json,
  LINE,
  message,
  post,
  sentTexts,
  sign,
  startBot,
  text,
  webhook,
} from './harness';

let bot: Bot;

afterEach(() => bot.close());

describe('a Botkit bot on WhatsApp', () => {
  it('answers the handshake of Meta at its webhook_uri', async () => {
    bot = await startBot();

    const query = 'hub.mode=subscribe&hub.verify_token=agreed&hub.challenge=1158201444';
    const response = await fetch(`${bot.url}?${query}`);

    expect([response.status, await response.text()]).toEqual([200, '1158201444']);
  });

  it('answers a message and tells its wamid', async () => {
    bot = await startBot();
    const results: unknown[] = [];
    bot.controller.hears('hello', 'message', async (worker, heard) => {
      results.push(await worker.reply(heard, 'Hello yourself'));
    });

    const status = await post(bot.url, webhook(text('hello')));

    expect(status).toBe(200);
    expect(results).toEqual([{ id: 'wamid.out1' }]);
    expect(bot.graph.calls).toEqual([
      {
        path: `/v26.0/${LINE}/messages`,
        token: 'Bearer an-access-token',
        body: {
          messaging_product: 'whatsapp',
          recipient_type: 'individual',
          to: '16505551234',
          type: 'text',
          text: { body: 'Hello yourself' },
        },
      },
    ]);
  });

  it('takes a dialog from question to end', async () => {
    bot = await startBot();
    const order = new BotkitConversation('order', bot.controller);
    order.ask(
      { text: ['Which size?'], quick_replies: [{ title: 'Small', payload: 'size_s' }] },
      [
        {
          pattern: 'size_s',
          type: 'string',
          handler: async (_, convo) => convo.gotoThread('done'),
        },
      ],
      'size',
    );
    order.addMessage('{{vars.size}} it is', 'done');
    bot.controller.addDialog(order);
    bot.controller.hears('order', 'message', (worker) => worker.beginDialog('order'));

    await post(bot.url, webhook(text('order')));
    const reply = { type: 'button_reply', button_reply: { id: 'size_s', title: 'Small' } };
    await post(bot.url, webhook(message({ type: 'interactive', interactive: reply })));

    expect(bot.graph.calls[0]?.body.interactive).toEqual({
      type: 'button',
      body: { text: 'Which size?' },
      action: { buttons: [{ type: 'reply', reply: { id: 'size_s', title: 'Small' } }] },
    });
    expect(sentTexts(bot.graph)).toEqual(['size_s it is']);
  });
});

/** Sends a body in pieces, each in a packet of its own, so that characters are torn apart. */
function postInPieces(url: string, body: Buffer, size: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const headers = { 'Content-Type': 'application/json', 'X-Hub-Signature-256': sign(body) };
    const posting = request(url, { method: 'POST', headers }, (response) => {
      response.resume().on('end', () => resolve(response.statusCode ?? 0));
    });
    posting.on('error', reject).setNoDelay(true);
    const write = (from: number) => {
      if (from >= body.length) posting.end();
      else posting.write(body.subarray(from, from + size), () => setImmediate(write, from + size));
    };
    write(0);
  });
}

describe('the webhook on the web server of Botkit', () => {
  it.each([
    ['70 kB of emoji in odd pieces', 70_000, 1021],
    ['200 kB, more than the parser of Botkit takes', 200_000, 65_537],
    ['2.9 MB in odd pieces', 2_900_000, 65_537],
  ])('takes %s', async (_, bytes, size) => {
    bot = await startBot();
    const heard: (string | undefined)[] = [];
    bot.controller.on('message', async (_worker, message) => {
      heard.push(message.text);
    });
    const long = '😀é漢'.repeat(Math.floor(bytes / 9));

    const status = await postInPieces(
      bot.url,
      Buffer.from(JSON.stringify(webhook(text(long)))),
      size,
    );

    expect(status).toBe(200);
    expect(heard).toEqual([long]);
  });

  it('leaves the body parsers of Botkit to all other routes', async () => {
    bot = await startBot();
    bot.controller.webserver.post(
      '/other',
      (req: { body: unknown }, res: { json(b: unknown): void }) => res.json(req.body),
    );

    const response = await fetch(new URL('/other', bot.url), {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: '{"a":1}',
    });

    expect(await response.json()).toEqual({ a: 1 });
  });
});

describe('the turns of a user', () => {
  it('run one after another, and those of others meanwhile', async () => {
    bot = await startBot();
    const gate = createGate();
    const done: string[] = [];
    bot.controller.on('message', async (_, heard) => {
      if (heard.text === 'first') await gate.opened;
      done.push(`${heard.user} ${heard.text}`);
    });

    const [anna, bert] = ['1000', '2000'];
    const first = post(bot.url, webhook(text('first', anna), text('second', anna)));
    await post(bot.url, webhook(text('hi', bert)));
    gate.open();
    await first;

    expect(done).toEqual(['2000 hi', '1000 first', '1000 second']);
  });

  it('go on when one of them never ends', async () => {
    const timer = createManualTimer();
    bot = await startBot({ startTimer: timer.start, turnTimeoutMs: 30_000 });
    const begun = createGate();
    const heard: string[] = [];
    bot.controller.on('message', async (_, { text: said = '' }) => {
      heard.push(said);
      begun.open();
      if (said === 'stuck') await new Promise(() => {});
    });

    const answered = post(bot.url, webhook(text('stuck'), text('next')));
    await begun.opened;
    timer.fire(30_000);
    await answered;

    expect(heard).toEqual(['stuck', 'next']);
    expect(String(bot.errors[0])).toContain('30000 ms');
  });
});

describe('a conversation that the bot begins', () => {
  const knownBoth = { wa_id: '16505551234', user_id: 'US.1349' };

  async function startSurvey(options: object): Promise<void> {
    bot = await startBot(options);
    const survey = new BotkitConversation('survey', bot.controller);
    survey.ask({ text: ['How was it?'] }, [], 'answer');
    survey.addMessage('You said {{vars.answer}}', 'default');
    bot.controller.addDialog(survey);
    const worker = await bot.controller.spawn();
    await worker.startConversationWithUser('+1 650-555-1234');
    await worker.beginDialog('survey');
  }

  it('reaches a phone number, and its dialog takes the answer', async () => {
    await startSurvey({ identity: 'wa_id' });

    const messages = [message({ type: 'text', text: { body: 'Great' }, from_user_id: 'US.1349' })];
    await post(bot.url, envelope({ messages, contacts: [knownBoth] }));

    expect(sentTexts(bot.graph)).toEqual(['How was it?', 'You said Great']);
    expect(bot.graph.calls.map(({ body }) => body.to)).toEqual(['16505551234', '16505551234']);
  });

  it('can mark messages as read', async () => {
    bot = await startBot();
    bot.controller.on('message', async (worker, heard) => {
      await (worker as BotWorker & WhatsAppBot).markRead(heard);
    });

    const hello = text('hello');
    await post(bot.url, webhook(hello));

    expect(bot.graph.calls[0]?.body).toMatchObject({ status: 'read', message_id: hello.id });
  });
});

describe('a user without a phone number', () => {
  it('is answered by their scoped id', async () => {
    bot = await startBot();
    bot.controller.on('message', async (worker, heard) => {
      await worker.reply(heard, 'Yes');
    });
    const { from, ...hidden } = text('hello');

    await post(bot.url, webhook({ ...hidden, from_user_id: 'US.13491208655302741918' }));

    expect(bot.graph.calls[0]?.body).toMatchObject({ recipient: 'US.13491208655302741918' });
    expect(bot.graph.calls[0]?.body).not.toHaveProperty('to');
  });
});

describe('on a web server of the bot', () => {
  // The very Express that Botkit runs on; it is no dependency of ours.
  const express = createRequire(require.resolve('botkit'))('express');

  async function startOn(prepare: (webserver: Json) => void): Promise<string> {
    const webserver = express();
    prepare(webserver);
    bot = await startBot({}, { webserver });
    return bot.url;
  }

  it.each<[string, (webserver: Json) => void]>([
    ['without body parsers', () => {}],
    ['that parses bodies before Botkit', (webserver) => webserver.use(express.json())],
    [
      'that keeps a raw body before Botkit',
      (webserver) =>
        webserver.use(
          express.json({
            limit: '5mb',
            verify: (req: Json, _res: Json, bytes: Buffer) => {
              req.rawBody = bytes;
            },
          }),
        ),
    ],
  ])('%s, a webhook of 200 kB is taken', async (_, prepare) => {
    const url = await startOn(prepare);
    const heard: (string | undefined)[] = [];
    bot.controller.on('message', async (_worker, said) => {
      heard.push(said.text);
    });
    const long = '😀'.repeat(50_000);

    expect(await post(url, webhook(text(long)))).toBe(200);
    expect(heard).toEqual([long]);
  });
});

it('works without Botkit, on a bare web server', async () => {
  bot = await startBot({}, { disable_webserver: true });
  const server = createServer((req, res) =>
    bot.adapter.processActivity(req, res, async (context) => {
      await context.sendActivity(`You said ${context.activity.text}`);
    }),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;

  await post(`http://127.0.0.1:${port}/`, webhook(text('hello')));
  server.closeAllConnections();
  server.close();

  expect(sentTexts(bot.graph)).toEqual(['You said hello']);
});

it('keeps the order of many users at once', async () => {
  bot = await startBot();
  const heard = new Map<string, string[]>();
  bot.controller.on('message', async (_, { user, text: said = '' }) => {
    for (let turn = 0; turn < said.length; turn += 1) await Promise.resolve();
    heard.set(user, [...(heard.get(user) ?? []), said]);
  });
  const users = Array.from({ length: 20 }, (_, index) => `1000${index}`);
  const said = ['xxxxxxxx', 'x', 'xxxx', 'xx', 'xxx'];

  await Promise.all(users.map((user) => post(bot.url, webhook(...said.map((t) => text(t, user))))));

  expect([...heard.values()]).toEqual(users.map(() => said));
});
