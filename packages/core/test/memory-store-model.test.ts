import fc from 'fast-check';
import { type Claim, type ClaimReason, type Due, MemoryStore, type Waiting } from '../src';

const ORIGIN = 'here';
const LEASE = 10;

/** Also what is no valid Unicode. */
const text = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.array(fc.nat({ max: 0xffff })).map((codes) => String.fromCharCode(...codes)),
  fc.constantFrom('order', 'size', ''),
);
const time = fc.oneof(
  fc.nat({ max: 60 }),
  fc.double({ noNaN: true }),
  fc.constantFrom(
    -0,
    Number.POSITIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
    Date.UTC(2026, 0, 5) + 0.375,
  ),
);
const user = fc.record({ channel: text, line: text, key: text });
const waiting: fc.Arbitrary<Waiting> = fc.record({
  id: fc.oneof(
    text,
    text.map((each) => `${ORIGIN}.${each}`),
  ),
  user,
  flow: text,
  node: text,
  position: fc.oneof(text, fc.json()),
  parents: fc.array(fc.oneof(text, fc.json()), { maxLength: 3 }),
  stallAt: time,
  dropAt: time,
});

/** The same, few enough to meet each other. */
const known = fc.record({
  id: fc.constantFrom(...[0, 1, 2, 3, 4, 5].map((each) => `${ORIGIN}.${each}`), 'other.1'),
  user: fc.constant({ channel: 'web', line: 'bot', key: 'ann' }),
  flow: fc.constantFrom('order', 'help'),
  node: fc.constantFrom('size', 'crust'),
  position: fc.constant('[1]'),
  parents: fc.constant([]),
  stallAt: fc.nat({ max: 50 }),
  dropAt: fc.nat({ max: 80 }),
});
const reason = fc.constantFrom<ClaimReason>('answered', 'dropped', 'undelivered');
const step = fc.oneof(
  fc.record({ kind: fc.constant('wait' as const), waiting: known }),
  fc.record({ kind: fc.constant('claim' as const), id: known.map(({ id }) => id), reason }),
  fc.record({ kind: fc.constant('take' as const), afterMs: fc.nat(12), limit: fc.nat(4) }),
  fc.record({ kind: fc.constant('settle' as const), batch: fc.nat() }),
);

interface Known {
  readonly waiting: Waiting;
  readonly stalled: boolean;
  readonly lease?: string;
  readonly leasedUntil: number;
}

/** The waiting list as one would write it down if neither time nor space mattered. */
class Model {
  readonly list = new Map<string, Known>();
  readonly #claims = new Map<string, ClaimReason>();

  wait(waiting: Waiting): void {
    if (this.#claims.has(waiting.id)) return;
    const before = this.list.get(waiting.id);
    const stalled = before?.stalled === true && before.waiting.stallAt === waiting.stallAt;
    this.list.set(waiting.id, { waiting, stalled, leasedUntil: Number.NEGATIVE_INFINITY });
  }

  claim(id: string, reason: ClaimReason): Claim {
    const before = this.#claims.get(id);
    if (before) return { claimed: false, reason: before };
    this.#claims.set(id, reason);
    const known = this.list.get(id);
    this.list.delete(id);
    if (!known && id.startsWith(`${ORIGIN}.`)) return { claimed: false, reason: undefined };
    return { claimed: true, waiting: known?.waiting, stalled: known?.stalled ?? false };
  }

  /** What may be handed out, by the time from which on it may. */
  due(now: number): readonly Due[] {
    return [...this.list.values()]
      .filter((known) => freeFrom(known) <= now)
      .sort((a, b) => freeFrom(a) - freeFrom(b))
      .map((known) => ({ deadline: nameOf(known), waiting: known.waiting, lease: '' }));
  }

  lease(due: readonly Due[], until: number): void {
    for (const { waiting, lease } of due) {
      const known = this.list.get(waiting.id);
      if (known) this.list.set(waiting.id, { ...known, lease, leasedUntil: until });
    }
  }

  settle({ waiting: { id }, deadline, lease }: Due): boolean {
    const known = this.list.get(id);
    if (known?.lease !== lease) return false;
    if (deadline === 'drop') this.claim(id, 'dropped');
    else {
      const { waiting } = known;
      this.list.set(id, { waiting, stalled: true, leasedUntil: Number.NEGATIVE_INFINITY });
    }
    return true;
  }

  nextDeadline(): number | undefined {
    return [...this.list.values()].map(deadlineOf).sort((a, b) => a - b)[0];
  }

  count(flow: string, node: string): { waiting: number; stalled: number } {
    const there = [...this.list.values()].filter(
      ({ waiting }) => waiting.flow === flow && waiting.node === node,
    );
    return { waiting: there.length, stalled: there.filter(({ stalled }) => stalled).length };
  }
}

function nameOf({ waiting, stalled }: Known): Due['deadline'] {
  return stalled || waiting.dropAt <= waiting.stallAt ? 'drop' : 'stall';
}

function deadlineOf(known: Known): number {
  return nameOf(known) === 'drop' ? known.waiting.dropAt : known.waiting.stallAt;
}

function freeFrom(known: Known): number {
  return Math.max(deadlineOf(known), known.leasedUntil);
}

/** A store beside its model; whatever the one says, the other has to say. */
class Pair {
  readonly store = new MemoryStore(ORIGIN);
  readonly model = new Model();
  readonly #batches: (readonly Due[])[] = [];
  #now = 0;

  take(step: StepOf): void {
    if (step.kind === 'wait') {
      this.store.wait(step.waiting);
      this.model.wait(step.waiting);
    }
    if (step.kind === 'claim') {
      expect(this.store.claim(step.id, step.reason)).toEqual(
        this.model.claim(step.id, step.reason),
      );
    }
    if (step.kind === 'take') this.#take(step.afterMs, step.limit);
    if (step.kind === 'settle') this.#settle(step.batch);
    this.#compareSummaries();
  }

  /** Which of two that are due at the same time comes first is the store's to say. */
  #take(afterMs: number, limit: number): void {
    this.#now += afterMs;
    const free = this.model.due(this.#now);
    const due = this.store.takeDue({ now: this.#now, limit, leaseMs: LEASE });
    expect(due.map((each) => this.#freeFrom(each))).toEqual(
      free.slice(0, limit).map((each) => this.#freeFrom(each)),
    );
    for (const { deadline, waiting } of due) {
      expect(free).toContainEqual({ deadline, waiting, lease: '' });
    }
    this.model.lease(due, this.#now + LEASE);
    this.#batches.push(due);
  }

  #freeFrom({ waiting }: Due): number {
    const known = this.model.list.get(waiting.id);
    return known ? freeFrom(known) : Number.NaN;
  }

  #settle(which: number): void {
    const batch = this.#batches[which % this.#batches.length] ?? [];
    expect(this.store.settle(batch)).toEqual(batch.filter((due) => this.model.settle(due)));
  }

  #compareSummaries(): void {
    const { counts, nextDeadline } = this.store.summary();
    expect(nextDeadline).toBe(this.model.nextDeadline());
    for (const { flow, node, ...count } of counts) {
      expect(count).toEqual(this.model.count(flow, node));
    }
    const people = counts.reduce((sum, count) => sum + count.waiting, 0);
    expect(people).toBe(this.model.list.size);
  }
}

type StepOf = typeof step extends fc.Arbitrary<infer Step> ? Step : never;

describe('the waiting list in memory', () => {
  it('does what a plain list would do, whatever happens in whatever order', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 100, size: 'max' }), (sequence) => {
        const pair = new Pair();

        for (const each of sequence) pair.take(each);
      }),
      { numRuns: 500 },
    );
  });

  it('gives back every wait as it was, whatever its texts and times are', () => {
    fc.assert(
      fc.property(fc.uniqueArray(waiting, { selector: ({ id }) => id }), (waits) => {
        const store = new MemoryStore(ORIGIN);
        for (const each of waits) store.wait(each);

        const due = store.takeDue({ now: Number.POSITIVE_INFINITY, limit: 1_000, leaseMs: 1 });
        const claims = waits.map(({ id }) => store.claim(id, 'answered'));

        expect(claims).toEqual(
          waits.map((each) => ({ claimed: true, waiting: each, stalled: false })),
        );
        expect(due).toHaveLength(waits.length);
        expect(waits).toEqual(expect.arrayContaining(due.map((each) => each.waiting)));
      }),
      { numRuns: 500 },
    );
  });
});
