/** Milliseconds since the Unix epoch. */
export type Timestamp = number;

/** What a step of a flow is: it says something, asks, acts silently, or begins a child flow. */
export const NODE_KINDS = ['message', 'question', 'action', 'dialog'] as const;
/** One of {@link NODE_KINDS}. */
export type NodeKind = (typeof NODE_KINDS)[number];

/** How a journey can end; each journey ends exactly once, in one of these. */
export const JOURNEY_OUTCOMES = [
  'completed',
  'stopped',
  'switched',
  'handed_off',
  'dropped',
  'not_engaged',
  'undelivered',
  'failed',
] as const;
/** One of {@link JOURNEY_OUTCOMES}. */
export type JourneyOutcome = (typeof JOURNEY_OUTCOMES)[number];

/** How a visit can be settled; each visit is settled exactly once, in one of these. */
export const VISIT_OUTCOMES = [
  'advanced',
  'repeated',
  'jumped',
  'completed',
  'stopped',
  'switched',
  'handed_off',
  'dropped',
  'not_engaged',
  'undelivered',
  'failed',
] as const;
/** One of {@link VISIT_OUTCOMES}. */
export type VisitOutcome = (typeof VISIT_OUTCOMES)[number];

/** How a journey can begin. */
export const ENTRIES = ['user', 'template', 'return', 'child', 'switch'] as const;
/** One of {@link ENTRIES}. */
export type Entry = (typeof ENTRIES)[number];

/** What tells that a node confused somebody. */
export const CONFUSION_SIGNALS = [
  'no_match',
  'help',
  'agent',
  'back',
  'identical_input',
  'media',
] as const;
/** One of {@link CONFUSION_SIGNALS}. */
export type ConfusionSignal = (typeof CONFUSION_SIGNALS)[number];

/** Who answers the user: the bot, or a person after a hand-off. */
export const RESPONDERS = ['bot', 'agent'] as const;
/** One of {@link RESPONDERS}. */
export type Responder = (typeof RESPONDERS)[number];

/** What the user sent, as far as it matters to a question: never its content. */
export type InputKind = 'text' | 'media' | 'event';

/** What became of the answer: a pattern matched, the default was taken, any text was welcome, or nothing fitted. */
export type Match = 'matched' | 'default' | 'accepted' | 'unmatched';
