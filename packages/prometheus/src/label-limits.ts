import { LabelCap, type OnOverflow, OTHER } from '@turnspan/core';
import { CAP_NAMES, CAPPED_LABELS, type LabelCaps, parseCaps } from './label-caps';

const SEPARATOR = '\u0000';
/** Keeps the variants of an experiment apart from those of a flow of that name. */
const EXPERIMENT = `experiment${SEPARATOR}`;
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

  /** An experiment and a variant of it, or `__other__` for both. */
  experiment(experiment: string, variant: string): readonly [experiment: string, variant: string] {
    const known = this.#limits.experiments.apply(experiment);
    if (known === OTHER) return [OTHER, OTHER];
    return [known, this.#variantsOf(EXPERIMENT + known).apply(variant)];
  }

  /** The goal of an experiment, which has only one. */
  goal(experiment: string, goal: string): string {
    const known = this.#limits.experiments.apply(experiment);
    return known === OTHER ? OTHER : goal.slice(0, MAX_VALUE_LENGTH);
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

  /** A template in a language, or `__other__` for both. */
  template(name: string, language: string): readonly [name: string, language: string] {
    const known = this.#limits.templates.apply(name + SEPARATOR + language);
    if (known === OTHER) return [OTHER, OTHER];
    return [name.slice(0, MAX_VALUE_LENGTH), language.slice(0, MAX_VALUE_LENGTH)];
  }

  account(account: string): string {
    return this.#limits.accounts.apply(account);
  }

  event(event: string): string {
    return this.#limits.events.apply(event);
  }

  word(word: string): string {
    return this.#limits.words.apply(word);
  }

  endpoint(endpoint: string): string {
    return this.#limits.endpoints.apply(endpoint);
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

  /** Bounded by the caps on flows and experiments, which are labels already. */
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
