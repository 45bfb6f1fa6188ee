import type { BotkitPlugin, ChooseText } from '@turnspan/botkit';
import { attempt, type Observer } from '@turnspan/core';
import type { KnownBot } from '@turnspan/experiments';
import { BotExperiments, type BotExperimentsSetup } from './bot-experiments';
import { createExperimentTools, type ExperimentTools } from './experiment-tools';
import type { BotExperimentsOptions } from './options';
import { tellRandomTexts } from './tell-random-texts';

/** The experiments of a bot, as the front door needs them. */
export interface Experimenting {
  readonly tools: ExperimentTools;
  readonly observe: Observer;
  /** Chooses among the texts of lines; undefined where no line is an experiment. */
  readonly chooseText: ChooseText | undefined;
  /** Pauses what does harm, and hears what other processes paused; never rejects. */
  check(): Promise<void>;
}

/** What experiments are set up with. */
export interface ExperimentingSetup
  extends Omit<BotExperimentsSetup, 'options' | 'moment' | 'flows'> {
  /** The bot, which is there when it runs. */
  readonly bot: () => Pick<BotkitPlugin, 'graph' | 'moment' | 'randomTexts'>;
}

/** Sets up what a bot tries experiments with; without any it does nothing and costs nothing. */
export function setUpExperiments(
  given: BotExperimentsOptions | undefined,
  setup: ExperimentingSetup,
): Experimenting {
  const options = given ?? {};
  const { bot, tell, onError } = setup;
  const experiments = new BotExperiments({
    ...setup,
    options,
    moment: (worker) => bot().moment(worker),
    flows: () => toKnownFlows(bot().graph()),
  });
  const isInTurn = () => bot().moment() !== undefined;
  let isTold = given === undefined;
  const tellOnce = () => {
    if (isTold) return;
    isTold = true;
    tellRandomTexts(bot().randomTexts(), options, tell);
  };
  return {
    tools: createExperimentTools({ experiments, options, isInTurn }),
    observe: (event) => experiments.observe(event),
    chooseText: options.texts && ((line) => experiments.chooseText(line)),
    check: async () => {
      attempt(tellOnce, onError);
      await experiments.check().catch(onError);
    },
  };
}

function toKnownFlows({ flows }: ReturnType<BotkitPlugin['graph']>): KnownBot['flows'] {
  return Object.fromEntries(flows.map(({ id, nodes }) => [id, nodes.map((node) => node.id)]));
}
