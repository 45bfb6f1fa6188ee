import type { Botkit, BotWorker } from 'botkit';
import { conversation, ignore, options, startOnGo } from './support/bots';
import { pause, type Step, SWEEP, silence } from './support/run';
import { play, tell } from './support/scene';
import { story, transitions } from './support/story';
import { HOUR } from './support/virtual-time';

/** A bot that asks two questions and does `interrupt` when somebody types `hm`. */
function build(interrupt: (bot: BotWorker) => Promise<unknown>, extend = (_: Botkit) => {}) {
  return (controller: Botkit) => {
    conversation(controller, 'x', (x) => {
      x.ask('q1', ignore, 'a');
      x.say('x goes on');
    });
    conversation(controller, 'h', (h) => h.say('help!'));
    conversation(controller, 'asking', (asking) => asking.ask('hq', ignore, 'hk'));
    extend(controller);
    controller.interrupts('hm', 'message', async (bot) => {
      await interrupt(bot);
    });
    startOnGo(controller, 'x');
  };
}

describe('an interrupt', () => {
  it('that only says something leaves the question waiting', async () => {
    const lines = await tell({
      build: build((bot) => bot.say('what?')),
      steps: ['go', 'hm', 'answer'],
    });

    expect(lines).toEqual([
      'x begins: user',
      'x/a advanced, after 10.1 s, accepted',
      'x/default.2 completed',
      'x ends: completed',
    ]);
  });

  it('that only says something gives the user more time', async () => {
    const { events } = await play({
      build: build((bot) => bot.say('what?')),
      steps: ['go', pause(20 * HOUR), 'hm', pause(23 * HOUR), SWEEP, pause(2 * HOUR), SWEEP],
    });

    expect(story(events)).toEqual([
      'x begins: user',
      'x/a stalled',
      'x/a dropped',
      'x ends: dropped',
    ]);
    const [turn] = events.filter(({ kind }) => kind === 'turn_started').slice(-1);
    const [dropped] = events.filter(({ kind }) => kind === 'visit_settled');
    expect((dropped?.at ?? 0) - (turn?.at ?? 0)).toBe(24 * HOUR);
  });

  it('that begins a dialog jumps away, and the question is put again', async () => {
    const { events } = await play({
      build: build((bot) => bot.beginDialog('h')),
      steps: ['go', 'hm', 'answer'],
    });

    expect(story(events)).toEqual([
      'x begins: user',
      'x/a jumped',
      'h begins: child',
      'h/default.0 completed',
      'h ends: completed',
      'x/a advanced, after 5 s, accepted',
      'x/default.2 completed',
      'x ends: completed',
    ]);
    expect(transitions(events)).toEqual(['x: a > default.2']);
  });

  it('that asks something itself waits for that', async () => {
    const lines = await tell({
      build: build((bot) => bot.beginDialog('asking')),
      steps: ['go', 'hm', 'one', 'answer'],
    });

    expect(lines).toEqual([
      'x begins: user',
      'x/a jumped',
      'asking begins: child',
      'asking/hk completed, after 5 s, accepted',
      'asking ends: completed',
      'x/a advanced, after 5 s, accepted',
      'x/default.2 completed',
      'x ends: completed',
    ]);
  });

  it('that asks and is not answered drops everything below it', async () => {
    const lines = await tell({
      build: build((bot) => bot.beginDialog('asking')),
      steps: ['go', 'hm', silence(), 'one', 'answer'],
    });

    expect(lines).toEqual([
      'x begins: user',
      'x/a jumped',
      'asking begins: child',
      'asking/hk stalled',
      'asking/hk dropped',
      'asking ends: dropped',
      'x ends: dropped',
      'asking/hk returned',
      'x begins: return',
      'asking begins: return',
      'asking ends: completed',
      'x/a advanced, after 5 s, accepted',
      'x/default.2 completed',
      'x ends: completed',
    ]);
  });

  it('that replaces the dialog replaces only its prompt, and answers the question', async () => {
    const lines = await tell({
      build: build((bot) => bot.replaceDialog('asking')),
      steps: ['go', 'hm', 'one'],
    });

    expect(lines).toEqual([
      'x begins: user',
      'x/a jumped',
      'asking begins: child',
      'asking/hk completed, after 5 s, accepted',
      'asking ends: completed',
      'x/default.2 completed',
      'x ends: completed',
    ]);
  });

  it('that cancels all dialogs stops them', async () => {
    const lines = await tell({
      build: build((bot) => bot.cancelAllDialogs()),
      steps: ['go', 'hm', 'go'],
    });

    expect(lines).toEqual([
      'x begins: user',
      'x/a stopped',
      'x ends: stopped',
      'x begins: user',
      'x/a is open',
    ]);
  });

  it('that cancels all dialogs and begins another one', async () => {
    const lines = await tell({
      build: build(async (bot) => {
        await bot.cancelAllDialogs();
        await bot.beginDialog('h');
      }),
      steps: ['go', 'hm'],
    });

    expect(lines).toEqual([
      'x begins: user',
      'x/a stopped',
      'x ends: stopped',
      'h begins: user',
      'h/default.0 completed',
      'h ends: completed',
    ]);
  });

  it('that puts the question again leaves it waiting', async () => {
    const lines = await tell({
      build: build((bot) => bot.getConfig('dialogContext').repromptDialog()),
      steps: ['go', 'hm', 'answer'],
    });

    expect(lines).toEqual([
      'x begins: user',
      'x/a advanced, after 10.1 s, accepted',
      'x/default.2 completed',
      'x ends: completed',
    ]);
  });

  it('by a plea for help says that the question confused', async () => {
    const lines = await tell({
      build: build(ignore, (controller) => {
        controller.interrupts('help', 'message', async (bot) => {
          await bot.beginDialog('h');
        });
      }),
      steps: ['go', 'help', 'answer'],
    });

    expect(lines.slice(0, 3)).toEqual(['x begins: user', 'x/a confused: help', 'x/a jumped']);
  });

  it('of a child comes back to the child', async () => {
    const lines = await tell({
      build: build(
        (bot) => bot.beginDialog('h'),
        (controller) => {
          conversation(controller, 'parent', (parent) => {
            parent.addChildDialog('x', 'k');
            parent.say('done');
          });
          controller.hears('start', 'message', async (bot) => {
            await bot.beginDialog('parent');
          });
        },
      ),
      steps: ['start', 'hm', 'answer'],
    });

    expect(lines).toEqual([
      'parent begins: user',
      'x begins: child',
      'x/a jumped',
      'h begins: child',
      'h/default.0 completed',
      'h ends: completed',
      'x/a advanced, after 5 s, accepted',
      'x/default.2 completed',
      'x ends: completed',
      'parent/k advanced',
      'parent/default.2 completed',
      'parent ends: completed',
    ]);
  });

  it('of an answer in parts counts what it brought, and goes on waiting', async () => {
    const collecting =
      (interrupt: (bot: BotWorker) => Promise<unknown>) => (controller: Botkit) => {
        conversation(controller, 'x', (x) => {
          x.ask('collect', options({ default: true, action: 'wait' }), 'parts');
        });
        conversation(controller, 'asking', (asking) => asking.ask('hq', ignore, 'hk'));
        controller.interrupts('hm', 'message', async (bot) => {
          await interrupt(bot);
        });
        startOnGo(controller, 'x');
      };

    const asked = await tell({
      build: collecting((bot) => bot.beginDialog('asking')),
      steps: ['go', 'one', 'hm', 'answer', silence()],
    });
    const returned = await tell({
      build: collecting((bot) => bot.say('what?')),
      steps: ['go', 'one', silence(), 'hm', silence()],
    });

    expect(asked).toEqual([
      'x begins: user',
      'x/parts jumped',
      'asking begins: child',
      'asking/hk completed, after 5 s, accepted',
      'asking ends: completed',
      'x/parts stalled',
      'x/parts dropped',
      'x ends: dropped',
    ]);
    expect(returned).toEqual([
      'x begins: user',
      'x/parts stalled',
      'x/parts dropped',
      'x ends: dropped',
      'x/parts returned',
      'x begins: return',
      'x/parts stalled',
      'x/parts dropped',
      'x ends: dropped',
    ]);
  });

  const silentAgain: readonly Step[] = ['go', silence(), 'hm', silence(), 'answer'];

  it('by somebody who returns waits for the answer once more', async () => {
    const lines = await tell({ build: build((bot) => bot.say('what?')), steps: silentAgain });

    expect(lines).toEqual([
      'x begins: user',
      'x/a stalled',
      'x/a dropped',
      'x ends: dropped',
      'x/a returned',
      'x begins: return',
      'x/a stalled',
      'x/a dropped',
      'x ends: dropped',
      'x/a returned',
      'x begins: return',
      'x/default.2 completed',
      'x ends: completed',
    ]);
  });
});
