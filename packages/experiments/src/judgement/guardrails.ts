/** What a variant must not make worse. */
export const GUARDRAILS = [
  'errors',
  'first_response',
  'opt_outs',
  'read_ratio',
  'quality_rating',
] as const;
/** One of {@link GUARDRAILS}. */
export type GuardrailName = (typeof GUARDRAILS)[number];
