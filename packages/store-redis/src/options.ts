import { type Clock, TurnspanError } from '@turnspan/core';
import { isRedisClient, type RedisClient } from './client';

/** What a {@link createRedisStore} is made with. */
export interface RedisStoreOptions {
  /** The bot's own client, of `ioredis` or of `redis`. The store neither connects nor closes it. */
  readonly client: RedisClient;
  /** Distinguishes the waits of this store from those of another; the same in all processes. @default 'turnspan' */
  readonly origin?: string;
  /** What the names of all keys begin with; one for each bot. @default 'turnspan' */
  readonly prefix?: string;
  /** Where the time comes from. @default the clock of this machine */
  readonly clock?: Clock;
  /** Names this process to the others. @default a random name */
  readonly holder?: string;
}

/** The defaults that are plain values. */
export const DEFAULTS = { origin: 'turnspan', prefix: 'turnspan' } as const;

const CLIENT = 'client has to be a client of ioredis 5 or redis 5.';
const EMPTY = 'has to be a text that is not empty.';
const BRACES = 'prefix has to be without { and }, which decide where a cluster puts a key.';

/**
 * Refuses options that cannot be meant.
 *
 * @throws TurnspanError `OPTION_INVALID`
 */
export function checkOptions({ client, ...texts }: RedisStoreOptions): void {
  if (!isRedisClient(client)) throw invalid(CLIENT);
  const { origin = DEFAULTS.origin, prefix = DEFAULTS.prefix, holder } = texts;
  for (const [name, value] of Object.entries({ origin, prefix, holder: holder ?? 'random' })) {
    if (typeof value !== 'string' || value === '') throw invalid(`${name} ${EMPTY}`);
  }
  if (/[{}]/.test(prefix)) throw invalid(BRACES);
}

function invalid(detail: string): TurnspanError {
  return new TurnspanError('OPTION_INVALID', { detail });
}
