import type { Gate, VerdictKind } from '@turnspan/experiments';
import type { Measure } from '@turnspan/insights';
import type { ExperimentState } from '../../documents/experiments';

/** A guardrail that the journal has the rates of. */
export type GuardrailWord = 'errors' | 'opt_outs';

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
      | 'tooLittle'
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
      | 'tracesHint'
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
      | 'undeclared'
      | 'undecided'
      | 'variant'
      | 'control'
      | 'exposed'
      | 'users'
      | 'reached'
      | 'rate'
      | 'flow'
      | 'goal'
      | 'since'
      | 'notStarted'
      | 'everyLook'
      | 'worse'
      | 'better'
      | 'gates'
      | 'guardrails',
      string
    >
  > & {
    readonly against: (control: string) => string;
    readonly several: (people: string) => string;
    readonly days: (days: string) => string;
    readonly open: (moment: string) => string;
  };
  readonly states: Readonly<Record<ExperimentState, string>>;
  readonly gates: Readonly<Record<Gate['gate'], string>>;
  readonly gateStates: Readonly<Record<'ok' | 'wait' | 'wrong', string>>;
  readonly guardrails: Readonly<Record<GuardrailWord, string>>;
  readonly verdicts: Readonly<Record<VerdictKind, (variant: string) => string>>;
}
