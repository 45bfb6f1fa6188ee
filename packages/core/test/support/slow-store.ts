import type { TakeDue, Waiting, WaitingSummary } from '../../src';
import { type Claim, type ClaimReason, type Due, MemoryStore, type Store } from '../../src';

/** A store behind a network: what is asked of it is answered when the test says so, or fails. */
export class SlowStore implements Store {
  readonly origin = 'remote';
  readonly #inner = new MemoryStore('remote');
  readonly #calls: (() => void)[] = [];
  /** What every call fails with; undefined while the store is well. */
  outage: Error | undefined;

  wait(waiting: Waiting): Promise<void> {
    return this.#call(() => this.#inner.wait(waiting));
  }

  claim(id: string, reason: ClaimReason): Promise<Claim> {
    return this.#call(() => this.#inner.claim(id, reason));
  }

  takeDue(request: TakeDue): Promise<readonly Due[]> {
    return this.#call(() => this.#inner.takeDue(request));
  }

  settle(due: readonly Due[]): Promise<readonly Due[]> {
    return this.#call(() => this.#inner.settle(due));
  }

  summary(): WaitingSummary {
    return this.#inner.summary();
  }

  /** Answers everything that was asked, and what is asked because of that. */
  async answer(): Promise<void> {
    for (let rounds = 0; rounds < 10; rounds += 1) await this.answerOnce();
  }

  /** Answers what was asked so far. */
  async answerOnce(): Promise<void> {
    for (const call of this.#calls.splice(0)) call();
    await new Promise((resolve) => setImmediate(resolve));
  }

  #call<T>(run: () => T): Promise<T> {
    return new Promise((resolve, reject) => {
      this.#calls.push(() => {
        if (this.outage) reject(this.outage);
        else resolve(run());
      });
    });
  }
}
