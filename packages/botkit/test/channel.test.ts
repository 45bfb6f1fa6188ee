import {
  type ChannelSignal,
  type DeliverySignal,
  MESSAGE_TAG,
  RECEIPT,
  type Receipt,
} from '@turnspan/core';
import type { Botkit } from 'botkit';
import { conversation, ignore, startOnGo } from './support/bots';
import { playTracked, type Scene, type Step, silence } from './support/run';
import { play } from './support/scene';
import { ScriptedAdapter } from './support/scripted-adapter';
import { story } from './support/story';

const build = (controller: Botkit) => {
  conversation(controller, 'x', (x) => {
    x.say('Hi');
    x.ask('q1', ignore, 'a');
    x.say('Bye');
  });
  startOnGo(controller, 'x');
};

/** An adapter that can tell what became of its messages, as the one for WhatsApp does. */
class SignallingAdapter extends ScriptedAdapter {
  readonly tags: unknown[] = [];
  #listener: (signal: ChannelSignal) => void = () => {};

  subscribe(listener: (signal: ChannelSignal) => void): () => void {
    this.#listener = listener;
    return () => {};
  }

  override async sendActivities(...sent: Parameters<ScriptedAdapter['sendActivities']>) {
    for (const activity of sent[1]) {
      this.tags.push((activity as { [MESSAGE_TAG]?: unknown })[MESSAGE_TAG]);
    }
    return super.sendActivities(...sent);
  }

  tell(signal: Partial<DeliverySignal>): void {
    const at = Date.UTC(2026, 0, 5, 9, 1);
    this.#listener({
      kind: 'delivery',
      channel: 'web',
      line: 'l',
      at,
      status: 'failed',
      ...signal,
    });
  }
}

/** The channel says what became of the message sent last. */
function signal(status: DeliverySignal['status']): Step {
  return ({ stage }) => {
    const { adapter } = stage;
    if (adapter instanceof SignallingAdapter)
      adapter.tell({ status, tag: String(adapter.tags.at(-1)) });
  };
}

const createAdapter: Scene['createAdapter'] = (time, transcript) =>
  new SignallingAdapter(time, transcript);

describe('a channel that tells what became of its messages', () => {
  it('is told with each message which node sent it, where nobody else sees it', async () => {
    const { transcript, stage } = await playTracked({
      build,
      steps: ['go', 'answer'],
      createAdapter,
    });

    const { tags } = stage.adapter as SignallingAdapter;
    expect(tags.map((tag) => JSON.parse(String(tag)).slice(1, 3))).toEqual([
      ['x', 'default.0'],
      ['x', 'a'],
      ['x', 'default.3'],
    ]);
    expect(transcript.join()).not.toContain('ts1');
  });

  it('may be told by the bot itself, where it sends through code of its own', async () => {
    const own: unknown[] = [];
    const build = (controller: Botkit) => {
      conversation(controller, 'x', (x) => {
        x.ask(
          'q1',
          async (_answer, _convo, bot) => {
            const { turnspan } = controller.plugins as {
              turnspan?: { messageTag(bot: unknown): string };
            };
            own.push(turnspan?.messageTag(bot));
          },
          'a',
        );
      });
      startOnGo(controller, 'x');
    };

    await playTracked({ build, steps: ['go', 'answer'], createAdapter });

    expect(JSON.parse(String(own.at(-1))).slice(0, 3)).toEqual(['ts1', 'x', 'a']);
  });

  it('settles a question that did not arrive', async () => {
    const { events } = await playTracked({
      build,
      steps: ['go', signal('sent'), signal('failed'), 'answer', silence()],
      createAdapter,
    });

    expect(story(events)).toEqual([
      'x begins: user',
      'x/default.0 advanced',
      'x/a undelivered',
      'x ends: undelivered',
      'x begins: return',
      'x/default.3 completed',
      'x ends: completed',
    ]);
    expect(events.filter(({ kind }) => kind === 'delivery')).toMatchObject([
      { flow: 'x', node: 'a', signal: { status: 'sent' } },
      { flow: 'x', node: 'a', signal: { status: 'failed' } },
    ]);
  });

  it('may know better when a message came', async () => {
    const { events } = await play({
      build: (controller) => {
        build(controller);
        controller.adapter.use(
          async (context: { turnState: Map<unknown, unknown> }, next: () => Promise<void>) => {
            const receipt: Receipt = { receivedAt: 9_000, receivedTick: 0, sentAt: 7_000 };
            context.turnState.set(RECEIPT, receipt);
            await next();
          },
        );
      },
      steps: ['go'],
    });

    expect(events.find(({ kind }) => kind === 'inbound_received')).toMatchObject({
      at: 9_000,
      delaySeconds: 2,
    });
  });
});

it.each([
  ['an activity of type handoff', { type: 'handoff' }],
  ['the event handoff.initiate', { type: 'event', name: 'handoff.initiate' }],
])('%s is a hand-off', async (_, activity) => {
  const { events } = await play({
    build: (controller) => {
      build(controller);
      controller.interrupts('person', 'message', async (bot) => {
        await bot.getConfig('context').sendActivity(activity);
      });
    },
    steps: ['go', 'person', silence()],
  });

  expect(story(events)).toEqual([
    'x begins: user',
    'x/default.0 advanced',
    'x/a handed_off',
    'x ends: handed_off',
  ]);
});
