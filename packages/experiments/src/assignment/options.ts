import type { Clock, OnError, SharedState, StartTimer } from '@turnspan/core';
import type { KnownBot } from '../declaration/types';
import type { Exposure } from './experiment';

/** What experiments need around them. */
export interface ExperimentsOptions extends KnownBot {
  /** Hears of a store that is gone. */
  readonly onError: OnError;
  /** Where assignments are kept; that of a store. @default nowhere: the hash decides each time */
  readonly shared?: SharedState;
  /** Hears of each user's first exposure. @default nobody */
  readonly onExposure?: (exposure: Exposure) => void;
  /** How long the sender of a message waits for the store. @default 250 */
  readonly timeoutMs?: number;
  /** How long an assignment is kept from the last exposure on. @default 90 days */
  readonly keepMs?: number;
  /** Where the time comes from. @default the clock of this machine */
  readonly clock?: Clock;
  /** Names an exposure among all others. @default a random UUID */
  readonly createId?: () => string;
  /** Runs a function after a time, and returns what stops it. @default a timer that keeps no process alive */
  readonly startTimer?: StartTimer;
}

/** The options with their defaults. */
export interface Surroundings extends Required<Omit<ExperimentsOptions, 'shared' | 'flows'>> {
  readonly shared: SharedState | undefined;
  readonly bot: KnownBot;
}
