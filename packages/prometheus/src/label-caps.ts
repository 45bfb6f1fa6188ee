import { TurnspanError } from '@turnspan/core';

/** How many distinct values each label may have before the rest becomes `__other__`. */
export interface LabelCaps {
  /**
   * Flows.
   * @default 50
   */
  readonly flows?: number;
  /**
   * Nodes over all flows.
   * @default 300
   */
  readonly nodes?: number;
  /**
   * Edges over all flows.
   * @default 1200
   */
  readonly edges?: number;
  /**
   * Experiments.
   * @default 20
   */
  readonly experiments?: number;
  /**
   * Variants of a flow, and of an experiment.
   * @default 4
   */
  readonly variants?: number;
  /**
   * Channels.
   * @default 20
   */
  readonly channels?: number;
  /**
   * Lines.
   * @default 50
   */
  readonly lines?: number;
  /**
   * Billing categories of messages.
   * @default 20
   */
  readonly categories?: number;
  /**
   * Error codes of failed messages.
   * @default 100
   */
  readonly codes?: number;
  /**
   * Webhook fields.
   * @default 50
   */
  readonly fields?: number;
  /**
   * Templates, each language of one by itself.
   * @default 200
   */
  readonly templates?: number;
  /**
   * WhatsApp accounts and business portfolios.
   * @default 50
   */
  readonly accounts?: number;
  /**
   * Events that a channel tells about the business itself.
   * @default 100
   */
  readonly events?: number;
  /**
   * Other words of a channel: its statuses, levels, restrictions, rate limits and results.
   * @default 100
   */
  readonly words?: number;
  /**
   * Endpoints of the Graph API.
   * @default 50
   */
  readonly endpoints?: number;
}

/** The label that each cap is counted under in `turnspan_label_overflow_total`. */
export const CAPPED_LABELS: Readonly<Record<keyof LabelCaps, string>> = {
  flows: 'flow',
  nodes: 'node',
  edges: 'edge',
  experiments: 'experiment',
  variants: 'variant',
  channels: 'channel',
  lines: 'line',
  categories: 'category',
  codes: 'code',
  fields: 'field',
  templates: 'template',
  accounts: 'account',
  events: 'event',
  words: 'word',
  endpoints: 'endpoint',
};

/** The caps that hold unless others are given. */
export const DEFAULT_CAPS: Required<LabelCaps> = {
  flows: 50,
  nodes: 300,
  edges: 1200,
  experiments: 20,
  variants: 4,
  channels: 20,
  lines: 50,
  categories: 20,
  codes: 100,
  fields: 50,
  templates: 200,
  accounts: 50,
  events: 100,
  words: 100,
  endpoints: 50,
};

/** The name of every cap. */
export const CAP_NAMES: readonly (keyof LabelCaps)[] = Object.keys(
  DEFAULT_CAPS,
) as (keyof LabelCaps)[];

/** Puts the defaults in, and refuses what is no cap. */
export function parseCaps(caps: LabelCaps): Required<LabelCaps> {
  const parsed = CAP_NAMES.map((name) => [name, parseCap(name, caps[name] ?? DEFAULT_CAPS[name])]);
  return Object.fromEntries(parsed) as Required<LabelCaps>;
}

function parseCap(name: keyof LabelCaps, cap: number): number {
  if (Number.isInteger(cap) && cap > 0) return cap;
  const detail = `Expected \`caps.${name}\` to be a whole number from 1 and up, got ${cap}.`;
  throw new TurnspanError('OPTION_INVALID', { detail });
}
