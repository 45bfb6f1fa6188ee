import { contain, type OnError } from '@turnspan/core';

/** Where failures go that were kept from the bot: each of them is counted once and told once. */
export class Failures {
  /** Tells of a failure that is counted already. */
  readonly tell: OnError;
  #uncounted = 0;
  #count: () => void = () => {
    this.#uncounted += 1;
  };

  constructor(onError: OnError) {
    this.tell = contain(onError, () => undefined);
  }

  /** Counts a failure and tells of it. It is no event, which would come back to whoever failed. */
  readonly note: OnError = (error) => {
    this.#count();
    this.tell(error);
  };

  /** Counts a failure that nobody has to be told of. */
  readonly count = (): void => this.#count();

  /** Says who counts from now on, and has them count what came before. */
  countWith(count: () => void): void {
    for (; this.#uncounted > 0; this.#uncounted -= 1) count();
    this.#count = count;
  }
}
