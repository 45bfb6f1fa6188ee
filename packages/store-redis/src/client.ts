/** The calls of an `ioredis` client or cluster that the store makes. */
export interface IoRedisClient {
  evalsha(sha: string, keys: number, ...keysAndValues: string[]): Promise<unknown>;
  eval(text: string, keys: number, ...keysAndValues: string[]): Promise<unknown>;
}

/** The calls of a node-redis client, cluster or pool that the store makes. */
export interface NodeRedisClient {
  evalSha(sha: string, values: ScriptValues): Promise<unknown>;
  eval(text: string, values: ScriptValues): Promise<unknown>;
}

/** What a script is run with, as node-redis takes it. */
export interface ScriptValues {
  keys: string[];
  arguments: string[];
}

/** A client of `ioredis` 5 or of `redis` 5, in either case also one of a cluster. */
export type RedisClient = IoRedisClient | NodeRedisClient;

/** Runs a script in Redis: one that it knows by its hash, or by its text. */
export interface Evaluate {
  bySha(sha: string, values: ScriptValues): Promise<unknown>;
  byText(text: string, values: ScriptValues): Promise<unknown>;
}

/** Runs scripts through whichever client it is. */
export function toEvaluate(client: RedisClient): Evaluate {
  return 'evalSha' in client ? throughNodeRedis(client) : throughIoRedis(client);
}

/** Whether something has the calls that the store makes. */
export function isRedisClient(client: unknown): client is RedisClient {
  if (typeof client !== 'object' || client === null || !isFunction(client, 'eval')) return false;
  return isFunction(client, 'evalSha') || isFunction(client, 'evalsha');
}

function throughNodeRedis(client: NodeRedisClient): Evaluate {
  return {
    bySha: (sha, values) => client.evalSha(sha, values),
    byText: (text, values) => client.eval(text, values),
  };
}

function throughIoRedis(client: IoRedisClient): Evaluate {
  return {
    bySha: (sha, { keys, arguments: rest }) => client.evalsha(sha, keys.length, ...keys, ...rest),
    byText: (text, { keys, arguments: rest }) => client.eval(text, keys.length, ...keys, ...rest),
  };
}

function isFunction(client: object, name: string): boolean {
  return typeof (client as Readonly<Record<string, unknown>>)[name] === 'function';
}
