import fc from 'fast-check';
import { MessageTags } from '../src/message-tag';
import { createPseudonymizer } from '../src/privacy';

const signed = (key: string) => new MessageTags(createPseudonymizer(key));
const unsigned = () => new MessageTags(undefined);
const TAG = { flow: 'order', node: 'size', claimId: 'o.j.1', sentAt: 1_767_600_000_000 };

describe('message tags', () => {
  it.each([
    ['signed', signed('key')],
    ['unsigned', unsigned()],
  ])('that are %s come back as they went', (_name, tags) => {
    const name = fc.string({ maxLength: 40 });
    const anyTag = fc.record({ flow: name, node: name, claimId: name, sentAt: fc.nat() });
    fc.assert(
      fc.property(anyTag, (tag) => {
        const text = tags.encode(tag);

        expect(text === undefined ? tag : tags.decode(text)).toEqual(tag);
        expect(text?.length ?? 0).toBeLessThanOrEqual(512);
      }),
    );
  });

  it.each([
    ['signed with another key', signed('other').encode(TAG)],
    ['not signed', unsigned().encode(TAG)],
    ['changed on the way', signed('key').encode(TAG)?.replace('size', 'confirm')],
    ['of a later layout', signed('key').encode(TAG)?.replace('ts1', 'ts2')],
    ['of another bot', 'campaign=spring'],
    ['missing', undefined],
  ])('that are %s are not ours', (_what, text) => {
    expect(signed('key').decode(text)).toBeUndefined();
  });

  it('too long for the channel are not written', () => {
    expect(signed('key').encode({ ...TAG, node: 'x'.repeat(500) })).toBeUndefined();
  });
});
