import type { Timestamp } from '@turnspan/core';
import type { Place, ShownVariant } from './bookkeeper';

/** A visit that is not over. */
export interface OpenVisit extends Place {
  /** Bot time until the question was asked. */
  readonly processingMs: number;
  readonly askedAt: Timestamp | undefined;
}

/** A journey that is not over. */
export interface OpenJourney {
  readonly flow: string;
  readonly startedAt: Timestamp;
  turns: number;
  lastNode: string | undefined;
  visit: OpenVisit | undefined;
  shown: ShownVariant | undefined;
}

/** The variant as it stands in labels. */
export function nameVariant(shown: ShownVariant | undefined): string | undefined {
  return shown && `${shown.experiment}:${shown.variant}`;
}
