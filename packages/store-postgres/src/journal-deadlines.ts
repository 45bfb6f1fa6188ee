import type { StartTimer } from '@turnspan/journal';

/** How long the server may leave a call without an answer. */
const ANSWER_TIMEOUT_MS = 10_000;

/** Bounds the time that answers may take, until all of them are given up at once. */
export class Deadlines {
  readonly #startTimer: StartTimer;
  readonly #giveUps = new Set<(error: Error) => void>();
  #isCut = false;

  constructor(startTimer: StartTimer) {
    this.#startTimer = startTimer;
  }

  /** Throws when nothing may be asked any more. */
  check(): void {
    if (this.#isCut) throw tooSlowToClose();
  }

  /** Gives the answer, or rejects when it does not come in time. */
  async hold<T>(answer: Promise<T>, onLate: () => void): Promise<T> {
    let giveUp = (_error: Error): void => undefined;
    const deadline = new Promise<never>((_, reject) => {
      giveUp = (error) => {
        onLate();
        reject(error);
      };
    });
    const stop = this.#startTimer(() => giveUp(tooLate()), ANSWER_TIMEOUT_MS);
    this.#giveUps.add(giveUp);
    try {
      return await Promise.race([answer, deadline]);
    } finally {
      stop();
      this.#giveUps.delete(giveUp);
    }
  }

  /** Gives up every answer that is still waited for. */
  cut(): void {
    this.#isCut = true;
    for (const giveUp of this.#giveUps) giveUp(tooSlowToClose());
  }
}

function tooLate(): Error {
  return new Error(`The server did not answer within ${ANSWER_TIMEOUT_MS / 1000} s`);
}

function tooSlowToClose(): Error {
  return new Error('The server had not answered when the journal was closed');
}
