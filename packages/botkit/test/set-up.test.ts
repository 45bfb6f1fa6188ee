import { type Botkit, BotkitConversation, type BotWorker } from 'botkit';
import { conversation, ignore, options, startOnGo } from './support/bots';
import { pause, RESTART, type Scene, type Step, SWEEP, silence } from './support/run';
import { play, tell } from './support/scene';
import { ScriptedAdapter, USER } from './support/scripted-adapter';
import { entered, story } from './support/story';
import { HOUR } from './support/virtual-time';

const twoQuestions = (controller: Botkit) => {
  conversation(controller, 'x', (x) => {
    x.ask('q1', ignore, 'a');
    x.ask('q2', ignore, 'b');
  });
  startOnGo(controller, 'x');
};

const answered = [
  'x begins: user',
  'x/a advanced, after 5 s, accepted',
  'x/b completed, after 5 s, accepted',
  'x ends: completed',
];

/** Somebody else's message, or nobody's: the bot speaks first. */
function speakFirst(say: (bot: BotWorker) => Promise<unknown>): Step {
  return async ({ stage }) => {
    const bot = await stage.controller.spawn({}, stage.adapter);
    await bot.changeContext(stage.adapter.reference() as never);
    await say(bot);
  };
}

describe('the plugin', () => {
  it.each(['before', 'after'] as const)('may be loaded %s the dialogs', async (load) => {
    const lines = await tell({ build: twoQuestions, steps: ['go', '1', '2'], load });

    expect(lines).toEqual(answered);
  });

  it('follows dialogs that were added to the dialog set directly', async () => {
    const lines = await tell({
      build: (controller) => {
        const x = new BotkitConversation('x', controller);
        controller.dialogSet.add(x);
        x.ask('q1', ignore, 'a');
        x.ask('q2', ignore, 'b');
        controller.hears('go', 'message', async (bot) => {
          await bot.getConfig('dialogContext').beginDialog('x');
        });
      },
      steps: ['go', '1', '2'],
    });

    expect(lines).toEqual(answered);
  });

  it('follows scripts that come late as a whole, without fillers', async () => {
    const script = {
      default: [
        {
          text: ['Which?'],
          collect: {
            key: 'which',
            options: [
              { pattern: 'one', action: 'other', type: 'string' },
              { default: true, action: 'repeat' },
            ],
          },
        },
        { text: ['not for one'] },
        { action: 'complete' },
      ],
      other: [
        { text: ['Other'] },
        { text: ['Sure?'], collect: { key: 'sure' } },
        { text: ['Bye'] },
      ],
    };
    const { events, stage } = await play({
      build: (controller) => {
        const x = conversation(controller, 'x', () => {});
        setImmediate(() => {
          (x as { script: unknown }).script = script;
        });
        startOnGo(controller, 'x');
      },
      steps: ['go', 'two', 'one', 'yes'],
    });

    expect(story(events)).toEqual([
      'x begins: user',
      'x/which confused: no_match',
      'x/which repeated, after 5 s, default',
      'x/which advanced, after 5 s, matched',
      'x/other.0 advanced',
      'x/sure advanced, after 5 s, accepted',
      'x/other.2 completed',
      'x ends: completed',
    ]);
    expect(stage.plugin?.graph().flows).toMatchObject([
      {
        id: 'x',
        nodes: [
          { id: 'which' },
          { id: 'default.1' },
          { id: 'default.2' },
          { id: 'other.0' },
          { id: 'sure' },
          { id: 'other.2' },
        ],
      },
    ]);
  });

  it('tells two dialogs of one id apart', async () => {
    const { events } = await play({
      build: (controller) => {
        conversation(controller, 'dup', (first) => first.say('first'));
        conversation(controller, 'dup', (second) => second.ask('second', ignore, 'k'));
        startOnGo(controller, 'dup');
        controller.hears('two', 'message', async (bot) => {
          await bot.beginDialog('dup2');
        });
      },
      steps: ['go', 'two', 'answer'],
    });

    expect(story(events)).toEqual([
      'dup begins: user',
      'dup/default.0 completed',
      'dup ends: completed',
      'dup2 begins: user',
      'dup2/k completed, after 5 s, accepted',
      'dup2 ends: completed',
    ]);
  });

  it('follows a bot with several adapters', async () => {
    const { events } = await play({
      build: twoQuestions,
      steps: [
        'go',
        async ({ stage, transcript }) => {
          const other = new ScriptedAdapter(stage.time, transcript, { channelId: 'other' });
          await other.receive({ text: 'go' }, (context) => stage.controller.handleTurn(context));
        },
        '1',
        '2',
      ],
    });

    expect(story(events)).toEqual([
      'x begins: user',
      'x begins: user',
      'x/a advanced, after 5.1 s, accepted',
      ...answered.slice(2),
      'x/a is open',
    ]);
    const users = new Set(
      events.flatMap((event) =>
        event.kind === 'journey_started'
          ? [`${event.journey.user.channel} ${event.journey.user.key}`]
          : [],
      ),
    );
    expect(users.size).toBe(2);
  });

  it('keeps two users apart', async () => {
    const bob: Step = (run) =>
      run.receive({ text: 'go', from: { id: 'bob', name: 'Bob' } as never });

    const { events } = await play({ build: twoQuestions, steps: ['go', bob, '1', '2'] });

    expect(story(events)).toEqual([
      'x begins: user',
      'x begins: user',
      'x/a advanced, after 10.1 s, accepted',
      ...answered.slice(2),
      'x/a is open',
    ]);
  });
});

describe('a bot that speaks first', () => {
  it('begins by template', async () => {
    const { events } = await play({
      build: twoQuestions,
      steps: [speakFirst((bot) => bot.beginDialog('x')), pause(5_000), '1', '2'],
    });

    expect(story(events)).toEqual([
      'x begins: template',
      'x/a advanced, after 10 s, accepted',
      'x/b completed, after 5 s, accepted',
      'x ends: completed',
    ]);
    const turns = events.flatMap((event) =>
      event.kind === 'turn_started' || event.kind === 'turn_ended'
        ? [`${event.kind} ${event.turn.proactive}`]
        : [],
    );
    expect(turns.slice(0, 2)).toEqual(['turn_started true', 'turn_ended true']);
    expect(turns).toHaveLength(6);
  });

  it('to somebody who never reacts has engaged nobody', async () => {
    const lines = await tell({
      build: twoQuestions,
      steps: [speakFirst((bot) => bot.beginDialog('x')), silence()],
    });

    expect(lines).toEqual([
      'x begins: template',
      'x/a stalled',
      'x/a not_engaged',
      'x ends: not_engaged',
    ]);
  });

  it('to somebody who had dropped out does not bring them back', async () => {
    const lines = await tell({
      build: (controller) => {
        twoQuestions(controller);
        conversation(controller, 'offer', (offer) => offer.ask('interested?', ignore, 'yes'));
      },
      steps: ['go', silence(), speakFirst((bot) => bot.beginDialog('offer')), silence()],
    });

    expect(lines).toEqual([
      'x begins: user',
      'x/a stalled',
      'x/a dropped',
      'x ends: dropped',
      'offer begins: child',
      'offer/yes stalled',
      'offer/yes not_engaged',
      'offer ends: not_engaged',
    ]);
  });

  it('in passing leaves the question waiting', async () => {
    const { events } = await play({
      build: twoQuestions,
      steps: ['go', speakFirst((bot) => bot.say('news')), '1', '2'],
    });

    expect(story(events)).toEqual([
      'x begins: user',
      'x/a advanced, after 5.1 s, accepted',
      ...answered.slice(2),
    ]);
    expect(events.filter(({ kind }) => kind === 'turn_started')).toHaveLength(4);
    expect(events.filter(({ kind }) => kind === 'turn_ended')).toHaveLength(4);
  });
});

describe('a person who takes over', () => {
  const handOff: Step = async ({ stage }) => {
    await stage.adapter.receive({ text: 'agent' }, (context) =>
      stage.controller.handleTurn(context),
    );
  };
  const build = (controller: Botkit) => {
    twoQuestions(controller);
    controller.interrupts('agent', 'message', async (bot) => {
      (controller.plugins as { turnspan?: { handOff(bot: BotWorker): void } }).turnspan?.handOff(
        bot,
      );
      await bot.say('one moment');
    });
    controller.interrupts('chat', 'message', async () => true);
    controller.interrupts('cancel', 'message', async (bot) => {
      await bot.cancelAllDialogs();
    });
  };

  it('stops the clock', async () => {
    const lines = await tell({ build, steps: ['go', handOff, 'chat', silence()] });

    expect(lines).toEqual([
      'x begins: user',
      'x/a confused: agent',
      'x/a handed_off',
      'x ends: handed_off',
    ]);
  });

  it('and closes the bot dialog afterwards ends nothing twice', async () => {
    const lines = await tell({ build, steps: ['go', handOff, 'chat', 'cancel'] });

    expect(lines.slice(-1)).toEqual(['x ends: handed_off']);
  });

  it('and gives back to the bot begins a new journey', async () => {
    const lines = await tell({ build, steps: ['go', handOff, 'chat', '1', '2'] });

    expect(lines.slice(3)).toEqual([
      'x ends: handed_off',
      'x begins: return',
      'x/b completed, after 5 s, accepted',
      'x ends: completed',
    ]);
  });
});

describe('a restart', () => {
  const shop = (controller: Botkit) => {
    conversation(controller, 'shop', (x) => {
      x.say('Welcome');
      x.ask(
        'Which size?',
        options(
          { pattern: 'small', handler: ignore },
          { pattern: 'large', action: 'extras' },
          { default: true, handler: async (_, convo) => convo.repeat() },
        ),
        'size',
      );
      x.addChildDialog('address', 'address');
      x.say('Thanks');
      x.addQuestion(
        'Extras?',
        options({ pattern: 'done', action: 'default' }, { default: true, action: 'wait' }),
        'extras',
        'extras',
      );
    });
    conversation(controller, 'address', (x) => {
      x.ask('Street?', ignore, 'street');
      x.ask('City?', ignore, 'city');
    });
    conversation(controller, 'h', (h) => h.say('help!'));
    controller.interrupts('hm', 'message', async (bot) => {
      await bot.beginDialog('h');
    });
    controller.interrupts('say', 'message', async (bot) => {
      await bot.say('well');
    });
    startOnGo(controller, 'shop');
  };
  const steps = [
    ...['go', 'huh', 'say', 'large', 'milk', 'sugar', 'hm', 'done', 'hm', 'small', 'Main St'],
    pause(26 * HOUR),
    ...['say', 'Berlin', 'go', 'small', 'hm', 'a', 'b'],
  ];
  const scene: Scene = { build: shop, steps };
  const withRestart = (at: number): Scene => ({
    build: shop,
    steps: [...steps.slice(0, at), RESTART, ...steps.slice(at)],
  });

  it('leaves no trace, wherever it comes', async () => {
    const expected = story((await play(scene)).events);
    expect(expected).toContain('address/city returned');

    for (let at = 1; at < steps.length; at += 1) {
      const lines = story((await play(withRestart(at))).events);
      expect([at, lines]).toEqual([at, expected]);
    }
  });

  it('while a question waits drops nobody twice', async () => {
    const lines = await tell({
      build: twoQuestions,
      steps: ['go', RESTART, pause(30 * HOUR), SWEEP, '1', '2'],
    });

    expect(lines).toEqual([
      'x begins: user',
      'x/a stalled',
      'x/a dropped',
      'x ends: dropped',
      'x/a returned',
      'x begins: return',
      'x/b completed, after 5 s, accepted',
      'x ends: completed',
    ]);
  });

  it('with an edited script does not disturb', async () => {
    let edited = false;
    const { events } = await play({
      build: (controller) => {
        conversation(controller, 'x', (x) => {
          if (edited) return;
          x.say('hello');
          x.ask('q1', ignore, 'a');
        });
        startOnGo(controller, 'x');
      },
      steps: [
        'go',
        () => {
          edited = true;
        },
        'one',
        () => {
          edited = false;
        },
      ],
    });

    expect(entered(events)).toEqual(['x/default.0', 'x/a']);
  });
});

it('knows people as hashes only', async () => {
  const { events } = await play({
    build: twoQuestions,
    steps: ['go', 'my secret', 'my other secret'],
  });

  const text = JSON.stringify(events);

  for (const secret of [USER.id, USER.name, 'my secret', 'other secret'])
    expect(text).not.toContain(secret);
});
