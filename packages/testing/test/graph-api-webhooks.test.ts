import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  batch,
  buttonReply,
  deletedMessage,
  editedMessage,
  flowReply,
  inboundMessage,
  listReply,
  locationMessage,
  mediaMessage,
  reactionMessage,
  statusUpdate,
  systemMessage,
  templateButton,
  textMessage,
  unsupportedMessage,
  webhook,
} from '../src/graph-api';

const fixture = (name: string) =>
  JSON.parse(readFileSync(join(__dirname, 'fixtures', `${name}.json`), 'utf8'));

const userId = 'US.13491208655302741918';
const sheena = { phone: '16505551234', userId, name: 'Sheena Nelson' };
const message = {
  id: 'wamid.HBgLMTY1MDM4Nzk0MzkVAgASGBQzQUFERjg0NDEzNDdFODU3MUMxMAA=',
  to: '16505551234',
  tag: undefined,
};

/** The message, and its sender, of a webhook of one message. */
const only = (name: string) => fixture(name).entry[0].changes[0].value.messages[0];

const messages = [
  [
    'messages.text',
    (id: string) =>
      textMessage({ from: sheena, at: 1749416383_900, id }, 'Does it come in another color?'),
  ],
  [
    'messages.text_bsuid_only',
    (id: string) => {
      const from = {
        userId,
        parentUserId: 'US.ENT.11815799212886844830',
        name: 'Sheena Nelson',
        username: '@realsheenanelson',
      };
      return textMessage({ from, at: 1749416383_000, id }, 'Does it come in another color?');
    },
  ],
  [
    'messages.button_stop_promotions',
    (id: string) =>
      templateButton(
        {
          from: sheena,
          at: 1750025136_000,
          id,
          replyTo: only('messages.button_stop_promotions').context.id,
        },
        { payload: 'Unsubscribe', text: 'Stop promotions' },
      ),
  ],
  [
    'messages.interactive_list_reply',
    (id: string) =>
      listReply(
        {
          from: sheena,
          at: 1749854575_000,
          id,
          replyTo: only('messages.interactive_list_reply').context.id,
        },
        {
          id: 'priority_express',
          title: 'Priority Mail Express',
          description: 'Next Day to 2 Days',
        },
      ),
  ],
] as const;

describe('inbound messages', () => {
  it.each(messages)('look like %s of the recorded payloads', (name, build) => {
    expect(build(only(name).id)).toEqual(fixture(name));
  });

  it('are unsupported in the words of the recorded payload', () => {
    const { id, timestamp } = only('messages.unsupported');
    const from = { phone: '16505551234', name: 'Sheena Nelson' };

    const built = unsupportedMessage({ from, at: Number(timestamp) * 1000, id });

    const [recorded] = fixture('messages.unsupported').entry[0].changes[0].value.messages;
    expect(built.entry[0]?.changes[0]?.value.messages).toEqual([recorded]);
  });

  it('come from WhatsApp itself without contacts', () => {
    const line = {
      businessAccountId: '1234567890987654321',
      phoneNumberId: '1122334455667',
      displayPhoneNumber: '972123456789',
    };

    const built = systemMessage(
      { from: { phone: '972987654321' }, at: 1753851315_000, id: 'wamid.xyzxyz==', line },
      {
        type: 'user_changed_number',
        body: 'User A changed from 972987654321 to 972912345678',
        newPhone: '972912345678',
      },
    );

    expect(built).toEqual(fixture('messages.system_user_changed_number'));
  });

  const incoming = { from: sheena, at: 1749416383_000 };

  it.each([
    [
      buttonReply(incoming, { id: 'yes', title: 'Yes' }),
      {
        type: 'interactive',
        interactive: { type: 'button_reply', button_reply: { id: 'yes', title: 'Yes' } },
      },
    ],
    [
      flowReply(incoming, { size: 'L' }),
      {
        type: 'interactive',
        interactive: {
          type: 'nfm_reply',
          nfm_reply: { name: 'flow', body: 'Sent', response_json: '{"size":"L"}' },
        },
      },
    ],
    [
      mediaMessage(incoming, {
        type: 'audio',
        id: '42',
        mimeType: 'audio/ogg; codecs=opus',
        voice: true,
      }),
      {
        type: 'audio',
        audio: { id: '42', mime_type: 'audio/ogg; codecs=opus', sha256: 'NDI=', voice: true },
      },
    ],
    [
      locationMessage(incoming, { latitude: 52.5, longitude: 13.4 }),
      { type: 'location', location: { latitude: 52.5, longitude: 13.4 } },
    ],
    [
      reactionMessage(incoming, { messageId: 'wamid.A', emoji: '👍' }),
      { type: 'reaction', reaction: { message_id: 'wamid.A', emoji: '👍' } },
    ],
    [
      reactionMessage(incoming, { messageId: 'wamid.A' }),
      { type: 'reaction', reaction: { message_id: 'wamid.A' } },
    ],
    [
      editedMessage(incoming, { originalId: 'wamid.A', body: 'two' }),
      {
        type: 'edit',
        edit: {
          original_message_id: 'wamid.A',
          message: { context: { id: 'wamid.A' }, type: 'text', text: { body: 'two' } },
        },
      },
    ],
    [
      deletedMessage(incoming, 'wamid.A'),
      { type: 'revoke', revoke: { original_message_id: 'wamid.A' } },
    ],
    [
      inboundMessage(incoming, { type: 'order', order: { catalog_id: '1' } }),
      { type: 'order', order: { catalog_id: '1' } },
    ],
  ])('carry their content under their type (%#)', (built, content) => {
    expect(built.entry[0]?.changes[0]?.value.messages).toEqual([
      {
        from: '16505551234',
        from_user_id: userId,
        id: expect.stringMatching(/^wamid\.[A-Za-z0-9+/]+=*$/),
        timestamp: '1749416383',
        ...content,
      },
    ]);
  });

  it('have the same id for the same message, and another for another', () => {
    const again = textMessage(incoming, 'Hi');

    expect(textMessage(incoming, 'Hi')).toEqual(again);
    expect(textMessage({ ...incoming, at: incoming.at + 1 }, 'Hi')).not.toEqual(again);
  });
});

describe('status updates', () => {
  const recipient = { phone: '16505551234', userId, name: 'Sheena Nelson' };

  it.each([
    ['sent_v24', { status: 'sent', at: 1750030073_000, recipient: { phone: '16505551234' } }],
    [
      'delivered_free_tier_oct2026',
      {
        status: 'delivered',
        at: 1791158400_000,
        recipient,
        pricing: { billable: false, type: 'free_customer_service', category: 'service' },
      },
    ],
    [
      'delivered_bsuid',
      {
        status: 'delivered',
        at: 1750030073_999,
        recipient: {
          phone: '16505551234',
          userId,
          parentUserId: 'US.ENT.11815799212886844830',
          name: 'Pablo M.',
          username: '@pablomorales',
        },
        pricing: { billable: true, type: 'regular', category: 'marketing' },
      },
    ],
  ] as const)('look like %s of the recorded payloads', (name, report) => {
    expect(statusUpdate({ message, ...report })).toEqual(fixture(`messages.status.${name}`));
  });

  it('hand back the tag that came with the message', () => {
    const tagged = { ...message, tag: 'flow=onboarding;node=offer_v3' };

    const built = statusUpdate({ message: tagged, status: 'read', at: 1750030090_000, recipient });

    expect(built).toEqual(fixture('messages.status.read_callback_data'));
  });

  it.each([131026, 131047, 131048])('say why with error %i', (code) => {
    const recorded = fixture(`messages.status.failed_${code}`);
    const { id } = recorded.entry[0].changes[0].value.statuses[0];

    const built = statusUpdate({
      message: { ...message, id },
      status: 'failed',
      at: 1773446400_000,
      recipient,
      code,
    });

    const [status] = recorded.entry[0].changes[0].value.statuses;
    expect(built.entry[0]?.changes[0]?.value).toMatchObject({ statuses: [status] });
    expect(built.entry[0]?.changes[0]?.value).not.toHaveProperty('contacts');
  });
});

describe('batch', () => {
  it('puts all updates of an account and time under one entry, in order', () => {
    const text = textMessage({ from: sheena, at: 1749416383_000 }, 'Hi');
    const status = statusUpdate({ message, status: 'sent', at: 1750030073_000 });
    const quality = webhook(
      { field: 'message_template_quality_update', value: { new_quality_score: 'RED' } },
      { time: 1773446400 },
    );
    const other = webhook(
      { field: 'account_update', value: {} },
      { businessAccountId: '524126980791429' },
    );

    const built = batch([text, quality, status, other]);

    expect(built.entry).toEqual([
      { id: '102290129340398', changes: [text, status].map((each) => each.entry[0]?.changes[0]) },
      { id: '102290129340398', time: 1773446400, changes: quality.entry[0]?.changes },
      { id: '524126980791429', changes: other.entry[0]?.changes },
    ]);
  });
});
