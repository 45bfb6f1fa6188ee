import fc from 'fast-check';
import { ByteBuffer } from '../src/byte-buffer';
import { TextReader } from '../src/text-reader';
import { TextWriter } from '../src/text-writer';
import { createWait } from './support/waits';

/** Also what is no valid Unicode. */
const anyText = fc
  .array(fc.oneof(fc.nat({ max: 0x7f }), fc.nat({ max: 0xffff })), { maxLength: 600 })
  .map((codes) => String.fromCharCode(...codes));
const word = fc.oneof(
  fc.stringMatching(/^[\w-]{0,50}$/),
  fc.stringMatching(/^[0-9,"[\]-]{0,20}$/),
  fc.string({ unit: 'binary' }),
);
const json = fc.json({ stringUnit: 'grapheme' });
const text = fc.oneof(anyText, word, json, fc.string({ maxLength: 2_000, size: 'max' }));

/** Texts with a hint that some of them contain. */
const texts = fc
  .record({
    hint: fc.oneof(word, text),
    around: fc.array(fc.tuple(word, word)),
    texts: fc.array(text),
  })
  .map(({ hint, around, texts }) => ({
    hint,
    texts: [...texts, ...around.map(([left, right]) => `["${left}",1,"${hint}",${right}]`), hint],
  }));

const { position, id } = createWait(1, 'here');

describe('texts in few bytes', () => {
  it('come back as they were, one after the other', () => {
    const writer = new TextWriter();
    const reader = new TextReader();

    fc.assert(
      fc.property(texts, ({ hint, texts }) => {
        const buffer = new ByteBuffer();
        for (const each of texts) writer.write(buffer, each, hint);
        const end = buffer.position;
        buffer.position = 0;

        const read = texts.map(() => reader.read(buffer, hint));

        expect(read).toEqual(texts);
        expect(buffer.position).toBe(end);
      }),
      { numRuns: 1_000 },
    );
  });

  it.each([
    { what: 'a position, of which the id is known', text: position, hint: id, ratio: 0.6 },
    { what: 'a hash', text: createWait(2, 'here').user.key, hint: '', ratio: 0.9 },
    { what: 'a word in Greek', text: 'παράδοση', hint: '', ratio: 2.5 },
  ])('are short: $what', ({ text, hint, ratio }) => {
    const buffer = new ByteBuffer();

    new TextWriter().write(buffer, text, hint);

    expect(buffer.position / text.length).toBeLessThan(ratio);
  });
});
