import { Tracker } from '@turnspan/core';
import { MemoryStorage } from 'botbuilder-core';
import { ComponentDialog, TextPrompt, WaterfallDialog } from 'botbuilder-dialogs';
import { Botkit } from 'botkit';
import { createBotkitPlugin } from '../src';
import { conversation, ignore, startOnGo } from './support/bots';
import { pause, playTracked, silence } from './support/run';
import { ScriptedAdapter } from './support/scripted-adapter';
import { story } from './support/story';
import { VirtualTime } from './support/virtual-time';

function createBot(adapter = new ScriptedAdapter(new VirtualTime(), [])): Botkit {
  const controller = new Botkit({
    adapter,
    storage: new MemoryStorage(),
    disable_webserver: true,
    disable_console: true,
  });
  conversation(controller, 'x', (x) => {
    x.ask('q1', ignore, 'a');
    x.ask('q2', ignore, 'b');
  });
  controller.dialogSet.add(new TextPrompt('text'));
  controller.addDialog(new WaterfallDialog('steps', [async (step) => step.endDialog()]));
  controller.addDialog(
    new (class extends ComponentDialog {
      constructor() {
        super('box');
        this.addDialog(new WaterfallDialog('inner', []));
      }
    })(),
  );
  startOnGo(controller, 'x');
  return controller;
}

/** Own properties of all that the plugin touches, with who they belong to. */
function ownProperties(controller: Botkit): ReadonlyMap<string, PropertyDescriptor> {
  const box = controller.dialogSet.find('box') as unknown as {
    dialogs: typeof controller.dialogSet;
  };
  const sets = [controller.dialogSet, box.dialogs];
  const objects = [controller, ...sets, ...sets.flatMap((set) => set.getDialogs())];
  const entries = objects.flatMap((object, index) =>
    Object.entries(Object.getOwnPropertyDescriptors(object)).map(
      ([name, descriptor]) => [`${index}.${name}`, descriptor] as const,
    ),
  );
  return new Map(entries.filter(([name]) => !name.endsWith('.plugin_list')));
}

describe('uninstrument', () => {
  it('puts every object back as it was', () => {
    const controller = createBot();
    const own = async () => undefined;
    Object.defineProperty(controller.dialogSet.find('x'), 'endDialog', {
      value: own,
      enumerable: false,
      configurable: true,
      writable: false,
    });
    const before = ownProperties(controller);
    const plugin = createBotkitPlugin({ tracker: new Tracker() });
    controller.usePlugin(plugin);
    expect(ownProperties(controller)).not.toEqual(before);

    plugin.uninstrument();

    const after = ownProperties(controller);
    expect([...after.keys()]).toEqual([...before.keys()]);
    expect(after).toEqual(before);
  });

  it('leaves alone what somebody has put on top since', async () => {
    const controller = createBot();
    const plugin = createBotkitPlugin({ tracker: new Tracker() });
    controller.usePlugin(plugin);
    const ours = controller.handleTurn;
    const theirs = async (context: never) => ours(context);
    controller.handleTurn = theirs;

    plugin.uninstrument();

    expect(controller.handleTurn).toBe(theirs);
  });

  it('tracks nothing afterwards, and a second time everything', async () => {
    const { events, transcript } = await playTracked({
      build: (controller) => {
        conversation(controller, 'x', (x) => {
          x.ask('q1', ignore, 'a');
          x.ask('q2', ignore, 'b');
        });
        startOnGo(controller, 'x');
      },
      steps: [
        ({ stage }) => stage.plugin?.uninstrument(),
        'go',
        'one',
        'two',
        ({ stage, transcript }) => {
          conversation(stage.controller, 'late', (late) => late.say('late'));
          transcript.push('instrumented again');
          stage.plugin?.init(stage.controller);
        },
        'go',
        'one',
      ],
    });

    expect(transcript.filter((line) => line === 'settled')).toHaveLength(5);
    expect(story(events)).toEqual([
      'x begins: user',
      'x/a advanced, after 5 s, accepted',
      'x/b is open',
    ]);
  });

  it('while a turn is under way lets it end', async () => {
    const { events } = await playTracked({
      build: (controller) => {
        conversation(controller, 'x', (x) => x.ask('q1', ignore, 'a'));
        startOnGo(controller, 'x');
      },
      steps: [
        'go',
        async (run) => {
          const turn = run.receive({ text: 'answer' });
          run.stage.plugin?.uninstrument();
          await turn;
        },
        pause(1),
      ],
      channel: { slowness: 3 },
    });

    expect(events.at(-1)?.kind).not.toBe('error_contained');
  });

  it('stops listening to the channel', () => {
    const listeners = new Set<unknown>();
    const adapter = Object.assign(new ScriptedAdapter(new VirtualTime(), []), {
      subscribe: (listener: unknown) => {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
    });
    const controller = createBot(adapter);
    const plugin = createBotkitPlugin({ tracker: new Tracker() });

    controller.usePlugin(plugin);
    const listening = listeners.size;
    plugin.uninstrument();

    expect([listening, listeners.size]).toEqual([1, 0]);
  });

  it('lets drops of those who wait be noticed still', async () => {
    const { events } = await playTracked({
      build: (controller) => {
        conversation(controller, 'x', (x) => x.ask('q1', ignore, 'a'));
        startOnGo(controller, 'x');
      },
      steps: ['go', ({ stage }) => stage.plugin?.uninstrument(), silence()],
    });

    expect(story(events)).toEqual([
      'x begins: user',
      'x/a stalled',
      'x/a dropped',
      'x ends: dropped',
    ]);
  });
});
