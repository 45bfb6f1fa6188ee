import { LabelCap, type OnOverflow, OTHER, TurnspanError } from '@turnspan/core';

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
   * Variants of a flow.
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
}

/** The label that each cap is counted under in `turnspan_label_overflow_total`. */
export const CAPPED_LABELS: Readonly<Record<keyof LabelCaps, string>> = {
  flows: 'flow',
  nodes: 'node',
  edges: 'edge',
  variants: 'variant',
  channels: 'channel',
  lines: 'line',
  categories: 'category',
  codes: 'code',
  fields: 'field',
};

/** The caps that hold unless others are given. */
export const DEFAULT_CAPS: Required<LabelCaps> = {
  flows: 50,
  nodes: 300,
  edges: 1200,
  variants: 4,
  channels: 20,
  lines: 50,
  categories: 20,
  codes: 100,
  fields: 50,
};

const CAP_NAMES = Object.keys(DEFAULT_CAPS) as readonly (keyof LabelCaps)[];
const SEPARATOR = '\u0000';
const MAX_VALUE_LENGTH = 128;

/** Turns what events carry into label values that are bounded in number and length. */
export class LabelLimits {
  readonly #caps: Required<LabelCaps>;
  readonly #onOverflow: OnOverflow;
  readonly #limits: Readonly<Record<keyof LabelCaps, LabelCap>>;
  readonly #variants = new Map<string, LabelCap>();
  #isCounting = true;

  constructor(caps: LabelCaps, onOverflow: OnOverflow) {
    this.#caps = parseCaps(caps);
    this.#onOverflow = (label) => {
      if (this.#isCounting) onOverflow(label);
    };
    this.#limits = this.#createLimits();
  }

  flow(flow: string): string {
    return this.#limits.flows.apply(flow);
  }

  /** A node of a flow; the nodes of a flow beyond the cap are beyond it too, and not counted again. */
  node(flow: string, node: string): string {
    if (flow === OTHER) return OTHER;
    const known = this.#limits.nodes.apply(flow + SEPARATOR + node);
    return known === OTHER ? OTHER : node.slice(0, MAX_VALUE_LENGTH);
  }

  /** Both ends of an edge, or `__other__` for both. */
  edge(flow: string, from: string, to: string): readonly [from: string, to: string] {
    if (flow === OTHER) return [OTHER, OTHER];
    const known = this.#limits.edges.apply(flow + SEPARATOR + from + SEPARATOR + to);
    if (known === OTHER) return [OTHER, OTHER];
    return [from.slice(0, MAX_VALUE_LENGTH), to.slice(0, MAX_VALUE_LENGTH)];
  }

  /** A variant of a flow; a journey outside of any experiment has none, which is no value to count. */
  variant(flow: string, variant: string): string {
    if (variant === '') return '';
    return this.#variantsOf(flow).apply(variant);
  }

  channel(channel: string): string {
    return this.#limits.channels.apply(channel);
  }

  line(line: string): string {
    return this.#limits.lines.apply(line);
  }

  category(category: string): string {
    return this.#limits.categories.apply(category);
  }

  code(code: string): string {
    return this.#limits.codes.apply(code);
  }

  /** The field of a webhook: where its signature is wrong, anybody may have written it. */
  field(field: string): string {
    return this.#limits.fields.apply(field);
  }

  /** Runs without counting overflows: every scrape meets the same values again. */
  uncounted(run: () => void): void {
    this.#isCounting = false;
    try {
      run();
    } finally {
      this.#isCounting = true;
    }
  }

  /** Bounded by the cap on flows, as `flow` is a label already. */
  #variantsOf(flow: string): LabelCap {
    const known = this.#variants.get(flow);
    if (known !== undefined) return known;
    const limit = this.#createLimit('variants');
    this.#variants.set(flow, limit);
    return limit;
  }

  #createLimits(): Record<keyof LabelCaps, LabelCap> {
    const limits = CAP_NAMES.map((name) => [name, this.#createLimit(name)]);
    return Object.fromEntries(limits) as Record<keyof LabelCaps, LabelCap>;
  }

  #createLimit(name: keyof LabelCaps): LabelCap {
    return new LabelCap(CAPPED_LABELS[name], this.#caps[name], this.#onOverflow);
  }
}

function parseCaps(caps: LabelCaps): Required<LabelCaps> {
  const parsed = CAP_NAMES.map((name) => [name, parseCap(name, caps[name] ?? DEFAULT_CAPS[name])]);
  return Object.fromEntries(parsed) as Required<LabelCaps>;
}

function parseCap(name: keyof LabelCaps, cap: number): number {
  if (Number.isInteger(cap) && cap > 0) return cap;
  const detail = `Expected \`caps.${name}\` to be a whole number from 1 and up, got ${cap}.`;
  throw new TurnspanError('OPTION_INVALID', { detail });
}
