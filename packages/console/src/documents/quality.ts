import type { QualityAttribute, QualitySubject, Timestamp } from '@turnspan/core';
import type { Interval } from '@turnspan/insights';
import type { TimelineEntry } from '@turnspan/journal';
import type { Period } from './flows';

/** One attribute of one number, template, account or portfolio over time; gaps are entries too. */
export interface QualityTrack {
  readonly subject: QualitySubject;
  readonly attribute: QualityAttribute;
  readonly key: string | undefined;
  readonly entries: readonly TimelineEntry[];
}

/** A number over a stretch of time; without a value nobody knows it. */
export interface SeriesPoint extends Period {
  readonly value: number | undefined;
  readonly interval: Interval | undefined;
  /** Out of how many. */
  readonly total: number;
}

/** What is drawn below the states of quality. */
export const QUALITY_SERIES = ['drop_off', 'completion', 'first_response', 'response'] as const;
/** One of {@link QUALITY_SERIES}. */
export type QualitySeriesName = (typeof QUALITY_SERIES)[number];

/** A rate, or a mean duration in seconds, over the same time as the states above it. */
export interface QualitySeries {
  readonly name: QualitySeriesName;
  readonly unit: 'rate' | 'seconds';
  readonly points: readonly SeriesPoint[];
}

/** A moment worth a line through all of it. */
export type QualityMark =
  | { readonly kind: 'investigation'; readonly at: Timestamp; readonly id: string }
  | {
      readonly kind: 'version';
      readonly at: Timestamp;
      readonly flow: string;
      readonly version: string;
    };

/** What WhatsApp thought of the business, and what the bot did meanwhile. */
export interface QualityDocument {
  readonly period: Period;
  readonly tracks: readonly QualityTrack[];
  readonly series: readonly QualitySeries[];
  readonly marks: readonly QualityMark[];
}
