import { RECEIPT, type Receipt } from '@turnspan/core';
import type { Activity } from 'botbuilder-core';
import type { Botkit } from 'botkit';
import { conversation, ignore, startOnGo } from './support/bots';
import { playTracked, type Rehearsal, type Step } from './support/run';
import { story } from './support/story';

const KEPT: Receipt = { receivedAt: 0, receivedTick: 0, kept: true };
const AGAIN: Receipt = { ...KEPT, again: true };

/** An order of two questions, on a channel that keeps what comes until its turn is done. */
function build(controller: Botkit): void {
  controller.adapter.use(
    async (
      context: { activity: Activity; turnState: Map<unknown, unknown> },
      next: () => unknown,
    ) => {
      const { receipt } = context.activity.channelData ?? {};
      if (receipt) context.turnState.set(RECEIPT, receipt);
      await next();
    },
  );
  conversation(controller, 'order', (order) => {
    order.ask('Which size?', ignore, 'size');
    order.ask('Which street?', ignore, 'street');
  });
  startOnGo(controller, 'order');
}

const comes =
  (text: string, id: string, receipt?: Receipt): Step =>
  (run) =>
    run.receive({ text, id, channelData: { receipt } });
const restarts: Step = (run: Rehearsal) => run.restart();

function questionsOf(transcript: readonly string[]): string[] {
  return transcript.flatMap((line) => /"text":"(Which \w+\?)"/.exec(line)?.[1] ?? []);
}

describe('a message that comes again', () => {
  it('is not given to a bot that has saved what it made of it', async () => {
    const { transcript, events } = await playTracked({
      build,
      steps: [comes('go', '1', KEPT), comes('big', '2', KEPT), restarts, comes('big', '2', AGAIN)],
    });

    expect(questionsOf(transcript)).toEqual(['Which size?', 'Which street?']);
    expect(story(events)).toEqual([
      'order begins: user',
      'order/size advanced, after 5 s, accepted',
      'order/street is open',
    ]);
  });

  it('is given to a bot that has not', async () => {
    const { transcript } = await playTracked({
      build,
      steps: [comes('go', '1', KEPT), restarts, comes('big', '2', AGAIN)],
    });

    expect(questionsOf(transcript)).toEqual(['Which size?', 'Which street?']);
  });

  it('is remembered with the last eight of its conversation', async () => {
    const others = Array.from({ length: 8 }, (_, index) => comes('big', `${index}`, KEPT));

    const { state } = await playTracked({
      build,
      steps: [comes('go', 'first', KEPT), ...others],
    });

    const [[, stored]] = JSON.parse(state);
    expect(stored.turnspan).toHaveLength(8);
  });

  it('leaves no trace in the state where nothing keeps it', async () => {
    const { state } = await playTracked({ build, steps: ['go', 'big'] });

    expect(state).not.toContain('turnspan');
  });
});
