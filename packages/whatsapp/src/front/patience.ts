import type { ServerResponse } from 'node:http';
import type { StartTimer } from '../timer';

/** How long it is worth waiting for the bot's answer. */
export interface Patience {
  readonly signal: AbortSignal;
  /** Why it was given up, if it was: no answer in time, or nobody is left to hear it. */
  reason(): 'timeout' | 'hung_up' | undefined;
  end(): void;
}

/** What {@link startPatience} takes. */
export interface PatienceOptions {
  readonly response: ServerResponse;
  readonly startTimer: StartTimer;
  readonly timeoutMs: number;
}

/** Waits until the time is over, or Meta hangs up. */
export function startPatience({ response, startTimer, timeoutMs }: PatienceOptions): Patience {
  const controller = new AbortController();
  let reason: 'timeout' | 'hung_up' | undefined;
  function giveUp(why: 'timeout' | 'hung_up'): void {
    reason ??= why;
    controller.abort();
  }
  const hangUp = () => giveUp('hung_up');
  const stopTimer = startTimer(() => giveUp('timeout'), timeoutMs);
  response.once('close', hangUp);
  return {
    signal: controller.signal,
    reason: () => reason,
    end() {
      stopTimer();
      response.off('close', hangUp);
    },
  };
}
