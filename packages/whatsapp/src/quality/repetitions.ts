import type { Timestamp } from '@turnspan/core';

interface Saying {
  readonly content: string;
  readonly at: Timestamp;
}

/**
 * Notices when the same is said of the same subject again, with nothing else said in between. It
 * is not documented whether a repeated webhook keeps its time, so its fingerprint may differ.
 */
export class Repetitions {
  readonly #windowMs: number;
  readonly #sayings = new Map<string, Saying>();

  constructor(windowMs: number) {
    this.#windowMs = windowMs;
  }

  /** Answers whether this was the last thing said of the subject, and within the window. */
  isRepetition(subject: string, { content, at }: Saying): boolean {
    const last = this.#sayings.get(subject);
    const isRepeated = last?.content === content && at - last.at < this.#windowMs;
    this.#sayings.delete(subject);
    this.#sayings.set(subject, { content, at: isRepeated ? last.at : at });
    this.#forgetOldest();
    return isRepeated;
  }

  #forgetOldest(): void {
    if (this.#sayings.size <= MAX_SUBJECTS) return;
    for (const [oldest] of this.#sayings) {
      this.#sayings.delete(oldest);
      return;
    }
  }
}

/** More templates than this no account may have. */
const MAX_SUBJECTS = 10_000;
