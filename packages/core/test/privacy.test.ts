import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { createPseudonymizer, toPublicLine } from '../src/privacy';
import { Scenario } from './support/scenario';
import { freeze } from './support/tale';

describe('a person', () => {
  it('appears in no event but as a keyed hash, and what they typed does not appear', () => {
    const secret = fc.stringMatching(/^[a-z0-9]{6,20}$/);

    fc.assert(
      fc.property(secret, secret, secret, (userId, text, messageId) => {
        const scenario = new Scenario();
        const ann = { id: `user${userId}`, frames: [] };
        const input = { text: `text${text}`, messageId: `wamid.${messageId}` };

        scenario.hear(input, ann).begin('order').say('welcome').ask('size').done();
        scenario.hear(input, ann).answer('unmatched').ask('size').done();
        scenario.hear(input, ann).answer('unmatched').crash();
        scenario.report('read');

        const told = JSON.stringify([scenario.events.map(freeze), scenario.tags, ann.frames]);
        for (const raw of [ann.id, input.text, input.messageId]) expect(told).not.toContain(raw);
      }),
      { numRuns: 50 },
    );
  });

  it('has the same hash under the same key, and another under another', () => {
    const [ours, again, theirs] = ['a', 'a', 'b'].map(createPseudonymizer);

    expect(ours?.('whatsapp', '34600111222')).toBe(again?.('whatsapp', '34600111222'));
    expect(ours?.('whatsapp', '34600111222')).not.toBe(theirs?.('whatsapp', '34600111222'));
    expect(ours?.('whatsapp', '34600111222')).toMatch(/^[\w-]{16}$/);
  });

  it('has the HMAC-SHA256 of the standard library, whatever the key', () => {
    const key = fc.oneof(fc.string({ maxLength: 200 }), fc.uint8Array({ maxLength: 200 }));

    fc.assert(
      fc.property(key, fc.string(), fc.string(), (secret, channel, id) => {
        const standard = createHmac('sha256', secret).update(`${channel}\0${id}`);
        const expected = standard.digest('base64url').slice(0, 16);

        expect(createPseudonymizer(secret)(channel, id)).toBe(expected);
      }),
    );
  });

  it('on another channel is another user', () => {
    const pseudonymize = createPseudonymizer('key');

    expect(pseudonymize('web', 'ann')).not.toBe(pseudonymize('whatsapp', 'ann'));
    expect(pseudonymize('a', 'bc')).not.toBe(pseudonymize('ab', 'c'));
  });
});

describe('a line', () => {
  it.each([['106540352242922'], ['bot'], ['C0FFEE'], ['']])('%j stays as it is', (line) => {
    expect(toPublicLine(line, createPseudonymizer('key'))).toBe(line);
  });

  it.each([['+14155550100'], ['whatsapp:+1 (415) 555-0100'], ['+44 20 7946 0958']])(
    '%j is hashed, since it is a phone number',
    (line) => {
      const shown = toPublicLine(line, createPseudonymizer('key'));

      expect(shown).toMatch(/^line-[\w-]{8}$/);
    },
  );
});
