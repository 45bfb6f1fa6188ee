'use strict';

/** The bot's own storage, shared by its processes: what a dialog remembers between two messages. */
class RedisStorage {
  #client;

  constructor(client) {
    this.#client = client;
  }

  async read(keys) {
    if (keys.length === 0) return {};
    const texts = await this.#client.mget(keys.map(toKey));
    const entries = keys.map((key, index) => [key, texts[index]]).filter(([, text]) => text);
    return Object.fromEntries(entries.map(([key, text]) => [key, JSON.parse(text)]));
  }

  async write(changes) {
    const pairs = Object.entries(changes).flatMap(([key, value]) => [
      toKey(key),
      JSON.stringify(value),
    ]);
    if (pairs.length > 0) await this.#client.mset(pairs);
  }

  async delete(keys) {
    if (keys.length > 0) await this.#client.del(keys.map(toKey));
  }
}

function toKey(key) {
  return `bot:${key}`;
}

module.exports = { RedisStorage };
