import {
  type Claim,
  type ClaimReason,
  type Due,
  MemoryStore,
  type Untold,
  type Waiting,
} from '../../src';

/** A store that outlives the trackers that use it, and knows who claimed what. */
export class LastingStore extends MemoryStore {
  readonly #claimants = new Map<string, string>();
  readonly #untold = new Map<string, Waiting>();
  readonly untold: Untold = {
    // In these tests a drop is settled when it is due.
    list: (before) => [...this.#untold.values()].filter(({ dropAt }) => dropAt < before),
    forget: (ids) => {
      for (const id of ids) this.#untold.delete(id);
    },
  };

  constructor() {
    super('lasting');
  }

  override claim(id: string, reason: ClaimReason, by?: string): Claim {
    const claim = super.claim(id, reason);
    if (claim.claimed && by !== undefined) this.#claimants.set(id, `${reason} ${by}`);
    const isAgain = by !== undefined && this.#claimants.get(id) === `${reason} ${by}`;
    if (claim.claimed || !isAgain) return claim;
    return { claimed: true, waiting: undefined, stalled: true };
  }

  override settle(due: readonly Due[]): readonly Due[] {
    const settled = super.settle(due);
    for (const { deadline, waiting } of settled) {
      if (deadline === 'drop') this.#untold.set(waiting.id, waiting);
    }
    return settled;
  }
}
