import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { RECEIPT, type Receipt } from '@turnspan/core';
import type { Activity } from 'botbuilder-core';
import { type Bot, type Json, LINE, message, post, startBot, webhook } from './harness';

let bot: Bot;
afterEach(() => bot.close());

function fixture(name: string): Json {
  return JSON.parse(readFileSync(join(__dirname, 'fixtures', `${name}.json`), 'utf8'));
}

/** Posts a webhook to a bot, and gives what reached its conversation. */
async function receive(body: Json): Promise<Partial<Activity>[]> {
  bot = await startBot();
  const activities: Partial<Activity>[] = [];
  bot.adapter.use(async (context, next) => {
    activities.push({ ...context.activity });
    await next();
  });
  expect(await post(bot.url, body)).toBe(200);
  return activities;
}

it('makes an activity of a message', async () => {
  const [activity] = await receive(fixture('messages.text'));

  expect(activity).toEqual({
    type: 'message',
    id: 'wamid.HBgLMTY1MDM4Nzk0MzkVAgASGBQzQTRBNjU5OUFFRTAzODEwMTQ0RgA=',
    channelId: 'whatsapp',
    timestamp: new Date(1749416383000),
    from: { id: 'US.13491208655302741918', name: 'Sheena Nelson', waId: '16505551234' },
    recipient: { id: LINE, name: '' },
    conversation: {
      id: `${LINE}:US.13491208655302741918`,
      isGroup: false,
      conversationType: 'personal',
      name: '',
    },
    text: 'Does it come in another color?',
    channelData: {
      from: '16505551234',
      from_user_id: 'US.13491208655302741918',
      id: 'wamid.HBgLMTY1MDM4Nzk0MzkVAgASGBQzQTRBNjU5OUFFRTAzODEwMTQ0RgA=',
      timestamp: '1749416383',
      type: 'text',
      text: { body: 'Does it come in another color?' },
      metadata: {
        accountId: '102290129340398',
        phoneNumberId: LINE,
        displayPhoneNumber: '15550783881',
      },
    },
  });
});

const CONTENTS: readonly [string, Json, Partial<Activity>][] = [
  ['text', { text: { body: '0' } }, { text: '0' }],
  [
    'button',
    { button: { payload: 'stop', text: 'Stop promotions' } },
    { text: 'stop', value: 'stop', channelData: { title: 'Stop promotions' } },
  ],
  ['button', { button: { text: 'Yes' } }, { text: 'Yes', channelData: { title: 'Yes' } }],
  [
    'interactive',
    { interactive: { type: 'button_reply', button_reply: { id: 'b1', title: 'One' } } },
    { text: 'b1', value: 'b1', channelData: { title: 'One' } },
  ],
  [
    'interactive',
    { interactive: { type: 'list_reply', list_reply: { id: 'r1', title: 'Row' } } },
    { text: 'r1', value: 'r1', channelData: { title: 'Row' } },
  ],
  [
    'interactive',
    { interactive: { type: 'nfm_reply', nfm_reply: { body: 'Sent', response_json: '{"a":1}' } } },
    { text: 'Sent', value: { a: 1 } },
  ],
  [
    'image',
    { image: { id: 'm1', mime_type: 'image/jpeg', caption: 'My shoe' } },
    { text: 'My shoe', attachments: [{ contentType: 'image/jpeg', content: expect.anything() }] },
  ],
  ['image', { image: { id: 'm1', mime_type: 'image/jpeg' } }, { text: '<image>' }],
  ['video', { video: { id: 'm1', mime_type: 'video/mp4' } }, { text: '<video>' }],
  ['audio', { audio: { id: 'm1', voice: true } }, { text: '<audio>' }],
  [
    'document',
    { document: { id: 'm1', mime_type: 'application/pdf', filename: 'a.pdf', url: 'https://x/1' } },
    {
      text: '<document>',
      attachments: [
        {
          contentType: 'application/pdf',
          name: 'a.pdf',
          contentUrl: 'https://x/1',
          content: expect.objectContaining({ id: 'm1' }),
        },
      ],
    },
  ],
  [
    'location',
    { location: { latitude: 1, longitude: 2 } },
    {
      text: '<location>',
      value: { latitude: 1, longitude: 2 },
      attachments: [
        {
          contentType: 'application/vnd.whatsapp.location+json',
          content: { latitude: 1, longitude: 2 },
        },
      ],
    },
  ],
  ['contacts', { contacts: [{ name: {} }, { name: {} }] }, { text: '<contacts>' }],
  ['order', { order: { catalog_id: 'c' } }, { text: '<order>' }],
];

it.each(CONTENTS)('reads %s %j', async (type, content, expected) => {
  const [activity] = await receive(webhook(message({ type, ...content })));

  expect(activity).toMatchObject({ type: 'message', ...expected });
});

it('keeps what a message answers, and the advertisement it came from', async () => {
  const referral = { source_type: 'ad', source_id: '7' };
  const content = { type: 'text', text: { body: 'Hi' }, context: { id: 'wamid.0' }, referral };

  const [activity] = await receive(webhook(message(content)));

  expect(activity).toMatchObject({ replyToId: 'wamid.0', channelData: { referral } });
});

it('leaves the receipt of the message in the turn', async () => {
  const clock = { now: () => 1_800_000_000_000, tick: () => 12.5 };
  bot = await startBot({ clock });
  const receipts: (Receipt | undefined)[] = [];
  bot.adapter.use(async (context, next) => {
    receipts.push(context.turnState.get(RECEIPT));
    await next();
  });

  await post(bot.url, fixture('messages.text'));

  expect(receipts).toEqual([
    { receivedAt: 1_800_000_000_000, receivedTick: 12.5, sentAt: 1749416383000 },
  ]);
});

describe('what is no answer to the bot', () => {
  const BESIDE: readonly [string, string, Json][] = [
    ['message_reaction', 'a reaction', typed('reaction', { message_id: 'wamid.0', emoji: '👍' })],
    ['message_sticker', 'a sticker', typed('sticker', { id: 'm1', mime_type: 'image/webp' })],
    ['message_edit', 'an edit', typed('edit', { original_message_id: 'wamid.0' })],
    ['message_revoke', 'a deletion', typed('revoke', { original_message_id: 'wamid.0' })],
    ['message_system', 'a new number', fixture('messages.system_user_changed_number')],
    ['message_unsupported', 'an unsupported one', fixture('messages.unsupported')],
    ['message_unsupported', 'a type of the future', typed('hologram', {})],
    ['message_unsupported', 'an empty interactive', typed('interactive', {})],
    ['message_unsupported', 'a text without body', typed('text', {})],
    ['message_unsupported', 'one of nobody', webhook({ id: 'wamid.x', type: 'text' })],
    ['message_unsupported', 'one of a group', group()],
    ['message_status', 'a status', fixture('messages.status.read_callback_data')],
  ];

  it.each(BESIDE)('becomes the event %s: %s', async (event, _, body) => {
    bot = await startBot();
    const turns: unknown[] = [];
    bot.adapter.use(async (context) => void turns.push(context.activity));
    const heard = new Promise<Json>((resolve) => {
      bot.controller.on(event, async (_worker, message) => resolve(message));
    });

    expect(await post(bot.url, body)).toBe(200);

    expect(await heard).toMatchObject({
      type: event,
      channel: expect.stringMatching(/^\d+:/),
      incoming_message: { type: 'event', name: event, channelId: 'whatsapp' },
    });
    expect(turns).toEqual([]);
  });

  function typed(type: string, content: Json): Json {
    return webhook(message({ type, [type]: content }));
  }

  function group(): Json {
    return webhook(message({ type: 'text', text: { body: 'Hi all' }, group_id: 'g1' }));
  }

  it('gets a bot that can answer', async () => {
    bot = await startBot();
    bot.controller.on('message_reaction', async (worker, message) => {
      await worker.reply(message, 'Thanks for the thumb');
    });

    await post(bot.url, typed('reaction', { emoji: '👍' }));

    expect(bot.graph.calls[0]?.body).toMatchObject({ to: '16505551234', type: 'text' });
  });

  it('harms nothing when its handler fails', async () => {
    bot = await startBot();
    const logged = jest.spyOn(console, 'error').mockImplementation(() => {});
    bot.controller.on('message_reaction', () => Promise.reject(new Error('boom')));
    bot.controller.on('message', async (worker, message) => {
      await worker.reply(message, 'Still here');
    });
    const text = message({ type: 'text', text: { body: 'Hi' } });

    await post(bot.url, webhook(message({ type: 'reaction' }), text));
    logged.mockRestore();

    expect(bot.graph.calls).toHaveLength(1);
    expect(String(bot.errors[0])).toContain('boom');
  });

  it('does not read the state of the user when nobody listens', async () => {
    bot = await startBot();
    const reading = jest.spyOn(bot.controller.storage, 'read');

    await post(bot.url, fixture('messages.status.read_callback_data'));

    expect(reading).not.toHaveBeenCalled();
  });
});

describe('the signals', () => {
  it('tell every status, in the order in which it came', async () => {
    await receive(fixture('messages.batched'));

    expect(bot.signals.filter(({ kind }) => kind === 'delivery')).toEqual([
      { kind: 'delivery', channel: 'whatsapp', line: LINE, status: 'read', at: 1750030090000 },
      { kind: 'delivery', channel: 'whatsapp', line: LINE, status: 'sent', at: 1750030073000 },
    ]);
    expect(bot.signals.filter(({ kind }) => kind === 'webhook')).toHaveLength(3);
  });

  it('hand on what Meta says of the business, as it came', async () => {
    await receive(fixture('messages.batched'));

    expect(bot.signals.filter(({ kind }) => kind === 'change')).toEqual([
      expect.objectContaining({
        field: 'message_template_quality_update',
        accountId: '102290129340398',
        timestamp: 1773446400000,
        value: expect.objectContaining({ new_quality_score: 'RED' }),
      }),
      expect.objectContaining({ field: 'business_capability_update' }),
    ]);
  });

  it('tell why a message failed', async () => {
    await receive(fixture('messages.status.failed_131049'));

    expect(bot.signals).toContainEqual(
      expect.objectContaining({
        status: 'failed',
        failure: { class: 'frequency_cap', code: '131049' },
      }),
    );
  });

  it('tell of a forged webhook', async () => {
    bot = await startBot();

    const response = await fetch(bot.url, { method: 'POST', body: '{}' });

    expect(response.status).toBe(401);
    expect(bot.signals).toEqual([{ kind: 'webhook', field: '', result: 'bad_signature' }]);
  });

  it('reach the other listeners when one fails, and none that has left', async () => {
    bot = await startBot();
    const late: unknown[] = [];
    const leave = bot.adapter.subscribe((signal) => late.push(signal));
    bot.adapter.subscribe(() => {
      throw new Error('boom');
    });
    leave();
    const heard: unknown[] = [];
    bot.adapter.subscribe((signal) => heard.push(signal));

    await post(bot.url, fixture('messages.text'));

    expect([late.length, heard.length]).toEqual([0, 1]);
    expect(bot.errors).toEqual([new Error('boom')]);
  });
});

it('takes a repeated webhook once', async () => {
  const body = fixture('messages.text');
  const activities = await receive(body);

  await post(bot.url, body);

  expect(activities).toHaveLength(1);
});

it('hands updates of the account on', async () => {
  const changes: unknown[] = [];
  bot = await startBot({ onChange: ({ field }) => changes.push(field) });

  await post(bot.url, fixture('messages.batched'));

  expect(changes).toEqual(['message_template_quality_update', 'business_capability_update']);
});
