import type { VerdictKind } from '@turnspan/experiments';
import type { Measure } from '@turnspan/insights';

/** How often something happened on a line, and how often it does on such a day. */
export interface JumpWords {
  readonly line: string;
  readonly observed: string;
  readonly usual: string;
}

/** What the page says of investigations and of experiments. */
export interface FindingWords {
  readonly investigation: Readonly<
    Record<
      | 'title'
      | 'none'
      | 'request'
      | 'innocent'
      | 'suspects'
      | 'suspect'
      | 'caveat'
      | 'evidence'
      | 'window'
      | 'observed'
      | 'expected'
      | 'times'
      | 'atLeast'
      | 'chance'
      | 'traces'
      | 'openStep'
      | 'volume'
      | 'all',
      string
    >
  > & {
    readonly changed: (words: {
      readonly subject: string;
      readonly attribute: string;
      readonly from: string;
      readonly to: string;
    }) => string;
    readonly became: (words: {
      readonly subject: string;
      readonly attribute: string;
      readonly to: string;
    }) => string;
    readonly optOut: (jump: JumpWords) => string;
    readonly negativeFeedback: (jump: JumpWords) => string;
    readonly days: (count: number) => string;
    readonly peopleMore: (count: string) => string;
  };
  readonly measures: Readonly<Record<Measure, string>>;
  readonly experiment: Readonly<
    Record<
      | 'title'
      | 'none'
      | 'variant'
      | 'users'
      | 'reached'
      | 'rate'
      | 'difference'
      | 'running'
      | 'ended'
      | 'notStarted'
      | 'comparisons',
      string
    >
  >;
  readonly verdicts: Readonly<Record<VerdictKind, (variant: string) => string>>;
}
