import type { WaitEnd } from '@turnspan/journal';
import { createRandom } from '../src/statistics/random';
import { estimateDropOff } from '../src/waiting/estimate-drop-off';
import { estimateTimeToDrop, estimateTimeToReply } from '../src/waiting/reply-times';
import { suggestStallAfter } from '../src/waiting/suggest-stall-after';
import { expectFound } from './support/expect-found';
import { FREIREICH } from './support/freireich';

const PLACE = { flow: 'book', node: 'name' };

function wait(seconds: number, end: WaitEnd = 'replied', count = 1) {
  return { ...PLACE, seconds, end, count };
}

const REMISSIONS = FREIREICH.mercaptopurine.map(({ time, happened }) =>
  wait(time, happened ? 'replied' : 'dropped'),
);

describe('the time to a reply', () => {
  it('is a survival curve: who fell silent may have been about to reply', () => {
    const [node] = estimateTimeToReply({ waits: REMISSIONS }, { needed: 9 });

    const { median, happened, total } = expectFound(node?.answer);
    expect({ median, happened, total }).toEqual({
      median: { value: 23, low: 13, high: undefined },
      happened: 9,
      total: 21,
    });
  });

  it('knows of those who still wait', () => {
    const open = [{ ...PLACE, seconds: 5, count: 1000 }];

    const [node] = estimateTimeToReply({ waits: REMISSIONS, open }, { needed: 9 });

    const { curve, total } = expectFound(node?.answer);
    expect(total).toBe(1021);
    // They were gone before the first reply, so nothing else changes.
    expect(curve[0]).toMatchObject({ time: 6, atRisk: 21 });
  });

  it('is not known from a few', () => {
    const [node] = estimateTimeToReply({ waits: REMISSIONS });

    expect(node?.answer).toMatchObject({ kind: 'not_enough_data', had: 9, needed: 10 });
  });
});

describe('the time to a drop', () => {
  it('is when people were given up, whoever replied before', () => {
    const waits = [wait(10, 'replied', 50), wait(3600, 'dropped', 30), wait(7200, 'dropped', 20)];

    const [node] = estimateTimeToDrop({ waits });

    expect(expectFound(node?.answer).median.value).toBe(3600);
  });
});

describe('the drop-off while many still wait', () => {
  it('is what the replies leave at the deadline', () => {
    const random = createRandom(21);
    // One in five never replies, the others within 20 hours; half are asked in the last 24 hours.
    const people = Array.from({ length: 2000 }, () => ({
      reply: random() < 0.2 ? Number.POSITIVE_INFINITY : random() * 72_000,
      asked: random() * 2 * 86_400,
    }));
    const waits = people.flatMap(({ reply, asked }) => {
      if (reply < asked) return [wait(reply)];
      return asked >= 86_400 ? [wait(86_400, 'dropped')] : [];
    });
    const open = people
      .filter(({ reply, asked }) => reply >= asked && asked < 86_400)
      .map(({ asked }) => ({ ...PLACE, seconds: asked, count: 1 }));

    const [node] = estimateDropOff({ waits, open });

    const { dropOff, low, high, settled, waiting } = expectFound(node?.answer);
    expect(settled + waiting).toBe(2000);
    expect(low).toBeLessThan(0.2);
    expect(high).toBeGreaterThan(0.2);
    expect(high - low).toBeLessThan(0.06);
    // What is settled so far says less.
    const naive = waits.filter(({ end }) => end === 'dropped').length / waits.length;
    expect(naive).toBeLessThan(low);
    expect(dropOff).toBeGreaterThan(naive);
  });

  it.each([
    ['too few are settled', [wait(5, 'replied', 9)]],
    ['nobody replied', [wait(86_400, 'dropped', 50)]],
  ])('is not known when %s', (_name, waits) => {
    expect(estimateDropOff({ waits })[0]?.answer.kind).toBe('not_enough_data');
  });
});

describe('the suggestion when a wait is stalled', () => {
  it('is when nearly all have replied who reply at all', () => {
    const waits = [
      ...Array.from({ length: 200 }, (_, index) => wait(index + 1)),
      wait(86_400, 'dropped', 500),
    ];

    const [node] = suggestStallAfter(waits);

    const { stallAfterMs, lowMs, highMs, replies } = expectFound(node?.answer);
    expect([stallAfterMs, replies]).toEqual([190_000, 200]);
    expect(lowMs).toBeLessThan(190_000);
    expect(highMs).toBeGreaterThan(190_000);
  });

  it.each([
    [2, 60_000],
    [80_000, 43_200_000],
  ])('is neither too short nor too long for replies after %d seconds', (seconds, expected) => {
    const [node] = suggestStallAfter([wait(seconds, 'replied', 60)]);

    expect(expectFound(node?.answer).stallAfterMs).toBe(expected);
  });

  it('needs replies', () => {
    const [node] = suggestStallAfter([wait(5, 'replied', 59), wait(5, 'dropped', 100)]);

    expect(node?.answer).toMatchObject({ kind: 'not_enough_data', had: 59, needed: 60 });
  });
});
