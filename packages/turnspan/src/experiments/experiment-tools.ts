import {
  type BotShape,
  beginVariant,
  type DialogStarter,
  gotoVariant,
  type ThreadedConversation,
} from '@turnspan/botkit';
import { TurnspanError } from '@turnspan/core';
import type { Declaration, Experiment, ExperimentOptions } from '@turnspan/experiments';
import type { BotExperiments } from './bot-experiments';
import { createFlagProvider, type FlagProvider } from './flag-provider';
import type { BotExperimentsOptions } from './options';
import { WHOLE_EXPERIMENT } from './shared-pauses';

/** What a bot tries experiments with. */
export interface ExperimentTools {
  /**
   * Gives the variant for the user of the present turn, and notes that they were shown it. Never
   * fails: outside of every turn, or with a wrong declaration, it gives the control and reports that.
   *
   * @example
   * const variant = await experiment('ask-size', { variants: ['one-question', 'split'], flow: 'order' });
   */
  readonly experiment: (
    name: string,
    options?: ExperimentOptions,
    bot?: BotShape,
  ) => Promise<string>;
  /** Makes a `before` hook that goes to the thread of the user's variant; a variant without a thread stays. */
  readonly gotoVariant: (
    name: string,
    threads: Readonly<Record<string, string>>,
    options?: ExperimentOptions,
  ) => (convo: ThreadedConversation, bot: BotShape) => Promise<void>;
  /** Makes a handler that begins the conversation of the user's variant. */
  readonly beginVariant: (
    name: string,
    scripts: Readonly<Record<string, string>>,
    options?: ExperimentOptions,
  ) => (bot: DialogStarter) => Promise<void>;
  readonly experiments: ExperimentControl;
}

/** What can be asked of running experiments, and done to them. */
export interface ExperimentControl {
  /** The experiments that were shown or asked for in this process. */
  readonly declarations: () => readonly Declaration[];
  /** The variants of an experiment that are paused, and why. */
  readonly paused: (name: string) => ReadonlyMap<string, string>;
  /** Gives the control to the users of a variant, in all processes on the store. */
  readonly pause: (name: string, variant: string, because: string) => void;
  /** Gives the control to everybody but testers, in all processes on the store; nobody counts any more. */
  readonly stop: (name: string, because: string) => void;
  /** Shows a variant again; without one, goes on with an experiment that was stopped. */
  readonly resume: (name: string, variant?: string) => void;
  /** A provider for OpenFeature's server SDK, whose flags are these experiments. */
  readonly provider: () => FlagProvider;
}

/** What the tools work with. */
export interface ToolsSetup {
  readonly experiments: BotExperiments;
  readonly options: BotExperimentsOptions;
  readonly isInTurn: () => boolean;
}

/** Makes the tools that a developer gets. */
export function createExperimentTools(setup: ToolsSetup): ExperimentTools {
  const { experiments } = setup;
  return {
    experiment: (name, options, bot) => experiments.show(name, options, { bot }),
    gotoVariant: (name, threads, options) =>
      gotoVariant((bot) => experiments.show(name, options, { bot }), threads),
    beginVariant: (name, scripts, options) =>
      beginVariant((bot) => experiments.show(name, options, { bot, flows: scripts }), scripts),
    experiments: createControl(setup),
  };
}

function createControl({ experiments, options, isInTurn }: ToolsSetup): ExperimentControl {
  const { declared } = experiments;
  const set = (name: string, change: { variant: string; isPaused: boolean; because: string }) =>
    experiments.setPaused(findVariant(declared.get(name), name, change.variant), change);
  return {
    declarations: () => declared.all().map(({ declaration }) => declaration),
    paused: (name) => declared.get(name)?.paused() ?? new Map(),
    pause: (name, variant, because) => set(name, { variant, isPaused: true, because }),
    stop: (name, because) => set(name, { variant: WHOLE_EXPERIMENT, isPaused: true, because }),
    resume: (name, variant = WHOLE_EXPERIMENT) =>
      set(name, { variant, isPaused: false, because: '' }),
    provider: () => {
      if (options.flags)
        throw refuse('`experiments.flags` names a provider already; ours would ask itself.');
      return createFlagProvider({
        isDeclared: (name) => (declared.get(name) ?? declared.optionsOf(name)) !== undefined,
        show: (name) => (isInTurn() ? experiments.show(name, undefined, {}) : undefined),
        assign: (name, userKey) => experiments.assign(name, userKey),
      });
    },
  };
}

function findVariant(
  experiment: Experiment | undefined,
  name: string,
  variant: string,
): Experiment {
  if (!experiment) {
    throw refuse(`Experiment "${name}": nobody was shown it in this process yet; pause what runs.`);
  }
  const [control, ...variants] = experiment.declaration.variants;
  if (variant === WHOLE_EXPERIMENT || variants.includes(variant)) return experiment;
  const others = variants.map((each) => JSON.stringify(each)).join(', ');
  throw refuse(
    `Experiment "${name}": ${JSON.stringify(variant)} cannot be paused; ${JSON.stringify(control)} is the control, the others are ${others}.`,
  );
}

function refuse(detail: string): TurnspanError {
  return new TurnspanError('OPTION_INVALID', { detail });
}
