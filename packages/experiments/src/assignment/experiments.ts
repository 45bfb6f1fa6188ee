import { randomUUID } from 'node:crypto';
import { attempt, systemClock, systemTimer, TurnspanError } from '@turnspan/core';
import { checkUnchanged, toFingerprint } from '../declaration/fingerprint';
import { parseDeclaration } from '../declaration/parse-declaration';
import { refuse } from '../declaration/refuse';
import type { Declaration, ExperimentOptions } from '../declaration/types';
import { Experiment } from './experiment';
import type { ExperimentsOptions, Surroundings } from './options';
import { withinTime } from './within-time';

const DAY_MS = 86_400_000;

/** The experiments of a bot. */
export class Experiments {
  readonly #surroundings: Surroundings;
  readonly #running = new Map<string, Running>();

  constructor(options: ExperimentsOptions) {
    const { timeoutMs = 250, keepMs = 90 * DAY_MS, clock = systemClock } = options;
    const { createId = randomUUID, startTimer = systemTimer, onExposure = () => {} } = options;
    const { onError, shared, flows } = options;
    const bot = flows === undefined ? {} : { flows };
    const given = { onError, shared, bot, onExposure };
    this.#surroundings = { ...given, timeoutMs, keepMs, clock, createId, startTimer };
  }

  /**
   * Declares an experiment, or gives the one that is declared already in the same words, so that it
   * may stand in the code that runs for each message.
   *
   * @throws TurnspanError `OPTION_INVALID` if the declaration is bad, differs from the one under the
   * same name, takes users of another experiment of its group, or changes what is running
   */
  async declare(name: string, options: ExperimentOptions): Promise<Experiment> {
    const written = JSON.stringify(options);
    const running = this.#running.get(name);
    if (running?.written === written) return running.experiment;
    const declaration = parseDeclaration(name, options, this.#surroundings.bot);
    if (running !== undefined) {
      throw refuse(name, 'it is declared twice, in two ways; give the second another name.');
    }
    this.#checkGroup(declaration);
    const experiment = this.#begin(declaration);
    this.#running.set(name, { declaration, written, experiment });
    return experiment;
  }

  /** Gives all declarations, in the order they were made. */
  declarations(): readonly Declaration[] {
    return [...this.#running.values()].map(({ declaration }) => declaration);
  }

  async #begin(declaration: Declaration): Promise<Experiment> {
    await this.#checkStored(declaration);
    return new Experiment(declaration, this.#surroundings);
  }

  #checkGroup({ name, exclusion }: Declaration): void {
    if (exclusion === undefined) return;
    const { group, from, to } = exclusion;
    for (const { declaration: other } of this.#running.values()) {
      const theirs = other.exclusion;
      if (theirs?.group === group && theirs.from < to && from < theirs.to) {
        const sentence = `users of the group "${group}" from ${theirs.from} to ${theirs.to} belong to "${other.name}"; take others.`;
        throw refuse(name, sentence);
      }
    }
  }

  async #checkStored(declaration: Declaration): Promise<void> {
    const { shared, keepMs, onError } = this.#surroundings;
    if (shared === undefined) return;
    const key = `experiment/${declaration.name}/${declaration.salt}`;
    const ask = () => shared.assign(key, toFingerprint(declaration), keepMs);
    try {
      checkUnchanged(declaration, await withinTime(ask, this.#surroundings));
    } catch (error) {
      if (error instanceof TurnspanError && error.code === 'OPTION_INVALID') throw error;
      attempt(
        () => onError(error),
        () => {},
      );
    }
  }
}

interface Running {
  readonly declaration: Declaration;
  readonly written: string;
  readonly experiment: Promise<Experiment>;
}
