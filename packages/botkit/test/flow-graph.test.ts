import { Tracker } from '@turnspan/core';
import { MemoryStorage } from 'botbuilder-core';
import { ComponentDialog, WaterfallDialog } from 'botbuilder-dialogs';
import { Botkit } from 'botkit';
import { createBotkitPlugin } from '../src';
import { conversation, ignore, options, startOnGo } from './support/bots';
import { playTracked } from './support/run';
import { ScriptedAdapter } from './support/scripted-adapter';
import { VirtualTime } from './support/virtual-time';

function readGraph(build: (controller: Botkit) => void) {
  const controller = new Botkit({
    adapter: new ScriptedAdapter(new VirtualTime(), []),
    storage: new MemoryStorage(),
    disable_webserver: true,
    disable_console: true,
  });
  build(controller);
  const plugin = createBotkitPlugin({ tracker: new Tracker() });
  controller.usePlugin(plugin);
  return plugin.graph().flows;
}

/** Nodes and edges as one reads them aloud. */
function describeFlow(flow: ReturnType<typeof readGraph>[number] | undefined) {
  return {
    nodes: flow?.nodes.map(({ id, kind }) => `${id} ${kind}`),
    edges: flow?.edges.map(({ from, to }) => `${from} > ${to}`),
  };
}

const shop =
  (question = 'Which size?') =>
  (controller: Botkit) => {
    conversation(controller, 'shop', (x) => {
      x.say('Welcome');
      x.ask(
        question,
        options(
          { pattern: 'small', action: 'next' },
          { pattern: /large/i, action: 'extras' },
          { pattern: 'stop', action: 'stop' },
          { pattern: 'other', action: 'execute_script', execute: { script: 'other' } },
          { pattern: 'wait', action: 'wait' },
          { default: true, action: 'repeat' },
        ),
        'size',
      );
      x.addChildDialog('address', 'address');
      x.ask('Anything else?', options({ pattern: 'no', handler: ignore }), 'more');
      x.ask('Anything else?', ignore, 'more');
      x.ask('No key', ignore, {} as never);
      x.addAction('complete');
      x.addMessage({ id: 'menu', text: ['Extras'] } as never, 'extras');
      x.addQuestion('Extras?', ignore, 'extra', 'extras');
      x.addAction('repeat', 'extras');
      x.addMessage({ text: ['Bye'], action: 'default' } as never, 'end');
      x.addGotoDialog('other');
    });
  };

describe('the graph of a conversation', () => {
  it('has a node per line and an edge per declared move', () => {
    const [flow] = readGraph(shop());

    expect(describeFlow(flow)).toEqual({
      nodes: [
        'default.0 message',
        'size question',
        'address dialog',
        'more@default.5 question',
        'more@default.7 question',
        'default.9 question',
        'default.11 action',
        'default.12 action',
        'menu message',
        'extra question',
        'extras.3 action',
        'end.0 message',
      ],
      edges: [
        'default.0 > size',
        'size > address',
        'size > menu',
        'size > size',
        'address > more@default.5',
        'more@default.5 > more@default.7',
        'more@default.7 > default.9',
        'default.9 > default.11',
        'menu > extra',
        'extra > extras.3',
        'extras.3 > extras.3',
        'end.0 > default.0',
      ],
    });
  });

  it('tells lines with the same id apart', () => {
    const [flow] = readGraph((controller) => {
      conversation(controller, 'x', (x) => {
        x.say({ id: 'hi', text: ['Hi'] } as never);
        x.say({ id: 'hi', text: ['Hi again'] } as never);
        x.ask({ id: 'hi', text: ['Who?'] } as never, ignore, 'name');
        x.ask('Really?', ignore, 'name');
      });
    });

    expect(describeFlow(flow).nodes).toEqual([
      'hi@default.0 message',
      'hi@default.1 message',
      'hi@default.2 question',
      'name question',
    ]);
  });

  it('is another version when a text changes, and the same one when nothing does', () => {
    const versions = [shop(), shop(), shop('What size?')].map(
      (build) => readGraph(build)[0]?.version,
    );

    expect(versions[0]).toMatch(/^[0-9a-f]{8}$/);
    expect(versions[1]).toBe(versions[0]);
    expect(versions[2]).not.toBe(versions[0]);
  });

  it('is another version when a function takes the place of a text', () => {
    const withText = (text: unknown) => (controller: Botkit) => {
      conversation(controller, 'x', (x) => x.say({ text } as never));
    };

    const [fixed, made] = [withText('hi'), withText(async () => 'hi')].map(
      (build) => readGraph(build)[0]?.version,
    );

    expect(made).not.toBe(fixed);
  });

  it('learns edges that no script declares', async () => {
    const { stage } = await playTracked({
      build: (controller) => {
        conversation(controller, 'x', (x) => {
          x.ask('q', async (_, convo) => convo.gotoThread('end'), 'k');
          x.say('never');
          x.addMessage('end', 'end');
        });
        startOnGo(controller, 'x');
      },
      steps: ['go', 'one'],
    });

    expect(stage.plugin?.graph().flows[0]?.edges).toEqual([
      { from: 'k', to: 'default.2', declared: true, observed: false },
      { from: 'k', to: 'end.0', declared: false, observed: true },
    ]);
  });

  it('is told again when a script grows', async () => {
    const { events } = await playTracked({
      build: (controller) => {
        const x = conversation(controller, 'x', (convo) => convo.say('one'));
        startOnGo(controller, 'x');
        controller.hears('grow', 'message', async () => {
          x.say('two');
        });
      },
      steps: ['go', 'grow', 'go'],
    });

    const declared = events.flatMap((event) =>
      event.kind === 'flow_declared' ? [event.nodes.map(({ id }) => id)] : [],
    );
    expect(declared).toEqual([['default.0'], ['default.0', 'default.1']]);
  });
});

describe('the graph of a waterfall', () => {
  it('names steps by their functions, else by their position', () => {
    const flows = readGraph((controller) => {
      controller.addDialog(
        new WaterfallDialog('w', [
          async function greet(step) {
            return step.next();
          },
          async (step) => step.next(),
          async function part(step) {
            return step.endDialog();
          },
        ]),
      );
    });

    expect(flows.map(({ id }) => id)).toEqual(['w']);
    expect(describeFlow(flows[0])).toEqual({
      nodes: ['greet action', 'step.1 action', 'part action'],
      edges: ['greet > step.1', 'step.1 > part'],
    });
  });

  it('tells steps with the same name apart', () => {
    async function next(step: { next(): Promise<never> }) {
      return step.next();
    }

    const [flow] = readGraph((controller) => {
      controller.addDialog(new WaterfallDialog('w', [next, next] as never));
    });

    expect(describeFlow(flow).nodes).toEqual(['next@0 action', 'next@1 action']);
  });

  it('is found inside of components', () => {
    const flows = readGraph((controller) => {
      controller.addDialog(
        new (class extends ComponentDialog {
          constructor() {
            super('box');
            this.addDialog(new WaterfallDialog('inner', [async (step) => step.endDialog()]));
          }
        })(),
      );
    });

    expect(flows.map(({ id }) => id)).toEqual(['inner']);
  });
});
