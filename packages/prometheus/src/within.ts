import { TurnspanError } from '@turnspan/core';

/** Gives what a registry answers, or rejects when that takes too long; what comes later is ignored. */
export async function within<T>(timeoutMs: number, answer: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(tooLate(timeoutMs)), timeoutMs).unref();
  });
  try {
    return await Promise.race([answer, deadline]);
  } finally {
    clearTimeout(timer);
  }
}

function tooLate(timeoutMs: number): TurnspanError {
  const detail = `A scrape got nothing within ${timeoutMs / 1000} s. Look at what the metrics in the registry wait for when they are collected.`;
  return new TurnspanError('REGISTRY_UNAVAILABLE', { detail });
}
