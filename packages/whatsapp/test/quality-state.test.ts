import type { QualityFact, QualitySubject } from '@turnspan/core';
import fc from 'fast-check';
import { QualityState } from '../src';
import { toFactLine } from './quality-harness';

const template: QualitySubject = { kind: 'template', id: '1' };

function fact(value: string, at: number, rest: Partial<QualityFact> = {}): QualityFact {
  const attribute = 'rating';
  return { subject: template, attribute, value, at, observedAt: at, source: 'webhook', ...rest };
}

function stateOf(facts: readonly QualityFact[]): QualityState {
  const state = new QualityState();
  state.restore(facts);
  return state;
}

/** Facts in whatever order, so that the same is told of a state whatever came first. */
function known(state: QualityState): readonly unknown[] {
  return [...state.facts()].sort((one, other) => (toFactLine(one) < toFactLine(other) ? -1 : 1));
}

const arbitraryFact: fc.Arbitrary<QualityFact> = fc
  .record(
    {
      subject: fc.record(
        {
          kind: fc.constantFrom('phone' as const, 'template' as const),
          id: fc.constantFrom('1', '2'),
          name: fc.constantFrom('a', 'b'),
        },
        { requiredKeys: ['kind', 'id'] },
      ),
      attribute: fc.constantFrom('rating' as const, 'restriction' as const),
      key: fc.constantFrom('x', 'y'),
      value: fc.constantFrom('GREEN', 'RED', 'PAUSED'),
      at: fc.nat({ max: 12_000 }).map((at) => Math.floor(at / 1000)),
      lateMs: fc.nat({ max: 3 }),
      source: fc.constantFrom('webhook' as const, 'poll' as const),
      until: fc.nat({ max: 15 }),
      reason: fc.constantFrom('P', ''),
    },
    { requiredKeys: ['subject', 'attribute', 'value', 'at', 'lateMs', 'source'] },
  )
  .map(({ lateMs, ...told }) => ({ ...told, observedAt: told.at + lateMs }));

const arbitraryHistory = fc.array(arbitraryFact, { maxLength: 40 });

/** The same facts, some of them several times, in another order. */
function shuffled(history: readonly QualityFact[]): fc.Arbitrary<readonly QualityFact[]> {
  if (history.length === 0) return fc.constant([]);
  const repeated = fc.array(fc.constantFrom(...history), { maxLength: history.length });
  return repeated.chain((extra) => {
    const all = [...history, ...extra];
    return fc.shuffledSubarray(all, { minLength: all.length, maxLength: all.length });
  });
}

describe('the law', () => {
  const orders = arbitraryHistory.chain((history) =>
    fc.record({ history: fc.constant(history), other: shuffled(history), cut: fc.nat(80) }),
  );

  it('is that neither order nor repetition matters', () => {
    fc.assert(
      fc.property(orders, ({ history, other }) => {
        expect(known(stateOf(other))).toEqual(known(stateOf(history)));
      }),
      { numRuns: 3000 },
    );
  });

  it('holds as well when the id of a number is learned in between', () => {
    const from: QualitySubject = { kind: 'phone', id: '1' };
    const to: QualitySubject = { kind: 'phone', id: '2' };
    fc.assert(
      fc.property(orders, ({ history, other, cut }) => {
        const [one, late] = [stateOf(history), stateOf(other.slice(0, cut))];
        late.move(from, to);
        late.restore(other.slice(cut));

        one.move(from, to);
        late.move(from, to);

        expect(known(late)).toEqual(known(one));
      }),
      { numRuns: 1000 },
    );
  });

  it('is what looking at the whole history at once gives', () => {
    fc.assert(
      fc.property(arbitraryHistory, (history) => {
        const told = stateOf(history).facts();

        for (const { subject, attribute, key, value, at, until } of told) {
          const same = (other: QualityFact) =>
            other.subject.kind === subject.kind &&
            other.subject.id === subject.id &&
            other.attribute === attribute &&
            other.key === key;
          expect({ value, at, until }).toEqual(lookBack(history.filter(same)));
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('gives the newest value, however often it was repeated', () => {
    const polls = Array.from({ length: 500 }, (_, at) => fact('GREEN', at, { source: 'poll' }));
    const reversed = stateOf([...polls].reverse());
    reversed.apply(fact('RED', 250));

    expect(stateOf(polls).facts()).toEqual([fact('GREEN', 0, { observedAt: 499, source: 'poll' })]);
    expect(reversed.facts()[0]).toMatchObject({ value: 'GREEN', observedAt: 499 });
  });

  it('outlives a restart', () => {
    fc.assert(
      fc.property(arbitraryHistory, (history) => {
        const before = stateOf(history);
        expect(known(stateOf(before.facts()))).toEqual(known(before));
      }),
    );
  });
});

/** The slow way: sort everything, then walk through all of it. */
function lookBack(facts: readonly QualityFact[]) {
  const rank = ({ at, source, value, until, reason }: QualityFact) =>
    [
      String(at).padStart(3, '!'),
      source,
      value,
      String(until ?? '').padStart(3, '!'),
      reason === undefined ? '' : `+${reason}`,
    ].join('|');
  const sorted = [...facts].sort((one, other) => (rank(one) < rank(other) ? -1 : 1));
  let now: { value: string; at: number; until: number | undefined } | undefined;
  for (const { value, at, until, reason } of sorted) {
    const goesOn = now?.value === value && (now.until === undefined || now.until > at);
    if (!now || !goesOn) now = { value, at, until };
    else if (until !== undefined || reason !== undefined) now = { ...now, until };
  }
  return now;
}

describe('a fact', () => {
  it('that is the first of its kind is a change from nothing', () => {
    const change = new QualityState().apply(fact('GREEN', 5));

    expect(change).toEqual({ ...fact('GREEN', 5), from: undefined });
  });

  it.each<[string, QualityFact[], QualityFact, string | undefined]>([
    ['newer', [fact('GREEN', 5)], fact('RED', 6), 'template 1 rating RED at 0.006'],
    ['older', [fact('GREEN', 5)], fact('RED', 4), undefined],
    ['equal', [fact('GREEN', 5)], fact('GREEN', 6), undefined],
    ['of a poll that is older', [fact('RED', 5)], fact('GREEN', 4, { source: 'poll' }), undefined],
    [
      'of a poll that is newer',
      [fact('RED', 5)],
      fact('GREEN', 6, { source: 'poll' }),
      'template 1 rating GREEN at 0.006',
    ],
    [
      'of a poll of the same time',
      [fact('GREEN', 5)],
      fact('RED', 5, { source: 'poll' }),
      undefined,
    ],
    [
      'with another end',
      [fact('PAUSED', 5, { until: 9 })],
      fact('PAUSED', 6, { until: 12 }),
      'template 1 rating PAUSED at 0.005 until 0.012',
    ],
    [
      'of a second pause',
      [fact('PAUSED', 5, { until: 9 })],
      fact('PAUSED', 10, { until: 16 }),
      'template 1 rating PAUSED at 0.01 until 0.016',
    ],
    [
      'of a poll that knows no end',
      [fact('PAUSED', 5, { until: 9 })],
      fact('PAUSED', 6, { source: 'poll' }),
      undefined,
    ],
  ])('%s', (_, ...[before, told, expected]) => {
    const change = stateOf(before).apply(told);

    expect(change && toFactLine(change)).toBe(expected);
  });

  it('is stale when something newer is known', () => {
    const state = stateOf([fact('GREEN', 5), fact('RED', 7)]);

    expect([4, 6, 8].map((at) => state.isStale(fact('GREEN', at)))).toEqual([true, true, false]);
    expect([6, 7].map((at) => state.isStale(fact('RED', at)))).toEqual([false, false]);
  });

  it('that has ended by itself is present no more', () => {
    const state = stateOf([fact('PAUSED', 5, { until: 9 })]);

    expect([8, 9].map((now) => state.present(now).length)).toEqual([1, 0]);
    expect(state.facts()).toHaveLength(1);
  });

  it('without names leaves those that are known', () => {
    const subject: QualitySubject = { ...template, name: 'sale', language: 'en_US' };
    const state = stateOf([fact('GREEN', 5, { subject }), fact('RED', 6)]);

    expect(state.facts()[0]?.subject).toEqual(subject);
  });
});
