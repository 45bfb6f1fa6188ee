import type { ExperimentOptions } from '@turnspan/experiments';

/** The part of an OpenFeature client that is asked for variants. */
export interface FlagClient {
  getStringDetails(
    flag: string,
    fallback: string,
    context: { readonly targetingKey: string },
  ): Promise<FlagDetails>;
}

/** What a flag client says about a flag. */
export interface FlagDetails {
  readonly value: string;
  readonly variant?: string | undefined;
  readonly reason?: string | undefined;
}

/** A line whose texts are the variants of an experiment: `text-1`, `text-2` and so on, in their order. */
export interface TextExperiment extends Omit<ExperimentOptions, 'variants'> {
  /** The node that has several texts. */
  readonly node: string;
}

/** Experiments that are known when the bot starts. */
export interface BotExperimentsOptions {
  /** Experiments by name, checked at once; `experiment(name)` shows them. @default none: they are declared where they are shown */
  readonly declare?: Readonly<Record<string, ExperimentOptions>>;
  /** Lines with several texts that become experiments, by name: each user keeps to one text. @default Botkit draws a text each time */
  readonly texts?: Readonly<Record<string, TextExperiment>>;
  /** An OpenFeature client that says who gets which variant. @default the hash of experiment and user */
  readonly flags?: FlagClient;
}
