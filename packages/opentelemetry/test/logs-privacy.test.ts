import type { ChannelSignal } from '@turnspan/core';
import fc from 'fast-check';
import { DAY } from '../../core/test/support/clock';
import { type Person, Scenario } from '../../core/test/support/scenario';
import { createLogsObserver, LOG_EVENTS } from '../src';
import { createLogging } from './support/logging';

/** Long enough that it is in nothing by chance. */
const text = fc
  .string({ unit: 'grapheme', minLength: 8, maxLength: 40 })
  .filter((value) => value.trim().length >= 8);
const digits = (length: number) =>
  fc
    .array(fc.integer({ min: 0, max: 9 }), { minLength: length, maxLength: length })
    .map((each) => `4${each.join('')}`);
const customer = fc.record({
  phone: digits(11),
  name: text,
  messageId: digits(20).map((id) => `wamid.${id}`),
  texts: fc.array(text, { minLength: 3, maxLength: 3 }),
});

interface Customer {
  readonly phone: string;
  readonly name: string;
  readonly messageId: string;
  readonly texts: readonly string[];
}

/** A customer is asked, misunderstood, lost, won back and told on by the channel. */
async function live({ phone, name, messageId, texts }: Customer) {
  const { provider, records } = createLogging();
  const onError = jest.fn();
  const { observe } = createLogsObserver({ loggerProvider: provider, onError });
  const scenario = new Scenario({ observers: [observe] });
  const person: Person = { id: phone, frames: [] };
  const [first = '', second = '', third = ''] = texts;
  const hear = (said: string) =>
    scenario.hear({ text: said, messageId, line: `+${phone}` }, person);
  hear(first).begin('signup').show('greeting', 'short').say('hello').ask('ask_name').done();
  for (const said of [second, second, 'help'])
    hear(said).answer('unmatched').ask('ask_name').done();
  scenario.report('failed', { failure: { class: 'other', code: '131000' } });
  hear(third).begin('menu').ask('choose').done();
  await scenario.pass(2 * DAY);
  hear(first)
    .answer()
    .ask('choose')
    .done(new TypeError(`${name} ${third}`));
  hear(second).crash();
  for (const signal of tellOn({ phone, name, messageId, texts })) scenario.tracker.signal(signal);
  expect(onError).not.toHaveBeenCalled();
  return records().map(({ eventName, body, attributes }) => ({ eventName, body, attributes }));
}

/** What the channel says that may quote a person. */
function tellOn({ phone, name, texts }: Customer): readonly ChannelSignal[] {
  const at = Date.UTC(2026, 0, 9);
  const subject = { kind: 'phone', id: '1055', name } as const;
  const known = { at, observedAt: at, source: 'webhook', from: undefined } as const;
  const change = {
    ...known,
    subject,
    attribute: 'rating',
    value: 'RED',
    reason: texts[0] ?? '',
  } as const;
  const whom = { channel: 'whatsapp', line: '1055', userId: phone, at } as const;
  return [
    { kind: 'preference', ...whom, value: 'stop' },
    { kind: 'quality_changed', change },
    { kind: 'quality_event', subject, event: 'FLAGGED', at },
  ];
}

/** Every text in a value, however deep. */
function textsIn(value: unknown): readonly string[] {
  if (typeof value !== 'object' || value === null) return [String(value)];
  return Object.entries(value).flatMap(([key, each]) => [key, ...textsIn(each)]);
}

it('tells nothing about people in any record', async () => {
  await fc.assert(
    fc.asyncProperty(customer, async (one) => {
      const records = await live(one);

      const secrets = [one.phone, one.name, one.messageId, ...one.texts];
      const told = textsIn(records).join('\n').toLowerCase();
      expect(new Set(records.map(({ eventName }) => eventName))).toEqual(
        new Set(Object.values(LOG_EVENTS)),
      );
      expect(secrets.filter((secret) => told.includes(secret.toLowerCase()))).toEqual([]);
    }),
  );
});
