import type { QualityAttribute, QualitySubject, Timestamp } from '@turnspan/core';
import type { Answer, Investigation, Subject } from '@turnspan/insights';
import type { NodeSummary, Period } from './flows';

/** Why an investigation began. */
export type InvestigationTrigger =
  | {
      readonly kind: 'quality';
      readonly subject: QualitySubject;
      readonly attribute: QualityAttribute;
      readonly from: string | undefined;
      readonly to: string;
      /** The channel's own words. */
      readonly reason: string | undefined;
    }
  | {
      readonly kind: 'negative_feedback' | 'opt_out';
      /** The business endpoint that people wrote to. */
      readonly line: string;
      /** How many did so on that day, up to then. */
      readonly observed: number;
      /** How many would have, on the same weekdays before. */
      readonly expected: number;
      /** Messages sent on that day, up to then. */
      readonly total: number;
    }
  | { readonly kind: 'request' };

/** An investigation in the list. */
export interface InvestigationSummary {
  readonly id: string;
  readonly at: Timestamp;
  readonly trigger: InvestigationTrigger;
  /** Whom the evidence speaks against most; undefined if nothing moved beyond chance. */
  readonly suspect: Subject | undefined;
  readonly suspects: number;
  /** False where too little is known of the time before. */
  readonly enough: boolean;
}

/** All investigations, the latest first. */
export interface InvestigationsDocument {
  readonly investigations: readonly InvestigationSummary[];
}

/** What happened to one person, and where it can be read. */
export interface ExampleTrace {
  readonly sessionId: string;
  /** Where the person was lost. */
  readonly flow: string;
  readonly node: string;
  readonly at: Timestamp;
  /** Where the traces of the session are; only https and http are shown as links. */
  readonly url: string;
}

/** What was found out about one moment. */
export interface InvestigationDocument extends InvestigationSummary {
  readonly period: Period;
  readonly answer: Answer<Investigation>;
  /** What the bot says at the nodes that are suspects. */
  readonly texts: readonly (NodeSummary & { readonly flow: string })[];
  readonly traces: readonly ExampleTrace[];
}
