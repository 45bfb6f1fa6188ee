import type { TurnspanError } from '@turnspan/core';

/** How a database says what is wrong. */
export interface StoreErrors {
  /** Whether the same write fails again however often it is tried. */
  isRowRefused(error: unknown): boolean;
  /** The same in the words of Turnspan, after what was not done. */
  toStoreError(cause: unknown, what: string): TurnspanError;
}
