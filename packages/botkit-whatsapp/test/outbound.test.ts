import { MESSAGE_TAG } from '@turnspan/core';
import type { StartTimer } from '@turnspan/whatsapp';
import { type Activity, TurnContext } from 'botbuilder-core';
import { WhatsAppAdapter, type WhatsAppAdapterOptions } from '../src';
import { type Json, LINE } from './harness';

const OPTIONS: WhatsAppAdapterOptions = {
  appSecret: 'secret',
  verifyToken: 'agreed',
  accessToken: 'token',
  phoneNumberId: LINE,
};

/** An adapter whose Graph API accepts everything, or what it is told to. */
function createAdapter(
  options: Partial<WhatsAppAdapterOptions> = {},
  respond: (body: Json) => Response | undefined = () => undefined,
) {
  const bodies: Json[] = [];
  const urls: string[] = [];
  const fetch: WhatsAppAdapterOptions['fetch'] = async (url, init) => {
    const body = JSON.parse(init.body ?? '{}');
    bodies.push(body);
    urls.push(url);
    const accepted = Response.json({ messages: [{ id: `wamid.${bodies.length}` }] });
    return respond(body) ?? accepted;
  };
  return { bodies, urls, adapter: new WhatsAppAdapter({ ...OPTIONS, fetch, ...options }) };
}

/** A turn in which a user had written. */
function createContext(adapter: WhatsAppAdapter, user: object = { id: '16505551234' }) {
  return new TurnContext(adapter, {
    type: 'message',
    id: 'wamid.in',
    channelId: 'whatsapp',
    from: { name: '', ...user } as Activity['from'],
    recipient: { id: LINE, name: '' },
    conversation: { id: `${LINE}:x`, name: '', isGroup: false, conversationType: 'personal' },
  });
}

/** What is sent for an activity, without what is the same for all. */
async function send(activity: Json, options?: Partial<WhatsAppAdapterOptions>): Promise<Json[]> {
  const { adapter, bodies } = createAdapter(options);
  await createContext(adapter).sendActivity(activity);
  return bodies.map(({ messaging_product, recipient_type, to, ...message }) => message);
}

function replies(...titles: string[]): Json {
  return { actions: titles.map((title) => ({ type: 'imBack', title, value: `id ${title}` })) };
}

const reply = (title: string) => ({ type: 'reply', reply: { id: `id ${title}`, title } });
const jpeg = { contentType: 'image/jpeg', contentUrl: 'https://example.com/a.jpg' };
const pdf = {
  contentType: 'application/pdf',
  contentUrl: 'https://example.com/a.pdf',
  name: 'a.pdf',
};
const voice = { contentType: 'audio/ogg', content: { id: 'media-1' } };
const long = 'x'.repeat(21);
const longer = 'A title that is too long for a row';

const CASES: readonly [string, Json, Json[]][] = [
  ['a text', { text: 'Hi' }, [{ type: 'text', text: { body: 'Hi' } }]],
  [
    'up to three choices as buttons',
    { text: 'Which?', suggestedActions: replies('A', 'B', 'C') },
    [
      {
        type: 'interactive',
        interactive: {
          type: 'button',
          body: { text: 'Which?' },
          action: { buttons: [reply('A'), reply('B'), reply('C')] },
        },
      },
    ],
  ],
  [
    'the quick replies of Botkit',
    { text: 'Which?', channelData: { quick_replies: [{ title: 'A', payload: 'id A' }] } },
    [
      {
        type: 'interactive',
        interactive: {
          type: 'button',
          body: { text: 'Which?' },
          action: { buttons: [reply('A')] },
        },
      },
    ],
  ],
  [
    'four choices as a list',
    {
      text: 'Which?',
      suggestedActions: replies('A', 'B', 'C', 'D'),
      channelData: { list_button: 'Sizes' },
    },
    [
      list('Sizes', [
        { id: 'id A', title: 'A' },
        { id: 'id B', title: 'B' },
        { id: 'id C', title: 'C' },
        { id: 'id D', title: 'D' },
      ]),
    ],
  ],
  [
    'a title too long for a button as a list',
    { text: 'Which?', suggestedActions: replies(long, longer) },
    [
      list('Options', [
        { id: `id ${long}`, title: long },
        { id: `id ${longer}`, title: 'A title that is too lon…', description: longer },
      ]),
    ],
  ],
  [
    'a picture with its text as the caption',
    { text: 'Look', attachments: [jpeg] },
    [{ type: 'image', image: { link: jpeg.contentUrl, caption: 'Look' } }],
  ],
  [
    'a picture with a text too long for a caption',
    { text: 'y'.repeat(1025), attachments: [jpeg] },
    [
      { type: 'image', image: { link: jpeg.contentUrl } },
      { type: 'text', text: { body: 'y'.repeat(1025) } },
    ],
  ],
  [
    'a voice message, which has no caption',
    { text: 'Listen', attachments: [voice] },
    [
      { type: 'audio', audio: { id: 'media-1' } },
      { type: 'text', text: { body: 'Listen' } },
    ],
  ],
  [
    'several attachments',
    { attachments: [pdf, { contentType: 'image/webp', contentUrl: 'http://x/s.webp' }] },
    [
      { type: 'document', document: { link: pdf.contentUrl, filename: 'a.pdf' } },
      { type: 'sticker', sticker: { link: 'http://x/s.webp' } },
    ],
  ],
  [
    'a picture and choices',
    { text: 'This?', attachments: [jpeg], suggestedActions: replies('A') },
    [
      { type: 'image', image: { link: jpeg.contentUrl } },
      {
        type: 'interactive',
        interactive: { type: 'button', body: { text: 'This?' }, action: { buttons: [reply('A')] } },
      },
    ],
  ],
  [
    'a text beyond the limit in parts',
    { text: `${'a'.repeat(4000)}\n\n${'b'.repeat(4000)}` },
    [
      { type: 'text', text: { body: 'a'.repeat(4000) } },
      { type: 'text', text: { body: 'b'.repeat(4000) } },
    ],
  ],
  [
    'a template of its own',
    { text: 'for other channels', channelData: { template: { name: 'welcome' } } },
    [{ type: 'template', template: { name: 'welcome' } }],
  ],
  [
    'a reaction of its own',
    { channelData: { reaction: { message_id: 'wamid.in', emoji: '👍' } } },
    [{ type: 'reaction', reaction: { message_id: 'wamid.in', emoji: '👍' } }],
  ],
  [
    'contacts of its own, and callback data, and a quote',
    {
      channelData: {
        contacts: [{ name: {} }],
        biz_opaque_callback_data: 'mine',
        context: { message_id: 'wamid.in' },
      },
      [MESSAGE_TAG]: 'ours',
    },
    [
      {
        type: 'contacts',
        contacts: [{ name: {} }],
        biz_opaque_callback_data: 'mine',
        context: { message_id: 'wamid.in' },
      },
    ],
  ],
  [
    'the tag of the instrumentation',
    { text: 'Hi', [MESSAGE_TAG]: 'node:1' },
    [{ type: 'text', text: { body: 'Hi' }, biz_opaque_callback_data: 'node:1' }],
  ],
  [
    'the tag on the last part only',
    { text: 'Listen', attachments: [voice], [MESSAGE_TAG]: 'node:1' },
    [
      { type: 'audio', audio: { id: 'media-1' } },
      { type: 'text', text: { body: 'Listen' }, biz_opaque_callback_data: 'node:1' },
    ],
  ],
  [
    'no tag that is too long',
    { text: 'Hi', [MESSAGE_TAG]: 'x'.repeat(513) },
    [{ type: 'text', text: { body: 'Hi' } }],
  ],
];

function list(button: string, rows: Json[]): Json {
  const action = { button, sections: [{ rows }] };
  return { type: 'interactive', interactive: { type: 'list', body: { text: 'Which?' }, action } };
}

it.each(CASES)('sends %s', async (_, activity, expected) => {
  expect(await send({ type: 'message', ...activity })).toEqual(expected);
});

it.each([
  ['eleven choices', { text: 'Which?', suggestedActions: replies(...'ABCDEFGHIJK') }, '10'],
  ['choices without a text', { suggestedActions: replies('A') }, 'text'],
  ['a choice without a title', { text: '?', suggestedActions: { actions: [{}] } }, 'title'],
  ['a title too long to show', { text: '?', suggestedActions: replies('x'.repeat(73)) }, '72'],
  ['a payload too long', { text: '?', suggestedActions: payload('x'.repeat(257)) }, '256'],
  ['a card', { attachments: [{ contentType: 'application/vnd.microsoft.card.hero' }] }, 'cards'],
  ['a file in the activity', { attachments: [{ ...jpeg, contentUrl: 'data:x' }] }, 'contentUrl'],
  ['nothing at all', {}, 'neither'],
])('refuses %s', async (_, activity, reason) => {
  const sending = send({ type: 'message', ...activity } as Json);

  await expect(sending).rejects.toMatchObject({
    code: 'MESSAGE_UNSUPPORTED',
    message: expect.stringContaining(reason),
  });
});

function payload(value: string): Json {
  return { actions: [{ title: 'A', value }] };
}

describe('the address', () => {
  const scoped = 'US.13491208655302741918';
  it.each([
    ['a phone number', { id: '16505551234' }, { to: '16505551234' }],
    ['a scoped id', { id: scoped }, { recipient: scoped }],
    ['the scoped id of a parent', { id: 'US.ENT.118' }, { recipient: 'US.ENT.118' }],
    ['a scoped id whose number is known', { id: scoped, waId: '1650' }, { to: '1650' }],
  ])('of %s', async (_, user, expected) => {
    const { adapter, bodies, urls } = createAdapter();

    await createContext(adapter, user).sendActivity('Hi');

    const { to, recipient } = bodies[0];
    expect({ to, recipient }).toEqual({ to: undefined, recipient: undefined, ...expected });
    expect(bodies[0].recipient_type).toBe('individual');
    expect(urls[0]).toContain(`/${LINE}/messages`);
  });
});

/** Lets pauses of a bot pass at once, and nothing else. */
const atOnce: StartTimer = (run, delayMs) => {
  if (delayMs === 60_000) run();
  return () => {};
};

describe('several activities', () => {
  it('get as many ids, in their order', async () => {
    const { adapter, bodies } = createAdapter({ startTimer: atOnce });

    const responses = await createContext(adapter).sendActivities([
      { type: 'message', text: 'one' },
      { type: 'typing' },
      { type: 'delay', value: 60_000 },
      { type: 'message', text: 'two', attachments: [voice] },
      { type: 'trace' },
      { type: 'event', name: 'x' },
      { type: 'endOfConversation' },
      { text: 'three' },
    ] as Partial<Activity>[]);

    expect(responses.map((response) => response?.id)).toEqual([
      'wamid.1',
      '',
      '',
      'wamid.4',
      '',
      '',
      '',
      'wamid.5',
    ]);
    expect(bodies[1]).toEqual({
      messaging_product: 'whatsapp',
      status: 'read',
      message_id: 'wamid.in',
      typing_indicator: { type: 'text' },
    });
  });

  it('stop at the first that Meta refuses', async () => {
    const error = { code: 131047, message: 'Re-engagement message' };
    const { adapter, bodies } = createAdapter({}, ({ text }) =>
      text?.body === 'two' ? Response.json({ error }, { status: 400 }) : undefined,
    );
    const activities = ['one', 'two', 'three'].map((text) => ({ type: 'message', text }));

    const sending = createContext(adapter).sendActivities(activities);

    await expect(sending).rejects.toMatchObject({
      name: 'GraphError',
      graphCode: 131047,
      failureClass: 'window_closed',
    });
    expect(bodies).toHaveLength(2);
  });

  it('do not fail because typing cannot be shown', async () => {
    const errors: unknown[] = [];
    const { adapter } = createAdapter({ onError: (error) => errors.push(error) }, ({ status }) =>
      status === 'read' ? new Response('', { status: 500 }) : undefined,
    );

    const responses = await createContext(adapter).sendActivities([
      { type: 'typing' },
      { type: 'message', text: 'Hi' },
    ]);

    expect(responses.map((response) => response?.id)).toEqual(['', 'wamid.2']);
    expect(errors).toHaveLength(1);
  });
});

it.each(['updateActivity', 'deleteActivity'] as const)('%s is not possible', async (method) => {
  const { adapter } = createAdapter();

  await expect(adapter[method]()).rejects.toMatchObject({ code: 'MESSAGE_UNSUPPORTED' });
});

it.each([
  ['16505551234', '+1 (650) 555-1234', '16505551234'],
  ['US.13491208655302741918', 'US.13491208655302741918', undefined],
])('refers to the conversation with %s', (id, given, waId) => {
  const { adapter } = createAdapter();

  expect(adapter.referenceFor(given)).toMatchObject({
    channelId: 'whatsapp',
    user: waId ? { id, waId } : { id },
    bot: { id: LINE },
    conversation: { id: `${LINE}:${id}` },
  });
});

it('continues a conversation through its middleware', async () => {
  const { adapter, bodies } = createAdapter();
  const seen: string[] = [];
  adapter.use(async (context, next) => {
    seen.push(context.activity.name ?? '');
    await next();
  });

  await adapter.continueConversation(adapter.referenceFor('16505551234'), async (context) => {
    await context.sendActivity('News');
  });

  expect(seen).toEqual(['continueConversation']);
  expect(bodies[0]).toMatchObject({ to: '16505551234', text: { body: 'News' } });
});

it.each([
  ['phoneNumberId', { phoneNumberId: '' }],
  ['listButton', { listButton: '' }],
  ['turnTimeoutMs', { turnTimeoutMs: 0 }],
  ['identity', { identity: 'name' as never }],
  ['appSecret', { appSecret: '' }],
  ['accessToken', { accessToken: '' }],
])('refuses a wrong %s', (name, options) => {
  const create = () => new WhatsAppAdapter({ ...OPTIONS, ...options });

  expect(create).toThrow(expect.objectContaining({ code: 'OPTION_INVALID' }));
  expect(create).toThrow(name);
});
