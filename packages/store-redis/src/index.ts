// The bot's own client.
export type { IoRedisClient, NodeRedisClient, RedisClient, ScriptValues } from './client';
// Making a store.
export { createRedisStore } from './create-redis-store';
export type { RedisStoreOptions } from './options';
export type { RedisStore } from './redis-store';
