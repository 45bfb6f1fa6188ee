import { OpenFeature } from '@openfeature/server-sdk';
import type { TrackerEvent } from '@turnspan/core';
import { BotkitConversation } from 'botkit';
import { type TurnspanOptions, turnspan } from '../src';
import { endAfterEach, startBot } from './support/bot';

const endAfterTest = endAfterEach();
/** Whoever writes gets the last variant, as good as always. */
const SPLIT = { variants: ['one', 'split'], weights: [1, 1e12], flow: 'pizza' };
const NEVER = { ...SPLIT, weights: [1e12, 1] };

/** A bot whose conversation asks for a variant. */
async function startTrying(
  options: TurnspanOptions,
  ask: (plugin: ReturnType<typeof turnspan>) => Promise<unknown>,
) {
  const bot = await startBot();
  const shown: string[] = [];
  const observe = (event: TrackerEvent) => {
    if (event.kind === 'variant_shown') shown.push(`${event.shown.variant} ${event.shown.reason}`);
  };
  const plugin = turnspan({ metrics: { port: 0 }, observers: [observe], ...options });
  bot.controller.usePlugin(plugin);
  endAfterTest(() => plugin.shutdown());
  const answers: unknown[] = [];
  const pizza = new BotkitConversation('pizza', bot.controller);
  pizza.ask('Which size?', [], 'size');
  pizza.before('default', async () => void answers.push(await ask(plugin)));
  bot.controller.addDialog(pizza);
  bot.controller.hears('pizza', 'message', (worker) => worker.beginDialog('pizza'));
  return { ...bot, plugin, shown, answers };
}

describe("OpenFeature's SDK", () => {
  afterEach(() => OpenFeature.clearProviders());

  it('gets our variants, and exposes whoever writes', async () => {
    const asking = () =>
      OpenFeature.getClient().getStringDetails('ask-size', 'one', { targetingKey: 'x' });
    const declare = { experiments: { declare: { 'ask-size': SPLIT } } };
    const { plugin, says, answers, shown } = await startTrying(declare, asking);
    await OpenFeature.setProviderAndWait(plugin.experiments.provider());

    await says('pizza');
    const elsewhere = await asking();

    const details = { value: 'split', variant: 'split', reason: 'SPLIT' };
    expect(answers).toEqual([expect.objectContaining(details)]);
    expect(elsewhere).toMatchObject(details);
    expect(shown).toEqual(['split hash']);
  });

  it('gets the fallback for a flag that is no experiment', async () => {
    const { plugin } = await startTrying({}, async () => undefined);
    await OpenFeature.setProviderAndWait(plugin.experiments.provider());

    const client = OpenFeature.getClient();
    const details = await client.getStringDetails('weather', 'sunny', { targetingKey: 'x' });

    expect(details).toMatchObject({ value: 'sunny', reason: 'ERROR', errorCode: 'FLAG_NOT_FOUND' });
  });

  it('says who gets which variant, where its client is given to a bot', async () => {
    const declare = { experiments: { declare: { 'ask-size': SPLIT } } };
    const { plugin: flags } = await startTrying(declare, async () => undefined);
    await OpenFeature.setProviderAndWait(flags.experiments.provider());
    const asking = (plugin: ReturnType<typeof turnspan>) => plugin.experiment('ask-size', NEVER);
    const options = { experiments: { flags: OpenFeature.getClient() } };
    const { says, answers, shown } = await startTrying(options, asking);

    await says('pizza');

    expect(answers).toEqual(['split']);
    expect(shown).toEqual(['split flag']);
  });

  it('without a provider leaves everybody the control, whom nobody counts', async () => {
    const asking = (plugin: ReturnType<typeof turnspan>) => plugin.experiment('ask-size', SPLIT);
    const options = { experiments: { flags: OpenFeature.getClient() } };
    const { says, answers, shown } = await startTrying(options, asking);

    await says('pizza');

    expect(answers).toEqual(['one']);
    expect(shown).toEqual(['one unresolved']);
  });
});
