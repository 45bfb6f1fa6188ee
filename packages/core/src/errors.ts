/** Everything that can go wrong because of how Turnspan is used, by code. */
const MESSAGES = {
  OPTION_INVALID: 'An option has a value that it does not take.',
  STORE_UNAVAILABLE: 'The store cannot be read or written.',
  PORT_UNAVAILABLE: 'The metrics listener could not start; everything else goes on.',
  REGISTRY_UNAVAILABLE: 'The metrics registry did not answer; everything else goes on.',
  LOGGER_UNAVAILABLE: 'The logger takes no more log records; everything else goes on.',
  GRAPH_REQUEST_FAILED: 'The Graph API refused a request.',
  GRAPH_UNREACHABLE: 'The Graph API did not answer.',
  INVESTIGATION_UNSENT: 'An investigation was not handed on; the journal has it.',
  TURN_MISSING: 'An experiment was asked outside of every turn; the control is served.',
  TEXTS_RANDOM: 'Botkit draws one of several texts at random, and nobody sees which does better.',
  VARIANT_PAUSED: 'A variant of an experiment is paused; the control is served.',
  MESSAGE_UNSUPPORTED: 'This activity has no WhatsApp message that could carry it.',
} as const;

/** The code of a {@link TurnspanError}: stable, unlike its text. */
export type ErrorCode = keyof typeof MESSAGES;

/** All codes, for the reference page and the test that holds it to the code. */
export const ERROR_CODES: readonly ErrorCode[] = Object.keys(MESSAGES) as ErrorCode[];

/** What a {@link TurnspanError} knows besides its code. */
export interface ErrorDetails {
  /** What exactly happened; appended to the sentence of the code. */
  readonly detail?: string;
  readonly cause?: unknown;
}

/** The only error Turnspan throws. Match on `code`; the text may change. */
export class TurnspanError extends Error {
  override readonly name: string = 'TurnspanError';
  readonly code: ErrorCode;

  constructor(code: ErrorCode, { detail, cause }: ErrorDetails = {}) {
    super(detail ? `${MESSAGES[code]} ${detail}` : MESSAGES[code], { cause });
    this.code = code;
  }
}
