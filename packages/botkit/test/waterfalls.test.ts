import {
  ChoicePrompt,
  ComponentDialog,
  Dialog,
  TextPrompt,
  WaterfallDialog,
  type WaterfallStepContext,
} from 'botbuilder-dialogs';
import type { Botkit } from 'botkit';
import { conversation, ignore, startOnGo } from './support/bots';
import { EVENT, MEDIA, silence } from './support/run';
import { play, tell } from './support/scene';
import { story, transitions } from './support/story';

async function askName(step: WaterfallStepContext) {
  return step.prompt('name', { prompt: 'Name?', retryPrompt: 'At least 3 letters!' });
}

async function askSize(step: WaterfallStepContext) {
  return step.prompt('size', { prompt: 'Size?', retryPrompt: 'S or L!', choices: ['S', 'L'] });
}

const longEnough = async ({ recognized }: { recognized: { value?: string } }) =>
  (recognized.value?.length ?? 0) >= 3;

function buildProfile(controller: Botkit): void {
  controller.dialogSet.add(new TextPrompt('name', longEnough));
  controller.dialogSet.add(new ChoicePrompt('size'));
  controller.addDialog(
    new WaterfallDialog('profile', [
      askName,
      askSize,
      async (step) => {
        await step.context.sendActivity('Thanks');
        return step.endDialog({ done: true });
      },
    ]),
  );
  startOnGo(controller, 'profile');
}

describe('a waterfall', () => {
  it('has a visit per step, and a question where it prompts', async () => {
    const { events } = await play({ build: buildProfile, steps: ['go', 'Ada', 'S'] });

    expect(story(events)).toEqual([
      'profile begins: user',
      'profile/askName advanced, after 5 s, accepted',
      'profile/askSize advanced, after 5 s, accepted',
      'profile/step.2 completed',
      'profile ends: completed',
    ]);
    expect(transitions(events)).toEqual([
      'profile: askName > askSize',
      'profile: askSize > step.2',
    ]);
  });

  it('repeats a question whose answer the prompt refuses', async () => {
    const lines = await tell({
      build: buildProfile,
      steps: ['go', 'ab', 'Ada', 'XXL', MEDIA, 'L'],
    });

    expect(lines).toEqual([
      'profile begins: user',
      'profile/askName confused: no_match',
      'profile/askName repeated, after 5 s, unmatched',
      'profile/askName advanced, after 5 s, accepted',
      'profile/askSize confused: no_match',
      'profile/askSize repeated, after 5 s, unmatched',
      'profile/askSize confused: media',
      'profile/askSize confused: no_match',
      'profile/askSize repeated, after 5 s, unmatched, media',
      'profile/askSize looped: 1',
      'profile/askSize advanced, after 5 s, accepted',
      'profile/step.2 completed',
      'profile ends: completed',
    ]);
  });

  it('takes no event for an answer, as Botkit conversations do', async () => {
    const lines = await tell({ build: buildProfile, steps: ['go', EVENT, 'Ada', silence()] });

    expect(lines).toEqual([
      'profile begins: user',
      'profile/askName advanced, after 10 s, accepted',
      'profile/askSize stalled',
      'profile/askSize dropped',
      'profile ends: dropped',
    ]);
  });

  it('fails with its validators', async () => {
    const lines = await tell({
      build: (controller) => {
        controller.dialogSet.add(
          new TextPrompt('name', async () => {
            throw new RangeError('no');
          }),
        );
        controller.addDialog(new WaterfallDialog('profile', [askName]));
        startOnGo(controller, 'profile');
      },
      steps: ['go', 'Ada', 'Ada'],
    });

    expect(lines).toEqual([
      'profile begins: user',
      'profile/askName failed, after 5 s, accepted',
      'profile ends: failed',
      'turn fails: RangeError',
      'profile begins: return',
      'profile ends: failed',
      'turn fails: RangeError',
    ]);
  });

  it('fails with its steps', async () => {
    const lines = await tell({
      build: (controller) => {
        controller.addDialog(
          new WaterfallDialog('profile', [
            async function explode() {
              throw new RangeError('no');
            },
          ]),
        );
        startOnGo(controller, 'profile');
      },
      steps: ['go'],
    });

    expect(lines).toEqual([
      'profile begins: user',
      'profile/explode failed',
      'profile ends: failed',
      'turn fails: RangeError',
    ]);
  });

  it('whose question is refused by the channel has not asked', async () => {
    const lines = await tell({
      build: buildProfile,
      steps: ['go'],
      channel: { refuse: () => new Error('131047') },
    });

    expect(lines).toEqual([
      'profile begins: user',
      'profile/askName undelivered',
      'profile ends: undelivered',
      'turn fails: Error',
    ]);
  });

  it('that waits without a prompt has asked, too', async () => {
    const build = (controller: Botkit) => {
      controller.addDialog(
        new WaterfallDialog('profile', [
          async function ask(step) {
            await step.context.sendActivity('Name?');
            return Dialog.EndOfTurn;
          },
          async function thank(step) {
            await step.context.sendActivity('Thanks');
            return step.endDialog();
          },
        ]),
      );
      startOnGo(controller, 'profile');
    };
    const answered = await tell({ build, steps: ['go', EVENT, 'Ada'] });
    const silent = await tell({ build, steps: ['go', silence(), 'Ada'] });

    expect(answered).toEqual([
      'profile begins: user',
      'profile/ask advanced, after 10 s, accepted',
      'profile/thank completed',
      'profile ends: completed',
    ]);
    expect(silent).toEqual([
      'profile begins: user',
      'profile/ask stalled',
      'profile/ask dropped',
      'profile ends: dropped',
      'profile/ask returned',
      'profile begins: return',
      'profile/thank completed',
      'profile ends: completed',
    ]);
  });

  it('that is interrupted asks again', async () => {
    const lines = await tell({
      build: (controller) => {
        buildProfile(controller);
        conversation(controller, 'h', (h) => h.say('help!'));
        controller.interrupts('hm', 'message', async (bot) => {
          await bot.beginDialog('h');
        });
      },
      steps: ['go', 'hm', 'Ada'],
    });

    expect(lines).toEqual([
      'profile begins: user',
      'profile/askName jumped',
      'h begins: child',
      'h/default.0 completed',
      'h ends: completed',
      'profile/askName advanced, after 5 s, accepted',
      'profile/askSize is open',
    ]);
  });

  it('begun by a conversation is its child', async () => {
    const lines = await tell({
      build: (controller) => {
        buildProfile(controller);
        conversation(controller, 'x', (x) => {
          x.addChildDialog('profile', 'k');
          x.ask('ok?', ignore, 'ok');
        });
        controller.hears('start', 'message', async (bot) => {
          await bot.beginDialog('x');
        });
      },
      steps: ['start', 'Ada', 'L', 'yes'],
    });

    expect(lines).toEqual([
      'x begins: user',
      'profile begins: child',
      'profile/askName advanced, after 5 s, accepted',
      'profile/askSize advanced, after 5 s, accepted',
      'profile/step.2 completed',
      'profile ends: completed',
      'x/k advanced',
      'x/ok completed, after 5 s, accepted',
      'x ends: completed',
    ]);
  });
});

describe('a component dialog', () => {
  class Address extends ComponentDialog {
    constructor() {
      super('address');
      this.addDialog(
        new WaterfallDialog('street_and_city', [
          async function askStreet(step) {
            return step.prompt('text', 'Street?');
          },
          async function askCity(step) {
            return step.prompt('text', 'City?');
          },
          async (step) => step.endDialog('there'),
        ]),
      );
      this.addDialog(new TextPrompt('text'));
    }
  }

  function build(controller: Botkit): void {
    controller.addDialog(new Address());
    conversation(controller, 'h', (h) => h.say('help!'));
    controller.interrupts('hm', 'message', async (bot) => {
      await bot.beginDialog('h');
    });
    controller.interrupts('cancel', 'message', async (bot) => {
      await bot.cancelAllDialogs();
    });
    conversation(controller, 'x', (x) => {
      x.addChildDialog('address', 'k');
      x.say('bye');
    });
    startOnGo(controller, 'x');
  }

  it('is followed inside', async () => {
    const lines = await tell({ build, steps: ['go', 'Main St', 'Berlin'] });

    expect(lines).toEqual([
      'x begins: user',
      'street_and_city begins: child',
      'street_and_city/askStreet advanced, after 5 s, accepted',
      'street_and_city/askCity advanced, after 5 s, accepted',
      'street_and_city/step.2 completed',
      'street_and_city ends: completed',
      'x/k advanced',
      'x/default.2 completed',
      'x ends: completed',
    ]);
  });

  it('drops with all below it', async () => {
    const lines = await tell({ build, steps: ['go', silence(), 'Main St', 'Berlin'] });

    expect(lines).toEqual([
      'x begins: user',
      'street_and_city begins: child',
      'street_and_city/askStreet stalled',
      'street_and_city/askStreet dropped',
      'street_and_city ends: dropped',
      'x/k dropped',
      'x ends: dropped',
      'street_and_city/askStreet returned',
      'x begins: return',
      'street_and_city begins: return',
      'street_and_city/askCity advanced, after 5 s, accepted',
      'street_and_city/step.2 completed',
      'street_and_city ends: completed',
      'x/default.2 completed',
      'x ends: completed',
    ]);
  });

  it('asks again after an interrupt', async () => {
    const lines = await tell({ build, steps: ['go', 'hm', silence()] });

    expect(lines).toEqual([
      'x begins: user',
      'street_and_city begins: child',
      'street_and_city/askStreet jumped',
      'h begins: child',
      'h/default.0 completed',
      'h ends: completed',
      'street_and_city/askStreet stalled',
      'street_and_city/askStreet dropped',
      'street_and_city ends: dropped',
      'x/k dropped',
      'x ends: dropped',
    ]);
  });

  it('is stopped with all it holds', async () => {
    const lines = await tell({ build, steps: ['go', 'cancel'] });

    expect(lines).toEqual([
      'x begins: user',
      'street_and_city begins: child',
      'street_and_city/askStreet stopped',
      'street_and_city ends: stopped',
      'x/k stopped',
      'x ends: stopped',
    ]);
  });
});
