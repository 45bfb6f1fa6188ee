import type { QualityChange, QualityFact } from '@turnspan/core';
import type { DeliveryHourRow } from './roll-up/hour-rows';
import type {
  ConfusionRow,
  ExposureRow,
  JourneyRow,
  JourneyStartRow,
  PreferenceChangeRow,
  QualityEventRow,
  ResponseRow,
  ReturnRow,
  VisitRow,
} from './tables';

/** The kinds of record that are rows already. */
export interface RecordRows {
  readonly visit: VisitRow;
  readonly return: ReturnRow;
  readonly confusion: ConfusionRow;
  readonly journey_start: JourneyStartRow;
  readonly journey: JourneyRow;
  readonly response: ResponseRow;
  readonly delivery: DeliveryHourRow;
  readonly quality_event: QualityEventRow;
  readonly preference_change: PreferenceChangeRow;
  readonly exposure: ExposureRow;
}

type RowRecord = {
  [Kind in keyof RecordRows]: {
    readonly kind: Kind;
    readonly row: RecordRows[Kind];
    /** It may be there already: it is told again after a process has ended. */
    readonly again?: boolean;
    /** The experiments that a journey bears from its beginning. */
    readonly experiments?: readonly string[];
  };
}[keyof RecordRows];

/** Something to be written; it holds copies, as what the tracker tells of lives on. */
export type JournalRecord =
  | RowRecord
  | { readonly kind: 'quality_change'; readonly change: QualityChange }
  | { readonly kind: 'quality_observation'; readonly fact: QualityFact };
