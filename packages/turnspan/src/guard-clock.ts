import { type Clock, type OnError, systemClock, TurnspanError } from '@turnspan/core';
import type { TurnspanOptions } from './options';

/**
 * Makes the clock of the options. Where one of them fails, or gives what is no time, that is
 * reported and the clock of this machine stands in.
 */
export function guardClock(
  { now, tick }: Pick<TurnspanOptions, 'now' | 'tick'>,
  onError: OnError,
): Clock {
  const wall = now
    ? guard({ name: 'now', read: now, standIn: systemClock.now }, onError)
    : undefined;
  const steady = tick && guard({ name: 'tick', read: tick, standIn: systemClock.tick }, onError);
  return { now: wall ?? systemClock.now, tick: steady ?? wall ?? systemClock.tick };
}

interface OwnClock {
  readonly name: string;
  readonly read: () => unknown;
  readonly standIn: () => number;
}

function guard({ name, read, standIn }: OwnClock, onError: OnError): () => number {
  return () => {
    try {
      const at = read();
      if (typeof at === 'number' && Number.isFinite(at)) return at;
      if (at instanceof Promise) at.catch(() => undefined);
      onError(noTime(name, `it gave ${typeof at === 'number' ? at : typeof at}`));
    } catch (cause) {
      onError(noTime(name, 'it threw', cause));
    }
    return standIn();
  };
}

function noTime(name: string, what: string, cause?: unknown): TurnspanError {
  const detail = `Expected \`${name}\` to return milliseconds, but ${what}; the clock of this machine stands in.`;
  return new TurnspanError('OPTION_INVALID', { detail, cause });
}
