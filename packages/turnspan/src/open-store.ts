import {
  type Clock,
  guardStore,
  type Maybe,
  type OnError,
  type Store,
  TurnspanError,
} from '@turnspan/core';
import { createPostgresStore } from '@turnspan/store-postgres';
import { createRedisStore } from '@turnspan/store-redis';
import { createSqliteStore } from '@turnspan/store-sqlite';
import { connectPostgres, connectRedis } from './clients';
import { type Location, parseLocation } from './locations';
import { waitAtMost } from './wait-at-most';
import { watchFile } from './watch-file';

/** A store, and what lets go of it. */
export interface OpenStore {
  /** Undefined where the memory of this process has to do. */
  readonly store: Store | undefined;
  /** Looks whether it is still the one that was opened. */
  check(): Promise<void>;
  close(): Promise<void>;
}

/** What {@link openStore} needs. */
export interface StoreSetup {
  readonly clock: Clock;
  readonly onError: OnError;
}

/** How long the last calls may take: whoever ends a process does not wait long. */
const CLOSE_TIMEOUT_MS = 5000;

const nothing = async () => undefined;
const IN_MEMORY: OpenStore = { store: undefined, check: nothing, close: nothing };

/**
 * Opens the store that was given or named. One that cannot be had is reported, and the memory of
 * this process takes its place; only a wrong option throws.
 */
export function openStore(store: Store | string | undefined, setup: StoreSetup): OpenStore {
  if (store === undefined) return IN_MEMORY;
  if (typeof store !== 'string') return { ...IN_MEMORY, store: guardStore(store) };
  const location = parseLocation('store', store);
  try {
    return finishCalls(openLocation(location, setup));
  } catch (error) {
    if (error instanceof TurnspanError && error.code === 'OPTION_INVALID') throw error;
    setup.onError(error);
    return IN_MEMORY;
  }
}

/** What a bot told in its last moment must have reached the server before the connection ends. */
function finishCalls({ store, check, close }: OpenStore): OpenStore {
  if (!store) return { store, check, close };
  const calls = new Set<Promise<unknown>>();
  const guarded = guardStore(store);
  const note = <T>(answer: Maybe<T>): Maybe<T> => {
    if (!(answer instanceof Promise)) return answer;
    calls.add(answer);
    const forget = () => calls.delete(answer);
    answer.then(forget, forget);
    return answer;
  };
  const noted: Store = {
    ...guarded,
    wait: (waiting) => note(guarded.wait(waiting)),
    claim: (id, reason, by) => note(guarded.claim(id, reason, by)),
    settle: (due) => note(guarded.settle(due)),
  };
  return {
    store: noted,
    check,
    close: () => waitAtMost(CLOSE_TIMEOUT_MS, Promise.allSettled(calls)).then(close),
  };
}

function openLocation(location: Location, { clock, onError }: StoreSetup): OpenStore {
  switch (location.kind) {
    case 'memory':
      return IN_MEMORY;
    case 'file': {
      const { file } = location;
      const store = createSqliteStore({ file, clock, onError });
      const check = watchFile({ name: 'store', file, onError });
      return { store, check, close: async () => store.close() };
    }
    case 'redis': {
      const { client, end } = connectRedis(location.url, onError);
      return { store: createRedisStore({ client, clock }), check: nothing, close: end };
    }
    case 'postgres': {
      const { client, end } = connectPostgres(location.url, onError);
      return { store: createPostgresStore({ pool: client, clock }), check: nothing, close: end };
    }
  }
}
