import type { OnError, QualityFact } from '@turnspan/core';
import { type Quality, type StartTimer, systemTimer } from '@turnspan/whatsapp';
import type { SharedKnowledge } from './shared-knowledge';

/** How long another process may know something that this one does not. */
const REFRESH_MS = 30_000;

/** What a {@link SharedQuality} needs. */
export interface SharedQualitySetup {
  readonly quality: Quality;
  readonly knowledge: Pick<SharedKnowledge, 'facts' | 'observed'>;
  readonly onError: OnError;
  /** @default the timer of this machine, which keeps no process alive */
  readonly startTimer?: StartTimer | undefined;
}

/** Keeps the state of quality the same in all processes that share what they know. */
export class SharedQuality {
  readonly #setup: SharedQualitySetup;
  #tail: Promise<void> = Promise.resolve();
  #stopTimer: (() => void) | undefined;
  #isStopped = false;
  #isFailing = false;

  constructor(setup: SharedQualitySetup) {
    this.#setup = setup;
  }

  /** Learns what the others know, now and from now on. */
  start(): void {
    this.#isStopped = false;
    void this.refresh().then(() => this.#wait());
  }

  stop(): void {
    this.#isStopped = true;
    this.#stopTimer?.();
  }

  /** Learns what other processes have found out; whoever found it has told of it, so nobody is told here. */
  refresh(): Promise<void> {
    return this.#next(() => undefined);
  }

  /** Takes what a poll found. What another process knew before is not news, so that comes first. */
  takeFacts(facts: readonly QualityFact[]): Promise<void> {
    const { quality, knowledge, onError } = this.#setup;
    return this.#next(() => {
      quality.takeFacts(facts);
      knowledge.observed(facts).catch(onError);
    });
  }

  #wait(): void {
    if (this.#isStopped) return;
    const startTimer = this.#setup.startTimer ?? systemTimer;
    this.#stopTimer = startTimer(() => void this.refresh().then(() => this.#wait()), REFRESH_MS);
  }

  /** One after the other, so that facts are taken in the order in which they were read. */
  #next(take: () => void): Promise<void> {
    const done = this.#tail.then(async () => {
      if (!this.#isStopped) await this.#recall();
      if (!this.#isStopped) take();
    });
    this.#tail = done.catch(this.#setup.onError);
    return this.#tail;
  }

  /** What cannot be read is reported once, until it can. */
  async #recall(): Promise<void> {
    const { quality, knowledge, onError } = this.#setup;
    try {
      const facts = await knowledge.facts();
      quality.restore(facts.map((fact) => identify(fact, quality)));
      this.#isFailing = false;
    } catch (error) {
      if (!this.#isFailing && !this.#isStopped) onError(error);
      this.#isFailing = true;
    }
  }
}

/** Who kept it may not have known yet which id the number has. */
function identify(fact: QualityFact, { phones }: Quality): QualityFact {
  const { subject } = fact;
  const id = subject.kind === 'phone' ? phones.idOf(subject.id) : undefined;
  return id === undefined ? fact : { ...fact, subject: { ...subject, id } };
}
