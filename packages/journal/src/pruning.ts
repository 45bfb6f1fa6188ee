import type { OnError } from '@turnspan/core';
import type { StartTimer } from './timer';

const PRUNE_EVERY_MS = 6 * 3_600_000;

/** Keeps to the retention by itself, until the returned function is called. */
export function startPruning(options: {
  readonly prune: () => Promise<number>;
  readonly startTimer: StartTimer;
  readonly onError: OnError;
}): () => void {
  const { prune, startTimer, onError } = options;
  let stop = () => {};
  const wait = () => {
    stop = startTimer(() => {
      wait();
      prune().catch(onError);
    }, PRUNE_EVERY_MS);
  };
  wait();
  return () => stop();
}
