import fc from 'fast-check';
import { type ClaimReason, MemoryStore, type Waiting } from '../src';

const ORIGIN = 'here';
const LAST = 1_000;
const LEASE = 10;

type Step =
  | { readonly kind: 'wait'; readonly id: number; readonly stallAt: number; readonly forMs: number }
  | { readonly kind: 'claim'; readonly id: number; readonly reason: ClaimReason }
  | { readonly kind: 'take'; readonly afterMs: number; readonly limit: number };

const steps: fc.Arbitrary<readonly Step[]> = fc.array(
  fc.oneof(
    fc.record({
      kind: fc.constant('wait' as const),
      id: fc.nat(7),
      stallAt: fc.nat(90),
      forMs: fc.nat(30),
    }),
    fc.record({
      kind: fc.constant('claim' as const),
      id: fc.nat(7),
      reason: fc.constantFrom<ClaimReason>('answered', 'dropped', 'undelivered'),
    }),
    fc.record({ kind: fc.constant('take' as const), afterMs: fc.nat(20), limit: fc.nat(4) }),
  ),
  { maxLength: 60 },
);

/** A store, and a note of all that it was told and has given out. */
class Ledger {
  readonly store = new MemoryStore(ORIGIN);
  readonly waited = new Set<string>();
  /** Claimed before anybody waited. */
  readonly early = new Set<string>();
  readonly settled: string[] = [];
  readonly stalled: string[] = [];
  now = 0;

  take(step: Step): void {
    if (step.kind === 'wait') this.#wait(step);
    if (step.kind === 'claim') this.#claim(`${ORIGIN}.${step.id}`, step.reason);
    if (step.kind === 'take') {
      this.now += step.afterMs;
      this.takeDue(step.limit);
    }
  }

  takeDue(limit: number): number {
    const due = this.store.takeDue({ now: this.now, limit, leaseMs: LEASE });
    expect(this.store.settle(due)).toEqual(due);
    for (const { deadline, waiting } of due) {
      const deadlineAt = deadline === 'drop' ? waiting.dropAt : waiting.stallAt;
      expect(deadlineAt).toBeLessThanOrEqual(this.now);
      (deadline === 'drop' ? this.settled : this.stalled).push(waiting.id);
    }
    expect(due.length).toBeLessThanOrEqual(limit);
    return due.length;
  }

  #wait({ id, stallAt, forMs }: Extract<Step, { kind: 'wait' }>): void {
    const waiting = createWaiting(`${ORIGIN}.${id}`, stallAt, stallAt + forMs);
    this.store.wait(waiting);
    if (!this.early.has(waiting.id)) this.waited.add(waiting.id);
  }

  #claim(id: string, reason: ClaimReason): void {
    if (this.store.claim(id, reason).claimed) this.settled.push(id);
    else if (!this.waited.has(id)) this.early.add(id);
  }
}

function createWaiting(id: string, stallAt: number, dropAt: number): Waiting {
  const user = { channel: 'web', line: 'bot', key: 'ann' };
  const node = `node${id.length % 2}`;
  return { id, user, flow: 'order', node, position: '[]', parents: [], stallAt, dropAt };
}

describe('the waiting list in memory', () => {
  it('gives every wait to one caller exactly, whatever the order of calls', () => {
    fc.assert(
      fc.property(steps, (sequence) => {
        const ledger = new Ledger();

        for (const step of sequence) ledger.take(step);
        ledger.now = LAST;
        while (ledger.takeDue(3) > 0);

        expect([...ledger.settled].sort()).toEqual([...ledger.waited].sort());
      }),
      { numRuns: 1_000 },
    );
  });

  it('counts who waits, never below zero, and nobody at the end', () => {
    fc.assert(
      fc.property(steps, (sequence) => {
        const ledger = new Ledger();

        for (const step of sequence) {
          ledger.take(step);
          const counts = ledger.store.summary().counts;
          const waiting = counts.reduce((sum, count) => sum + count.waiting, 0);
          expect(waiting).toBe(new Set(ledger.waited).size - new Set(ledger.settled).size);
          expect(counts.every((each) => each.stalled >= 0 && each.stalled <= each.waiting)).toBe(
            true,
          );
        }
      }),
      { numRuns: 1_000 },
    );
  });

  it('knows the next deadline: nothing is due before it, and something is then', () => {
    fc.assert(
      fc.property(steps, (sequence) => {
        const ledger = new Ledger();
        for (const step of sequence) ledger.take(step);

        const next = ledger.store.summary().nextDeadline;

        const taken = (now: number) => ledger.store.takeDue({ now, limit: 1, leaseMs: LEASE });
        if (next === undefined) expect(taken(LAST)).toEqual([]);
        else {
          expect(taken(next - 1)).toEqual([]);
          expect(taken(next)).toHaveLength(1);
        }
      }),
      { numRuns: 1_000 },
    );
  });

  it('tells late callers why, for the last 20 000 claims', () => {
    const store = new MemoryStore(ORIGIN);
    for (let id = 0; id <= 20_000; id += 1) {
      store.wait(createWaiting(`${ORIGIN}.${id}`, 1, 2));
      store.claim(`${ORIGIN}.${id}`, 'answered');
    }

    const late = [1, 0].map((id) => store.claim(`${ORIGIN}.${id}`, 'dropped'));

    expect(late).toEqual([
      { claimed: false, reason: 'answered' },
      { claimed: false, reason: undefined },
    ]);
  });
});
