import type { Tracker } from '@turnspan/core';

/** Looks regularly for people who have been silent for too long. */
export interface SweepTimer {
  start(): void;
  stop(): void;
}

/** Creates a timer that sweeps, one sweep at a time, and never keeps the process alive. */
export function createSweepTimer(
  tracker: Pick<Tracker, 'sweep' | 'contained'>,
  intervalMs: number,
): SweepTimer {
  let timer: NodeJS.Timeout | undefined;
  let sweeping = false;
  const sweep = () => {
    if (sweeping) return;
    sweeping = true;
    tracker
      .sweep()
      .catch(tracker.contained)
      .finally(() => {
        sweeping = false;
      });
  };
  return {
    start: () => {
      timer ??= setInterval(sweep, intervalMs).unref();
    },
    stop: () => {
      clearInterval(timer);
      timer = undefined;
    },
  };
}
