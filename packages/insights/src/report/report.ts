import type { Timestamp } from '@turnspan/core';
import type { QualityChangeRow, TimelineEntry } from '@turnspan/journal';
import type { Answer } from '../answer';
import type { Improvement } from '../journeys/completion';
import type { NodeConfusion } from '../journeys/confusion';
import type { NodeDropOff } from '../journeys/drop-off';
import type { FlowLoop } from '../journeys/loops';
import type { SlowNode } from '../journeys/slow-nodes';
import type { DatedChange } from '../movements/dated-changes';
import type { UnexpectedDropOff } from '../movements/unexpected-drop-off';
import type { LastSteps, PathVariant } from '../paths/variants';
import type { Place } from '../places';
import type { RiskIndex } from '../quality/risk-index';
import type { ResponsePeak } from '../response/response-peaks';
import type { ResponseTimes } from '../response/response-times';
import type { Proportion } from '../statistics/proportion';
import type { ReportPeriod } from './row-source';

/** What is worth a sentence. */
export interface Finding {
  readonly kind: 'drop_off' | 'confusion' | 'loop' | 'unexpected' | 'slow' | 'quality';
  /** Where; undefined where it is about the business as a whole. */
  readonly place: Place | undefined;
  /** To how many people more than usual it happens at least; 0 where nobody can count them. */
  readonly people: number;
  readonly sentence: string;
}

/** How a flow is completed, and what it would take. */
export interface CompletionReport {
  readonly flow: string;
  readonly completed: Proportion;
  readonly dropped: Proportion;
  /** What the flow would gain, were one node as good as its median node; the most worthwhile first. */
  readonly improvements: Answer<readonly Improvement[]>;
}

/** How long people wait for a response. */
export interface ResponseReport {
  readonly times: readonly ResponseTimes[];
  readonly changes: Answer<readonly DatedChange[]>;
  /** Over the last four weeks, whatever the period is. */
  readonly peaks: Answer<readonly ResponsePeak[]>;
}

/** Which ways people take, from the journeys that ended last. */
export interface PathReport {
  /** How many journeys were looked at. */
  readonly journeys: number;
  readonly variants: readonly PathVariant[];
  readonly lastSteps: readonly LastSteps[];
}

/** What the channel thinks of the business. */
export interface QualityReport {
  readonly risk: Answer<RiskIndex>;
  /** The changes for the worse, oldest first. */
  readonly worsened: readonly QualityChangeRow[];
  /** What is so at the end of the period. */
  readonly states: readonly TimelineEntry[];
}

/** Where the journey breaks, and what to look at first. */
export interface Report {
  readonly period: ReportPeriod;
  /** The one flow that it is about; undefined if it is about all. */
  readonly flow: string | undefined;
  readonly visits: number;
  readonly journeys: number;
  /** The worst thing in one sentence. */
  readonly headline: string;
  /** The worst first. */
  readonly findings: readonly Finding[];
  readonly dropOff: readonly NodeDropOff[];
  /** Against the same weekdays of the four weeks before the last days of the period. */
  readonly unexpected: Answer<readonly UnexpectedDropOff[]>;
  readonly confusion: readonly NodeConfusion[];
  readonly loops: readonly FlowLoop[];
  readonly completion: readonly CompletionReport[];
  readonly slow: readonly SlowNode[];
  readonly responses: ResponseReport;
  readonly paths: PathReport;
  readonly quality: QualityReport;
  /** From when on confusion, loops, ways and waits were counted, if that is later than the period began. */
  readonly countedSince: Timestamp | undefined;
}
