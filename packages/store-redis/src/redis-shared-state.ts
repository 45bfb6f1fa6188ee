import type { Clock, QualityFact, SharedState } from '@turnspan/core';
import { createCallName } from './call-name';
import type { ScriptValues } from './client';
import type { Keys } from './keys';
import { toBoolean, toTexts } from './reply';
import type { RunScript } from './script-runner';
import { ACQUIRE, ASSIGN, FACTS, KEEP_FACTS } from './scripts/shared-state';

/** Redis tidies up by its own clock, long after what it tidies up has run out by ours. */
const MARGIN_MS = 600_000;
const FACTS_AT_A_TIME = 250;

/** What the parts of a store have in common. */
export interface SharedStateParts {
  readonly keys: Keys;
  readonly run: RunScript;
  readonly clock: Clock;
  /** Names this process to the others. */
  readonly holder: string;
}

/** What processes share besides the waiting list, in Redis. */
export class RedisSharedState implements SharedState {
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

  /** True for the first call about this key, in whichever process, and again after its time. */
  async see(key: string, ttlMs: number): Promise<boolean> {
    const values = this.#holdFor(this.#keys.seen(key), ttlMs, createCallName());
    return toBoolean(await this.#run(ACQUIRE, values));
  }

  /** Gives the value that the name has in all processes: this one, unless it had another. */
  async assign(name: string, value: string, ttlMs: number): Promise<string> {
    const values = this.#holdFor(this.#keys.assigned(name), ttlMs, value);
    return String(await this.#run(ASSIGN, values));
  }

  /** True while this process has the lease. */
  async acquire(name: string, ttlMs: number): Promise<boolean> {
    const values = this.#holdFor(this.#keys.lease(name), ttlMs, this.#holder);
    return toBoolean(await this.#run(ACQUIRE, values));
  }

  /** Keeps of each subject, attribute and key the fact that is true since the latest time. */
  async keepFacts(facts: readonly QualityFact[]): Promise<void> {
    const keys = [this.#keys.facts];
    for (let first = 0; first < facts.length; first += FACTS_AT_A_TIME) {
      const batch = facts.slice(first, first + FACTS_AT_A_TIME);
      await this.#run(KEEP_FACTS, { keys, arguments: batch.flatMap(toArguments) });
    }
  }

  /** All facts that any process has kept. */
  async facts(): Promise<readonly QualityFact[]> {
    const reply = await this.#run(FACTS, { keys: [this.#keys.facts], arguments: [] });
    return toTexts(reply).map((fact): QualityFact => JSON.parse(fact));
  }

  #holdFor(key: string, ttlMs: number, value: string): ScriptValues {
    const now = this.#clock.now();
    const times = [now, now + ttlMs, Math.ceil(ttlMs) + MARGIN_MS].map(String);
    return { keys: [key], arguments: [...times, value] };
  }
}

function toArguments(fact: QualityFact): string[] {
  const { subject, attribute, key = '', at, observedAt } = fact;
  const series = JSON.stringify([subject.kind, subject.id, attribute, key]);
  return [series, String(at), String(observedAt), JSON.stringify(fact)];
}
