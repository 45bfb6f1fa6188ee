import type { StartTimer } from '@turnspan/whatsapp';

/** What {@link createTurnQueue} takes. */
export interface TurnQueueOptions {
  /** After how many milliseconds the next turn may begin although the one before has not ended. */
  readonly turnTimeoutMs: number;
  readonly startTimer: StartTimer;
  /** Hears of each turn that was not waited for any longer. */
  readonly onTimeout: () => void;
}

/** Runs the turns of one conversation one after another, and those of different ones side by side. */
export interface TurnQueue {
  /**
   * Runs a turn when those before it in the conversation have ended. Settles as the turn does, or
   * resolves when it takes too long: Botkit never settles a turn whose handler threw. A turn that
   * is not admitted when its time has come is left out; waiting for that is not part of its time.
   */
  run(
    conversationId: string,
    turn: () => Promise<unknown>,
    admit?: () => Promise<boolean>,
  ): Promise<void>;
  /** How many conversations have a turn that runs or waits. */
  readonly size: number;
}

/** Makes an empty queue. It holds no memory for conversations in which nothing happens. */
export function createTurnQueue(options: TurnQueueOptions): TurnQueue {
  const tails = new Map<string, Promise<void>>();

  return {
    get size() {
      return tails.size;
    },
    run(conversationId, turn, admit) {
      const before = tails.get(conversationId) ?? Promise.resolve();
      const begin = () => runInTime(turn, options);
      const outcome = admit
        ? before.then(admit).then((isAdmitted) => (isAdmitted ? begin() : undefined))
        : before.then(begin);
      const tail: Promise<void> = outcome
        .catch(() => {})
        .then(() => {
          if (tails.get(conversationId) === tail) tails.delete(conversationId);
        });
      tails.set(conversationId, tail);
      return outcome;
    },
  };
}

function runInTime(
  turn: () => Promise<unknown>,
  { turnTimeoutMs, startTimer, onTimeout }: TurnQueueOptions,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const stopTimer = startTimer(() => {
      onTimeout();
      resolve();
    }, turnTimeoutMs);
    turn()
      .then(() => resolve(), reject)
      .finally(stopTimer);
  });
}
