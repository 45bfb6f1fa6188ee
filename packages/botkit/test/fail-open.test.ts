import type { Claim, Clock, Store } from '@turnspan/core';
import type { Botkit } from 'botkit';
import type { BotkitPluginOptions } from '../src';
import { conversation, ignore, options, startOnGo } from './support/bots';
import { EVENT, MEDIA, pause, playPlain, playTracked, RESTART, type Scene } from './support/run';
import { story } from './support/story';
import { HOUR } from './support/virtual-time';

function build(controller: Botkit): void {
  conversation(controller, 'x', (x) => {
    x.say('Hi');
    x.ask(
      'Which?',
      options(
        { pattern: 'one', handler: async (_, __, bot) => bot.beginDialog('kid') },
        { pattern: 'throw', handler: () => Promise.reject(new Error('of the bot')) },
        { default: true, handler: async (_, convo) => convo.repeat() },
      ),
      'which',
    );
    x.say('Bye');
  });
  conversation(controller, 'kid', (kid) => kid.ask('Why?', ignore, 'why'));
  conversation(controller, 'h', (h) => h.say('help!'));
  controller.interrupts('hm', 'message', async (bot) => {
    await bot.beginDialog('h');
  });
  startOnGo(controller, 'x');
}

const steps: Scene['steps'] = [
  ...['go', 'huh', 'hm', 'one', 'because', 'go', 'throw', 'one'],
  ...[MEDIA, RESTART, EVENT, pause(30 * HOUR), 'go', 'one', pause(30 * HOUR), 'why'],
];

class Misbehaviour extends Error {
  override readonly name = 'Misbehaviour';
}

const fail = (): never => {
  throw new Misbehaviour('of ours');
};

function createStore(answer: () => never | Promise<never>): Store {
  return {
    origin: 'bad',
    wait: answer,
    claim: answer as () => Promise<Claim>,
    takeDue: () => [],
    settle: () => [],
    summary: () => ({ counts: [], nextDeadline: undefined }),
  };
}

/** The clock works while the tracker is created. */
function createClock(): Clock {
  let working = 1;
  const read = () => {
    working -= 1;
    return working >= 0 ? 0 : fail();
  };
  return { now: read, tick: read };
}

interface Misbehaviours {
  readonly tracker?: () => NonNullable<Scene['tracker']>;
  readonly plugin?: () => Omit<BotkitPluginOptions, 'tracker'>;
}

const misbehaviours: readonly (readonly [string, Misbehaviours])[] = [
  ['an observer that throws', { tracker: () => ({ observers: [fail] }) }],
  ['a store that throws', { tracker: () => ({ store: createStore(fail) }) }],
  [
    'a store that rejects',
    { tracker: () => ({ store: createStore(() => Promise.reject(new Misbehaviour('late'))) }) },
  ],
  [
    'a clock that throws',
    {
      tracker: () => ({
        get clock() {
          return createClock();
        },
      }),
    },
  ],
  ['ids that cannot be made', { tracker: () => ({ createId: fail }) }],
  ['an onError that throws, too', { tracker: () => ({ observers: [fail], onError: fail }) }],
  ['an activate that throws at once', { plugin: () => ({ activate: fail }) }],
  [
    'an activate that throws when the bot is running',
    {
      plugin: () => ({
        activate: (_, run) => {
          run();
          return fail();
        },
      }),
    },
  ],
];

describe('the bot does not notice', () => {
  it.each(misbehaviours)('%s', async (_, { tracker, plugin }) => {
    const plain = await playPlain({ build, steps });

    const { transcript, state, events } = await playTracked({
      build,
      steps,
      tracker: tracker?.() ?? {},
      plugin: plugin?.() ?? {},
    });

    expect(transcript).toEqual(plain.transcript);
    expect(state).toEqual(plain.state);
    const contained = events.filter(({ kind }) => kind === 'error_contained');
    expect(contained.length).toBeGreaterThan(0);
    expect(contained).toMatchObject(contained.map(() => ({ error: { name: 'Misbehaviour' } })));
  });

  it.each([
    [
      'a store that never answers',
      { tracker: { store: createStore(() => new Promise(() => {})) } },
    ],
    ['an activate that does not run the bot', { plugin: { activate: () => undefined as never } }],
    [
      'an activate that runs the bot twice',
      {
        plugin: {
          activate: (_, run) => {
            run();
            return run();
          },
        } satisfies Omit<BotkitPluginOptions, 'tracker'>,
      },
    ],
  ])('%s', async (_, setup) => {
    const plain = await playPlain({ build, steps });

    const { transcript, state } = await playTracked({ build, steps, ...setup });

    expect(transcript).toEqual(plain.transcript);
    expect(state).toEqual(plain.state);
  });
});

it('a store that rejects costs nothing but its waiting list', async () => {
  const scene: Scene = { build, steps: ['go', 'huh', 'one', 'because'] };
  const { events: expected } = await playTracked(scene);

  const { events } = await playTracked({
    ...scene,
    tracker: { store: createStore(() => Promise.reject(new Misbehaviour('late'))) },
  });

  expect(story(events).filter((line) => !line.startsWith('contained'))).toEqual(story(expected));
});

it('runs a turn inside of activate', async () => {
  const seen: string[] = [];
  const activate: BotkitPluginOptions['activate'] = (turn, run) => {
    seen.push(`begin ${turn.inputKind}`);
    const result = run();
    seen.push('end');
    return result;
  };

  await playTracked({ build, steps: ['go', MEDIA], plugin: { activate } });

  expect(seen).toEqual(['begin text', 'end', 'begin media', 'end']);
});
