import type { BotShape, Moment, RandomText } from '@turnspan/botkit';
import {
  type Clock,
  type ExposureRef,
  type OnError,
  type SharedState,
  type Tracker,
  type TrackerEvent,
  type Turn,
  TurnspanError,
} from '@turnspan/core';
import {
  type Experiment,
  type ExperimentOptions,
  Experiments,
  type KnownBot,
} from '@turnspan/experiments';
import type { PrometheusObserver } from '@turnspan/prometheus';
import { waitAtMost } from '../wait-at-most';
import { Conversions } from './conversions';
import { DeclaredExperiments, declareTexts, nameTexts } from './declared';
import { FlagVariants } from './flags';
import { GuardrailWatch } from './guardrail-watch';
import type { BotExperimentsOptions } from './options';
import { Pauses } from './pauses';
import { SeenUsers } from './seen-users';
import { shareDeclaration } from './shared-declarations';
import { type Pause, WHOLE_EXPERIMENT } from './shared-pauses';

/** What the experiments of a bot are wired to. */
export interface BotExperimentsSetup {
  readonly options: BotExperimentsOptions;
  readonly shared: SharedState | undefined;
  readonly clock: Clock;
  /** Hears of failures and counts them. */
  readonly onError: OnError;
  /** Hears of what is no failure. */
  readonly tell: OnError;
  readonly metrics: Pick<PrometheusObserver, 'converted' | 'paused'> | undefined;
  readonly show: Tracker['show'];
  readonly moment: (bot?: BotShape) => Moment | undefined;
  readonly flows: () => KnownBot['flows'];
}

/** Where a variant is shown, if that is not plain from where the code runs. */
export interface Place {
  readonly bot?: BotShape | undefined;
  /** The flow that each variant begins, where variants are flows of their own. */
  readonly flows?: Readonly<Record<string, string>> | undefined;
}

interface Ask extends Place {
  readonly name: string;
  readonly options: ExperimentOptions | undefined;
}

const FIRST_LOOK_MS = 250;

/** The experiments of a bot: shows variants, counts who reaches the goal, pauses what does harm. */
export class BotExperiments {
  readonly declared: DeclaredExperiments;
  readonly #setup: BotExperimentsSetup;
  readonly #pauses: Pauses;
  readonly #watch = new GuardrailWatch();
  readonly #conversions: Conversions;
  readonly #flags: FlagVariants | undefined;
  /** What was shown in each turn: asked twice, it is the same. */
  readonly #shown = new WeakMap<Turn, Map<string, Promise<string>>>();

  constructor(setup: BotExperimentsSetup) {
    const { options, shared, clock, onError, metrics, flows } = setup;
    const experiments = new Experiments({ onError, clock, ...(shared && { shared }) });
    this.#setup = setup;
    this.declared = new DeclaredExperiments(experiments, options, flows);
    const onChange = (pause: Pause) => this.#paused(pause);
    this.#pauses = new Pauses({ shared, now: clock.now, onError, onChange });
    this.#conversions = new Conversions({
      declarationOf: (name) => this.declared.get(name)?.declaration,
      seen: new SeenUsers(shared),
      onConversion: (exposure: ExposureRef, goal) => metrics?.converted(exposure, goal),
      onError,
    });
    this.#flags = options.flags && new FlagVariants(options.flags, shared, clock.now);
  }

  /** Takes what the tracker tells. */
  observe(event: TrackerEvent): void {
    this.#watch.observe(event);
    this.#conversions.observe(event);
  }

  /** Gives the variant for the user of the turn. Never rejects: what goes wrong is reported, and the control given. */
  async show(name: string, options: ExperimentOptions | undefined, place: Place): Promise<string> {
    try {
      return await this.#show({ name, options, ...place });
    } catch (error) {
      this.#setup.onError(error);
      return controlOf(options ?? this.declared.optionsOf(name));
    }
  }

  /** Chooses among the texts of a line if that is an experiment. */
  chooseText(line: RandomText): Promise<number | undefined> | undefined {
    const { texts = {} } = this.#setup.options;
    const found = Object.entries(texts).find(
      ([, { flow, node }]) => flow === line.flow && node === line.node,
    );
    if (!found) return undefined;
    const [name, text] = found;
    const options = declareTexts(text, line.texts);
    return this.#show({ name, options }).then((variant) => nameTexts(line.texts).indexOf(variant));
  }

  /** Gives the variant of a user whom nothing is shown. */
  async assign(name: string, userKey: string): Promise<string> {
    const { experiment } = await this.declared.find(name, undefined);
    return experiment.assign(userKey).variant;
  }

  /** Pauses variants that do harm, and takes over what other processes paused. */
  async check(): Promise<void> {
    const experiments = this.declared.all();
    await this.#pauses.look(experiments);
    for (const experiment of experiments) this.#pauseHarm(experiment);
    this.#watch.forgetRating();
  }

  /** Pauses a variant or shows it again, in all processes on the store. */
  setPaused(experiment: Experiment, change: Pick<Pause, 'variant' | 'isPaused' | 'because'>): void {
    this.#pauses.set(experiment, change);
  }

  #show(ask: Ask): Promise<string> {
    const moment = this.#setup.moment(ask.bot);
    if (!moment) return Promise.reject(outsideOfTurns(ask.name));
    const shown = this.#shown.get(moment.turn) ?? new Map<string, Promise<string>>();
    this.#shown.set(moment.turn, shown);
    const known = shown.get(ask.name) ?? this.#showIn(moment, ask);
    shown.set(ask.name, known);
    return known;
  }

  async #showIn({ turn, journeys }: Moment, { name, options, flows = {} }: Ask): Promise<string> {
    const { experiment, isNew } = await this.declared.find(name, options);
    if (isNew) await this.#begin(experiment);
    const { flow, salt } = experiment.declaration;
    const source = this.#flags ?? { expose: (each: Experiment, key: string) => each.expose(key) };
    const exposure = await source.expose(experiment, turn.user.key);
    const { variant, reason, counts, isFirst: first, exposedAt: since } = exposure;
    const place = { experiment: name, variant, flow: flows[variant] ?? flow, salt };
    this.#setup.show(turn, journeys, { ...place, reason, counts, first, since });
    return variant;
  }

  /** A variant that was paused before this process began is not shown; a store that is gone does not hold the bot up. */
  async #begin(experiment: Experiment): Promise<void> {
    const { shared, clock, onError } = this.#setup;
    if (shared) shareDeclaration(shared, experiment.declaration, clock.now()).catch(onError);
    const looking = this.#pauses.look([experiment]);
    looking.catch(onError);
    await waitAtMost(FIRST_LOOK_MS, looking);
  }

  #pauseHarm(experiment: Experiment): void {
    for (const { variant, sentence } of this.#watch.findBreaches(experiment.declaration)) {
      if (experiment.paused().has(variant)) continue;
      this.#pauses.set(experiment, { variant, isPaused: true, because: sentence });
      const detail = `Experiment "${experiment.declaration.name}": ${sentence}`;
      this.#setup.tell(new TurnspanError('VARIANT_PAUSED', { detail }));
    }
  }

  #paused({ experiment: name, variant, isPaused }: Pause): void {
    const experiment = this.declared.get(name);
    const others = experiment?.declaration.variants.slice(1) ?? [];
    const isStopped = experiment?.stopped() !== undefined;
    for (const each of variant === WHOLE_EXPERIMENT ? others : [variant]) {
      if (!isPaused) this.#watch.forget(name, each);
      const isAway = isStopped || experiment?.paused().has(each) === true;
      this.#setup.metrics?.paused({ experiment: name, variant: each }, isAway);
    }
  }
}

function controlOf(options: Partial<ExperimentOptions> | undefined): string {
  const [control] = Array.isArray(options?.variants) ? options.variants : [];
  return typeof control === 'string' ? control : '';
}

function outsideOfTurns(name: string): TurnspanError {
  const detail = `experiment(${JSON.stringify(name)}) cannot tell for whom it is; call it in a before hook, a handler or a text function, or pass the bot as its third argument.`;
  return new TurnspanError('TURN_MISSING', { detail });
}
