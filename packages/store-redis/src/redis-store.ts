import type {
  Claim,
  ClaimReason,
  Clock,
  Due,
  Inbox,
  SharedState,
  Store,
  TakeDue,
  Untold,
  Waiting,
  WaitingSummary,
} from '@turnspan/core';
import { createCallName, toMessageName } from './call-name';
import type { Keys } from './keys';
import { CLAIMS_KEPT_MS, RedisUntold } from './redis-untold';
import { toBoolean, toList } from './reply';
import type { RunScript } from './script-runner';
import { CLAIM, SETTLE, SUMMARY, TAKE_DUE, WAIT } from './scripts/waiting-list';
import { toClaim, toDue, toPacked, toSummary } from './waiting-codec';

const CLAIM_KEPT_MS = String(CLAIMS_KEPT_MS);
/** Redis answers nobody else while a script runs; so many take it a few milliseconds. */
const SETTLED_AT_A_TIME = 250;

/** What a {@link RedisStore} is made of. */
export interface RedisStoreParts {
  readonly origin: string;
  readonly keys: Keys;
  readonly run: RunScript;
  readonly clock: Clock;
  readonly shared: SharedState;
  readonly inbox: Inbox;
}

/** Who waits where, in Redis; for any number of processes. */
export class RedisStore implements Store {
  readonly origin: string;
  readonly claimsKeptMs: number = CLAIMS_KEPT_MS;
  readonly shared: SharedState;
  readonly inbox: Inbox;
  readonly untold: Untold;
  readonly #keys: Keys;
  readonly #run: RunScript;
  readonly #clock: Clock;

  constructor({ origin, keys, run, clock, shared, inbox }: RedisStoreParts) {
    this.origin = origin;
    this.shared = shared;
    this.inbox = inbox;
    this.untold = new RedisUntold({ keys, run, clock });
    this.#keys = keys;
    this.#run = run;
    this.#clock = clock;
  }

  /** Puts a visit on the waiting list; rejects with `STORE_UNAVAILABLE`, as all calls do. */
  async wait(waiting: Waiting): Promise<void> {
    const keys = [...this.#keys.waitingList, this.#keys.claim(waiting.id)];
    await this.#run(WAIT, { keys, arguments: toPacked(waiting) });
  }

  /** Takes a visit off the list; of all callers in all processes one is told `claimed`. */
  async claim(id: string, reason: ClaimReason, by = ''): Promise<Claim> {
    const keys = [...this.#keys.waitingList, this.#keys.claim(id)];
    const isOwn = id.startsWith(`${this.origin}.`) ? '1' : '0';
    const message = by && toMessageName(by);
    const values = [id, reason, createCallName(), isOwn, CLAIM_KEPT_MS, message];
    return toClaim(await this.#run(CLAIM, { keys, arguments: values }));
  }

  /** Hands out deadlines that have passed; the work grows with how many, not with who else waits. */
  async takeDue({ now, limit, leaseMs }: TakeDue): Promise<readonly Due[]> {
    const lease = createCallName();
    const values = [now, limit, now + leaseMs, lease].map(String);
    const keys = [...this.#keys.waitingList];
    const due = await this.#run(TAKE_DUE, { keys, arguments: values });
    return toList(due).map((each) => toDue(each, lease));
  }

  /** Settles what was handed out, a few hundred in a round trip. */
  async settle(due: readonly Due[]): Promise<readonly Due[]> {
    const call = createCallName();
    const batches: Promise<readonly Due[]>[] = [];
    for (let first = 0; first < due.length; first += SETTLED_AT_A_TIME) {
      batches.push(this.#settle(due.slice(first, first + SETTLED_AT_A_TIME), call));
    }
    return (await Promise.all(batches)).flat();
  }

  /** Who waits where; the work grows with the nodes, not with who waits. */
  async summary(): Promise<WaitingSummary> {
    const keys = [...this.#keys.waitingList];
    return toSummary(await this.#run(SUMMARY, { keys, arguments: [] }));
  }

  async #settle(due: readonly Due[], call: string): Promise<readonly Due[]> {
    const keys = [
      ...this.#keys.waitingList,
      ...this.#keys.untold,
      ...due.map(({ waiting }) => this.#keys.claim(waiting.id)),
    ];
    const each = due.flatMap(({ waiting, lease, deadline }) => [waiting.id, lease, deadline]);
    const values = [call, CLAIM_KEPT_MS, String(this.#clock.now()), ...each];
    const settled = toList(await this.#run(SETTLE, { keys, arguments: values }));
    return due.filter((_, index) => toBoolean(settled[index]));
  }
}
