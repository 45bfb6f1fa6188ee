import type { DeliverySignal } from '@turnspan/core';
import fc from 'fast-check';
import {
  classifyError,
  type InboundMessage,
  parseUpdates,
  type StatusUpdate,
  toDeliverySignal,
  userIdOf,
} from '../src';
import { envelope, fixture, messagesField } from './harness';

function readFirst(name: string) {
  return parseUpdates(JSON.parse(fixture(name)))[0];
}

describe('a message', () => {
  it('is read with its contact and its origin', () => {
    const { raw, ...message } = readFirst('messages.button_stop_promotions') as InboundMessage;

    expect(message).toEqual({
      kind: 'message',
      id: 'wamid.HBgLMTY1MDM4Nzk0MzkVAgASGBQzQUZCMDA4OUY5MkFFMDc4RDlCRgA=',
      type: 'button',
      timestamp: 1750025136000,
      from: '16505551234',
      userId: 'US.13491208655302741918',
      profileName: 'Sheena Nelson',
      contextId: 'wamid.HBgLMTY1MDM4Nzk0MzkVAgARGBJBRDk4RTc1MkU2QkU2QjQ5RDQA',
      accountId: '102290129340398',
      phoneNumberId: '106540352242922',
      displayPhoneNumber: '15550783881',
    });
    expect(raw.button).toEqual({ payload: 'Unsubscribe', text: 'Stop promotions' });
  });

  it.each([
    ['messages.text', 'US.13491208655302741918'],
    ['messages.text_bsuid_only', 'US.13491208655302741918'],
    ['messages.unsupported', 'US.13491208655302741918'],
    ['messages.system_identity_change', '972987654321'],
    ['messages.system_user_changed_number', '972987654321'],
  ])('of %s is from one stable user', (name, userId) => {
    expect(userIdOf(readFirst(name) as InboundMessage)).toBe(userId);
  });

  it('gets its own contact out of several', () => {
    const contacts = [
      { wa_id: '1', profile: { name: 'Anna' } },
      { wa_id: '2', profile: { name: 'Bert' } },
    ];
    const messages = [
      { id: 'wamid.1', from: '2' },
      { id: 'wamid.2', from: '3' },
    ];

    const read = parseUpdates(envelope(messagesField({ contacts, messages })));

    expect(read.map((message) => (message as InboundMessage).profileName)).toEqual([
      'Bert',
      undefined,
    ]);
  });

  it.each([
    ['1749416383', 1749416383000],
    [1749416383, 1749416383000],
    ['soon', undefined],
    ['', undefined],
    [-1, undefined],
    [1e300, undefined],
    [null, undefined],
  ])('sent at %j', (timestamp, expected) => {
    const messages = [{ id: 'wamid.1', timestamp }];

    const [message] = parseUpdates(envelope(messagesField({ messages })));

    expect((message as InboundMessage).timestamp).toBe(expected);
  });
});

describe('a status', () => {
  const at = 1750030073000;
  it.each<[string, Partial<DeliverySignal>]>([
    ['messages.status.sent_v24', { status: 'sent' }],
    ['messages.status.delivered_bsuid', { status: 'delivered', at, category: 'marketing' }],
    ['messages.status.read_callback_data', { status: 'read', tag: expect.any(String) }],
    [
      'messages.status.failed_131049',
      { status: 'failed', failure: { class: 'frequency_cap', code: '131049' } },
    ],
    [
      'messages.status.failed_131048',
      { status: 'failed', failure: { class: 'negative_feedback', code: '131048' } },
    ],
  ])('of %s becomes a signal', (name, expected) => {
    const signal = toDeliverySignal(readFirst(name) as StatusUpdate, 0);

    expect(signal).toMatchObject({
      kind: 'delivery',
      channel: 'whatsapp',
      line: '106540352242922',
      ...expected,
    });
  });

  it.each([
    ['played', { status: 'read', at: 5 }],
    ['failed', { status: 'failed', at: 5, failure: { class: 'other', code: '' } }],
    ['warped', undefined],
    ['constructor', undefined],
  ])('%s, bare, received at 5', (status, expected) => {
    const [update] = parseUpdates(envelope(messagesField({ statuses: [{ id: 'w', status }] })));

    const signal = toDeliverySignal(update as StatusUpdate, 5);

    const rest = { kind: 'delivery', channel: 'whatsapp', line: '106540352242922' };
    expect(signal).toEqual(expected && { ...rest, ...expected });
  });
});

describe('an error code', () => {
  it.each([
    [131048, 'negative_feedback'],
    [131050, 'opt_out'],
    [131049, 'frequency_cap'],
    [130472, 'frequency_cap'],
    [131026, 'unreachable'],
    [130403, 'unreachable'],
    [131047, 'window_closed'],
    [4, 'throttled'],
    [80007, 'throttled'],
    [130429, 'throttled'],
    [131056, 'throttled'],
    [368, 'policy'],
    [130497, 'policy'],
    [131031, 'policy'],
    [131064, 'policy'],
    [132015, 'policy'],
    [132016, 'policy'],
    [132068, 'policy'],
    [132069, 'policy'],
    [139200, 'policy'],
    [131042, 'billing'],
    [1, 'transient'],
    [2, 'transient'],
    [131000, 'transient'],
    [131016, 'transient'],
    [131057, 'transient'],
    [133004, 'transient'],
    [0, 'auth'],
    ['0', 'auth'],
    [3, 'auth'],
    [10, 'auth'],
    [190, 'auth'],
    [200, 'auth'],
    [299, 'auth'],
    [300, 'other'],
    [135000, 'other'],
    [131062, 'other'],
    [131063, 'other'],
    ['', 'other'],
    ['x', 'other'],
    [undefined, 'other'],
  ])('%p is %s', (code, expected) => {
    expect(classifyError(code)).toBe(expected);
  });
});

it('reads whatever comes', () => {
  fc.assert(
    fc.property(fc.anything(), (anything) => {
      expect(Array.isArray(parseUpdates(anything))).toBe(true);
    }),
  );
});
