import { randomUUID } from 'node:crypto';
import { systemClock } from '@turnspan/core';
import { toEvaluate } from './client';
import { createKeys } from './keys';
import { checkOptions, DEFAULTS, type RedisStoreOptions } from './options';
import { RedisInbox } from './redis-inbox';
import { RedisSharedState } from './redis-shared-state';
import { RedisStore } from './redis-store';
import { createRunScript } from './script-runner';

/**
 * Makes a store that any number of processes share, on Redis 7 or Valkey.
 *
 * @throws TurnspanError `OPTION_INVALID` for a client or a text it cannot use
 * @example
 * const store = createRedisStore({ client: new Redis('redis://localhost:6379') });
 */
export function createRedisStore(options: RedisStoreOptions): RedisStore {
  checkOptions(options);
  const { client, origin = DEFAULTS.origin, prefix = DEFAULTS.prefix } = options;
  const { clock = systemClock, holder = randomUUID() } = options;
  const keys = createKeys(prefix);
  const run = createRunScript(toEvaluate(client));
  const parts = { keys, run, clock, holder };
  return new RedisStore({
    origin,
    keys,
    run,
    clock,
    shared: new RedisSharedState(parts),
    inbox: new RedisInbox(parts),
  });
}
