import { TurnspanError } from '@turnspan/core';
import {
  type Experiment,
  type ExperimentOptions,
  type Experiments,
  type KnownBot,
  parseDeclaration,
} from '@turnspan/experiments';
import type { BotExperimentsOptions, TextExperiment } from './options';

/** The experiments that were declared at the start or where they are shown. */
export class DeclaredExperiments {
  readonly #experiments: Experiments;
  readonly #options: BotExperimentsOptions;
  readonly #flows: () => KnownBot['flows'];
  readonly #known = new Map<string, Experiment>();

  constructor(
    experiments: Experiments,
    options: BotExperimentsOptions,
    flows: () => KnownBot['flows'],
  ) {
    this.#experiments = experiments;
    this.#options = options;
    this.#flows = flows;
  }

  /**
   * Gives an experiment, and whether it is the first time that anybody asks for it.
   *
   * @throws TurnspanError `OPTION_INVALID`
   */
  async find(
    name: string,
    given: ExperimentOptions | undefined,
  ): Promise<{ readonly experiment: Experiment; readonly isNew: boolean }> {
    const options = given ?? this.optionsOf(name);
    if (options === undefined) throw refuse(name);
    const known = this.#known.has(name);
    if (!known) parseDeclaration(name, options, toBot(this.#flows()));
    const experiment = await this.#experiments.declare(name, options);
    const isNew = !this.#known.has(name);
    this.#known.set(name, experiment);
    return { experiment, isNew };
  }

  /** What was declared under a name at the start. */
  optionsOf(name: string): ExperimentOptions | undefined {
    const { declare = {} } = this.#options;
    return Object.hasOwn(declare, name) ? declare[name] : undefined;
  }

  /** An experiment that somebody has asked for. */
  get(name: string): Experiment | undefined {
    return this.#known.get(name);
  }

  /** All experiments that somebody has asked for. */
  all(): readonly Experiment[] {
    return [...this.#known.values()];
  }
}

/** Checks what was declared at the start, as far as it can be checked without knowing the bot. */
export function checkDeclared({ declare = {}, texts = {} }: BotExperimentsOptions): void {
  for (const [name, options] of Object.entries(declare)) parseDeclaration(name, options);
  for (const [name, options] of Object.entries(texts)) {
    const { node: _, ...rest } = options;
    const variants = nameTexts(Math.max(2, options.weights?.length ?? 0));
    parseDeclaration(name, { ...rest, variants });
  }
}

/** The declaration of an experiment with the texts of a line. */
export function declareTexts(
  { node: _, ...options }: TextExperiment,
  texts: number,
): ExperimentOptions {
  return { ...options, variants: nameTexts(texts) };
}

/** The names of the texts of a line. */
export function nameTexts(texts: number): readonly string[] {
  return Array.from({ length: texts }, (_, index) => `text-${index + 1}`);
}

function toBot(flows: KnownBot['flows']): KnownBot {
  return flows === undefined ? {} : { flows };
}

function refuse(name: string): TurnspanError {
  const detail = `Experiment "${name}": it is not declared; pass its options, or declare it with \`experiments.declare\`.`;
  return new TurnspanError('OPTION_INVALID', { detail });
}
