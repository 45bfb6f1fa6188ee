import type { ExperimentsDocument } from './documents/experiments';
import type { FlowsDocument, Period } from './documents/flows';
import type { InvestigationDocument, InvestigationsDocument } from './documents/investigations';
import type { JourneyDocument, NodeDocument } from './documents/journey';
import type { QualityDocument } from './documents/quality';

/** Which flow to map. */
export interface JourneyQuery {
  readonly flow: string;
  readonly period: Period;
  /** @default all versions */
  readonly version?: string;
}

/** Which node to tell about. */
export interface NodeQuery extends JourneyQuery {
  readonly node: string;
}

/** Which part of the history to tell. */
export interface QualityQuery {
  readonly period: Period;
  /**
   * The series are about this flow alone; states are those of the whole business.
   * @default all flows
   */
  readonly flow?: string;
}

/** Where the page gets what it shows. Undefined means that there is no such thing. */
export interface ConsoleSource {
  flows(query: Pick<QualityQuery, 'period'>): Promise<FlowsDocument>;
  journey(query: JourneyQuery): Promise<JourneyDocument | undefined>;
  node(query: NodeQuery): Promise<NodeDocument | undefined>;
  quality(query: QualityQuery): Promise<QualityDocument>;
  investigations(): Promise<InvestigationsDocument>;
  investigation(id: string): Promise<InvestigationDocument | undefined>;
  experiments(): Promise<ExperimentsDocument>;
}
