import type { Timestamp } from './vocabulary';

/** What is true at this moment, for gauges. */
export interface Snapshot {
  readonly waiting: readonly {
    readonly flow: string;
    readonly node: string;
    /** People who owe an answer here, stalled ones included. */
    readonly waiting: number;
    readonly stalled: number;
  }[];
  readonly unanswered: readonly {
    readonly channel: string;
    readonly line: string;
    readonly count: number;
    /** When the oldest message without an answer came; undefined if there is none. */
    readonly oldestAt: Timestamp | undefined;
  }[];
  /** Numbers about anything older than this are final. */
  readonly settledUntil: Timestamp;
  /** How long the oldest passed deadline has been waiting for the sweeper. */
  readonly sweepLagSeconds: number;
}
