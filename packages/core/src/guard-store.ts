import { CircuitBreaker } from './circuit-breaker';
import { type StartTimer, withDeadline } from './deadline';
import { TurnspanError } from './errors';
import { isPending, type Maybe } from './maybe';
import type { SharedState } from './shared-state';
import type { Store, Untold } from './store';

/** How long a store may take, and what follows when it does not keep to it. */
export interface GuardStoreOptions {
  /** How long a call may take that the events of a turn wait for. @default 1000 */
  readonly timeoutMs?: number;
  /** How long a call may take that only the sweep waits for. @default 10000 */
  readonly sweepTimeoutMs?: number;
  /** Failures in a row after which the store is left alone for a while. @default 5 */
  readonly failures?: number;
  /** How long it is left alone at first. @default 1000 */
  readonly pauseMs?: number;
  /** How long it is left alone at most. @default 10000 */
  readonly maxPauseMs?: number;
  /** Milliseconds on a clock that only goes forward. @default performance.now */
  readonly tick?: () => number;
  /** Runs a function after a time, and returns what stops it. @default a timer that keeps no process alive */
  readonly startTimer?: StartTimer;
}

/**
 * Gives every call of a store a deadline, and turns calls away at once while the store fails: what
 * waits for one of them (never the bot, but the events of its turn) waits a second at the longest.
 * A call that comes too late may have been carried out all the same; the waiting list tells it
 * again, and every store takes the same call twice.
 */
export function guardStore(store: Store, options: GuardStoreOptions = {}): Store {
  const { tick = () => performance.now(), failures = 5, pauseMs = 1000 } = options;
  const { timeoutMs = 1000, sweepTimeoutMs = 10_000 } = options;
  const { maxPauseMs = 10_000, startTimer } = options;
  const breaker = new CircuitBreaker({ tick, failures, pauseMs, maxPauseMs });
  const guard: Guard = (ask, limitMs = timeoutMs) => {
    if (!breaker.admit()) throw pausing();
    const answer = request(ask, breaker);
    const deadline = { timeoutMs: limitMs, tooLate, tick, ...(startTimer && { startTimer }) };
    if (isPending(answer)) return note(withDeadline(answer, deadline), breaker);
    breaker.succeed();
    return answer;
  };
  return {
    origin: store.origin,
    ...(store.claimsKeptMs !== undefined && { claimsKeptMs: store.claimsKeptMs }),
    wait: (waiting) => guard(() => store.wait(waiting)),
    claim: (id, reason, by) => guard(() => store.claim(id, reason, by)),
    takeDue: (asked) => guard(() => store.takeDue(asked), sweepTimeoutMs),
    settle: (due) => guard(() => store.settle(due), sweepTimeoutMs),
    summary: () => guard(() => store.summary(), sweepTimeoutMs),
    ...(store.untold && { untold: guardUntold(store.untold, (ask) => guard(ask, sweepTimeoutMs)) }),
    ...(store.shared && { shared: guardShared(store.shared, guard) }),
    ...(store.inbox && { inbox: store.inbox }),
  };
}

type Guard = <T>(ask: () => Maybe<T>, limitMs?: number) => Maybe<T>;

function guardUntold(untold: Untold, guard: Guard): Untold {
  return {
    list: (settledBefore, limit) => guard(() => untold.list(settledBefore, limit)),
    forget: (ids) => guard(() => untold.forget(ids)),
  };
}

function guardShared(shared: SharedState, guard: Guard): SharedState {
  return {
    see: async (key, ttlMs) => await guard(() => shared.see(key, ttlMs)),
    assign: async (name, value, ttlMs) => await guard(() => shared.assign(name, value, ttlMs)),
    acquire: async (name, ttlMs) => await guard(() => shared.acquire(name, ttlMs)),
    keepFacts: async (facts) => await guard(() => shared.keepFacts(facts)),
    facts: async () => await guard(() => shared.facts()),
  };
}

function request<T>(ask: () => Maybe<T>, breaker: CircuitBreaker): Maybe<T> {
  try {
    return ask();
  } catch (error) {
    breaker.fail();
    throw error;
  }
}

function note<T>(answer: Promise<T>, breaker: CircuitBreaker): Promise<T> {
  return answer.then(
    (value) => {
      breaker.succeed();
      return value;
    },
    (error) => {
      breaker.fail();
      throw error;
    },
  );
}

function tooLate(timeoutMs: number): TurnspanError {
  const detail = `It did not answer within ${timeoutMs} ms.`;
  return new TurnspanError('STORE_UNAVAILABLE', { detail });
}

function pausing(): TurnspanError {
  const detail = 'It has failed several times in a row and is tried again in a moment.';
  return new TurnspanError('STORE_UNAVAILABLE', { detail });
}
