import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MemoryStore, type SharedState, type TrackerEvent, TurnspanError } from '@turnspan/core';
import { type Botkit, BotkitConversation, type BotWorker } from 'botkit';
import { type TurnspanOptions, type TurnspanPlugin, turnspan } from '../src';
import { endAfterEach, startBot } from './support/bot';

const endAfterTest = endAfterEach();

/** Whoever writes gets the last variant, as good as always. */
const SPLIT = { variants: ['one', 'split'], weights: [1, 1e12], flow: 'pizza' };

interface Tried {
  readonly plugin: TurnspanPlugin;
  readonly controller: Botkit;
  readonly told: readonly TrackerEvent[];
  readonly errors: readonly unknown[];
  says(text: string): Promise<void>;
  answers(): readonly unknown[];
}

/** A bot with turnspan() and whatever the test adds to it. */
async function startTrying(
  build: (controller: Botkit, plugin: TurnspanPlugin) => void,
  options: TurnspanOptions = {},
): Promise<Tried> {
  const bot = await startBot();
  const told: TrackerEvent[] = [];
  const errors: unknown[] = [];
  const plugin = turnspan({
    metrics: { port: 0 },
    observers: [(event) => void told.push(event)],
    onError: (error) => errors.push(error),
    ...options,
  });
  bot.controller.usePlugin(plugin);
  build(bot.controller, plugin);
  endAfterTest(() => plugin.shutdown());
  return { ...bot, plugin, told, errors };
}

/** A conversation `pizza` that asks for the size in one of two threads. */
function addPizza(controller: Botkit): BotkitConversation {
  const pizza = new BotkitConversation('pizza', controller);
  pizza.ask('Which size and crust?', [], 'both');
  pizza.addQuestion('Which size?', [], 'size', 'split');
  controller.addDialog(pizza);
  controller.hears('pizza', 'message', (bot) => bot.beginDialog('pizza'));
  return pizza;
}

function codesOf(errors: readonly unknown[]): readonly string[] {
  return errors.map((error) => (error instanceof TurnspanError ? error.code : String(error)));
}

function shownIn(told: readonly TrackerEvent[]): readonly string[] {
  return told.flatMap((event) =>
    event.kind === 'variant_shown' ? `${event.shown.variant} ${event.shown.reason}` : [],
  );
}

/** A store whose shared part fails, as one that is gone. */
function createBrokenStore(): MemoryStore & { readonly shared: SharedState } {
  const fail = async () => {
    throw new Error('ECONNREFUSED');
  };
  const shared = { see: fail, assign: fail, acquire: fail, keepFacts: fail, facts: fail };
  return Object.assign(new MemoryStore('broken'), { shared });
}

describe('an experiment in a bot', () => {
  it('finds its user in a before hook, and is on every node from there on', async () => {
    const { says, plugin, answers } = await startTrying((controller, { experiment }) => {
      addPizza(controller).before('default', async (convo) => {
        const variant = await experiment('ask-size', { ...SPLIT, goal: 'replied' });
        if (variant === 'split') await convo.gotoThread('split');
      });
    });

    await says('pizza');
    await says('large');

    const metrics = await plugin.metrics();
    expect(answers()).toEqual(['Which size?']);
    expect(metrics).toContain(
      'conversation_node_entries_total{flow="pizza",node="size",variant="ask-size:split"} 1\n',
    );
    expect(metrics).toContain(
      'conversation_node_exits_total{flow="pizza",node="size",variant="ask-size:split",outcome="completed"} 1\n',
    );
    expect(metrics).toContain(
      'conversation_experiment_exposures_total{experiment="ask-size",variant="split"} 1\n',
    );
    expect(metrics).toContain(
      'conversation_experiment_conversions_total{experiment="ask-size",variant="split",goal="replied"} 1\n',
    );
  });

  it('is on the very node whose text function asks for it', async () => {
    const { says, plugin } = await startTrying((controller, { experiment }) => {
      const pizza = new BotkitConversation('pizza', controller);
      pizza.say('Hello.');
      const text = async () => `You are in ${await experiment('ask-size', SPLIT)}.`;
      pizza.ask({ id: 'size', text } as never, [], 'size');
      controller.addDialog(pizza);
      controller.hears('pizza', 'message', (bot) => bot.beginDialog('pizza'));
    });

    await says('pizza');

    const metrics = await plugin.metrics();
    expect(metrics).toContain(
      'conversation_node_entries_total{flow="pizza",node="size",variant="ask-size:split"} 1\n',
    );
    expect(metrics).toContain('conversation_node_entries_total{flow="pizza",node="default.0"} 1\n');
  });

  it('gives the same user the same variant in a new process, and counts them once', async () => {
    const data = mkdtempSync(join(tmpdir(), 'turnspan-experiment-'));
    const build = (controller: Botkit, { experiment }: TurnspanPlugin) => {
      addPizza(controller).before('default', async () => {
        await experiment('ask-size', SPLIT);
      });
    };
    const first = await startTrying(build, { data });
    await first.says('pizza');
    await first.plugin.shutdown();
    const second = await startTrying(build, { data });

    await second.says('pizza');

    const shown = second.told.find((event) => event.kind === 'variant_shown');
    expect(shown).toMatchObject({ shown: { variant: 'split', reason: 'store', first: false } });
    expect(await second.plugin.metrics()).toContain(
      'conversation_experiment_exposures_total{experiment="ask-size",variant="split"} 0\n',
    );
  });

  it('gives the control outside of every turn, and says what to do', async () => {
    const { plugin, errors } = await startTrying(addPizza);

    const variant = await plugin.experiment('ask-size', SPLIT);

    expect(variant).toBe('one');
    expect(codesOf(errors)).toEqual(['TURN_MISSING']);
  });

  it('takes a bot where no turn can be found', async () => {
    const variants: string[] = [];
    const { says, errors } = await startTrying((controller, { experiment }) => {
      addPizza(controller);
      controller.hears('later', 'message', async (bot) => {
        variants.push(await experiment('ask-size', SPLIT, bot as never));
      });
    });

    await says('later');

    expect(variants).toEqual(['split']);
    expect(errors).toEqual([]);
  });

  const BAD = [
    ['no flow of the bot', { ...SPLIT, flow: 'pasta' }],
    ['no goal of the flow', { ...SPLIT, goal: 'dessert' }],
    ['weights of another number', { ...SPLIT, weights: [1] }],
    ['nothing at all', undefined],
  ] as const;
  it.each(BAD)('with %s gives the control and is reported', async (_, options) => {
    const variants: string[] = [];
    const { says, errors, answers } = await startTrying((controller, { experiment }) => {
      addPizza(controller).before('default', async () => {
        variants.push(await experiment('ask-size', options as typeof SPLIT));
      });
    });

    await says('pizza');

    expect(variants).toEqual([options ? 'one' : '']);
    expect(codesOf(errors)).toEqual(['OPTION_INVALID']);
    expect(answers()).toEqual(['Which size and crust?']);
  });

  it('is refused at the start if its declaration is wrong', () => {
    const declare = { 'ask-size': { ...SPLIT, variants: ['one', 'one'] } };

    expect(() => turnspan({ metrics: false, data: false, experiments: { declare } })).toThrow(
      'the variant "one" is named twice',
    );
  });

  it('goes on by hash while the store is gone, and says so', async () => {
    const variants: string[] = [];
    const { says, told, errors } = await startTrying(
      (controller, { experiment }) => {
        addPizza(controller).before('default', async () => {
          variants.push(await experiment('ask-size', SPLIT));
        });
      },
      { store: createBrokenStore() },
    );

    await says('pizza');

    expect(variants).toEqual(['split']);
    expect(shownIn(told)).toEqual(['split hash']);
    expect(errors.length).toBeGreaterThan(0);
  });
});

describe('scripts and threads', () => {
  it('goes to the thread of the variant', async () => {
    const { says, answers } = await startTrying(
      (controller, { gotoVariant }) => {
        const hook = gotoVariant('ask-size', { split: 'split' });
        addPizza(controller).before('default', hook as never);
      },
      { experiments: { declare: { 'ask-size': SPLIT } } },
    );

    await says('pizza');

    expect(answers()).toEqual(['Which size?']);
  });

  it('begins the script of the variant, whose journey is in the experiment', async () => {
    const { says, told } = await startTrying((controller, { beginVariant }) => {
      addPizza(controller);
      const begin = beginVariant('ask-size', { one: 'pizza', split: 'order' }, SPLIT);
      controller.hears('hungry', 'message', (bot: BotWorker) => begin(bot as never));
    });

    await says('hungry');

    const started = told.find((event) => event.kind === 'journey_started');
    expect(started).toMatchObject({ journey: { flow: 'order', variant: 'ask-size:split' } });
  });
});

describe('several texts of a line', () => {
  const TEXTS = ['Hi.', 'Hello there.'];
  const addGreeting = (controller: Botkit) => {
    const pizza = new BotkitConversation('pizza', controller);
    pizza.addMessage({ id: 'greeting', text: TEXTS } as never, 'default');
    controller.addDialog(pizza);
    controller.hears('pizza', 'message', (bot) => bot.beginDialog('pizza'));
  };
  const greeting = { flow: 'pizza', node: 'greeting', weights: [1, 1e12] };

  it('become an experiment on request', async () => {
    const { says, answers, plugin } = await startTrying(addGreeting, {
      experiments: { texts: { greeting } },
    });

    for (let time = 0; time < 5; time += 1) await says('pizza');

    expect(new Set(answers())).toEqual(new Set(['Hello there.']));
    expect(await plugin.metrics()).toContain(
      'conversation_node_entries_total{flow="pizza",node="greeting",variant="greeting:text-2"} 5\n',
    );
  });

  it('are told once where they are none', async () => {
    const { plugin, errors } = await startTrying(addGreeting, { experiments: {} });

    await plugin.sweep();
    await plugin.sweep();

    expect(codesOf(errors)).toEqual(['TEXTS_RANDOM']);
    expect(plugin.randomTexts()).toEqual([{ flow: 'pizza', node: 'greeting', texts: 2 }]);
  });
});

describe('what somebody ends by hand', () => {
  it.each<[string, (plugin: TurnspanPlugin) => void, (plugin: TurnspanPlugin) => void]>([
    [
      'a variant',
      ({ experiments }) => experiments.pause('ask-size', 'split', 'It is rude.'),
      ({ experiments }) => experiments.resume('ask-size', 'split'),
    ],
    [
      'the experiment',
      ({ experiments }) => experiments.stop('ask-size', 'We know enough.'),
      ({ experiments }) => experiments.resume('ask-size'),
    ],
  ])('%s gives the control in all processes on a store, and comes back', async (_, end, resume) => {
    const data = mkdtempSync(join(tmpdir(), 'turnspan-experiment-'));
    const variants: string[] = [];
    const build = (controller: Botkit, { experiment }: TurnspanPlugin) => {
      addPizza(controller).before('default', async () => {
        variants.push(await experiment('ask-size', SPLIT));
      });
    };
    let now = 1_700_000_000_000;
    const options = { data, now: () => (now += 1) };
    const one = await startTrying(build, options);
    const other = await startTrying(build, options);
    for (const { says } of [one, other]) {
      await says('pizza');
      await says('large');
    }

    end(one.plugin);
    await one.plugin.sweep();
    await other.plugin.sweep();
    await other.says('pizza');
    await other.says('large');
    const metrics = await other.plugin.metrics();
    resume(other.plugin);
    await other.plugin.sweep();
    await one.plugin.sweep();
    await one.says('pizza');

    expect(variants).toEqual(['split', 'split', 'one', 'split']);
    expect(metrics).toContain(
      'conversation_experiment_paused{experiment="ask-size",variant="split"} 1\n',
    );
    expect(one.plugin.quality()).toEqual(other.plugin.quality());
  });
});

describe('OpenFeature', () => {
  it('may say who gets which variant', async () => {
    const asked: unknown[] = [];
    const flags = {
      getStringDetails: async (...given: unknown[]) => {
        asked.push(given.slice(0, 2));
        return { value: 'split', reason: 'TARGETING_MATCH' };
      },
    };
    const { says, told } = await startTrying(
      (controller, { experiment }) => {
        addPizza(controller).before('default', async () => {
          await experiment('ask-size', { ...SPLIT, weights: [1e12, 1] });
        });
      },
      { experiments: { flags } },
    );

    await says('pizza');

    expect(shownIn(told)).toEqual(['split flag']);
    expect(asked).toEqual([['ask-size', 'one']]);
  });

  it('gets our variants from a provider, which exposes whoever writes', async () => {
    const resolved: unknown[] = [];
    const { says, told, plugin } = await startTrying(
      (controller, { experiments }) => {
        const provider = experiments.provider();
        addPizza(controller).before('default', async () => {
          resolved.push(await provider.resolveStringEvaluation('ask-size', 'one'));
        });
      },
      { experiments: { declare: { 'ask-size': SPLIT } } },
    );

    await says('pizza');
    const provider = plugin.experiments.provider();
    const elsewhere = await provider.resolveStringEvaluation('ask-size', 'one', {
      targetingKey: 'somebody',
    });
    const unknown = await provider.resolveStringEvaluation('another', 'red', {});

    const split = { value: 'split', variant: 'split', reason: 'SPLIT' };
    expect(resolved).toEqual([split]);
    expect(elsewhere).toEqual(split);
    expect(unknown).toEqual({ value: 'red', reason: 'ERROR', errorCode: 'FLAG_NOT_FOUND' });
    expect(shownIn(told)).toHaveLength(1);
  });
});
