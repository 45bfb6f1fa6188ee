import type { Clock, Inbox, InboxEntry } from '@turnspan/core';
import { createCallName } from './call-name';
import type { Keys } from './keys';
import type { SharedStateParts } from './redis-shared-state';
import { toBoolean, toList, toTexts } from './reply';
import type { RunScript } from './script-runner';
import { DONE, IS_BEHIND, PUT, RENEW, TAKE_OVER } from './scripts/inbox';

/** A week, which is how long channels send again, and a day. */
const REMEMBERED_MS = String(8 * 86_400_000);

/** Messages that are not done with, in Redis. */
export class RedisInbox implements Inbox {
  readonly #keys: Keys;
  readonly #run: RunScript;
  readonly #clock: Clock;
  readonly #holder: string;

  constructor({ keys, run, clock, holder }: SharedStateParts) {
    this.#keys = keys;
    this.#run = run;
    this.#clock = clock;
    this.#holder = holder;
  }

  /** Keeps a message for this process; false for one that has come before. */
  async put({ id, sender, payload }: InboxEntry, leaseMs: number): Promise<boolean> {
    const keys = [...this.#keys.inbox, this.#keys.done(id)];
    const values = [id, sender, payload, this.#holder, this.#until(leaseMs), createCallName()];
    return toBoolean(await this.#run(PUT, { keys, arguments: values }));
  }

  /** Goes on keeping messages, and gives those that are still this process's. */
  async renew(ids: readonly string[], leaseMs: number): Promise<readonly string[]> {
    const values = [this.#holder, this.#until(leaseMs), ...ids];
    return toTexts(await this.#run(RENEW, { keys: [...this.#keys.inbox], arguments: values }));
  }

  /** Forgets the message and remembers its id. */
  async done(id: string): Promise<void> {
    const keys = [...this.#keys.inbox, this.#keys.done(id)];
    await this.#run(DONE, { keys, arguments: [id, REMEMBERED_MS] });
  }

  /** Takes over what other processes have let run out, and what this one has. */
  async takeOver(limit: number, leaseMs: number): Promise<readonly InboxEntry[]> {
    const now = String(this.#clock.now());
    const values = [now, String(limit), this.#until(leaseMs), this.#holder];
    const reply = await this.#run(TAKE_OVER, { keys: [...this.#keys.inbox], arguments: values });
    return toList(reply).map(toEntry);
  }

  /** Whether another process has an earlier message of the same sender. */
  async isBehind(id: string): Promise<boolean> {
    const values = [id, this.#holder];
    return toBoolean(
      await this.#run(IS_BEHIND, { keys: [...this.#keys.inbox], arguments: values }),
    );
  }

  #until(leaseMs: number): string {
    return String(this.#clock.now() + leaseMs);
  }
}

function toEntry(reply: unknown): InboxEntry {
  const [id = '', sender = '', payload = ''] = toTexts(reply);
  return { id, sender, payload };
}
