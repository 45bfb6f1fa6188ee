import type { TrackerEvent } from '@turnspan/core';
import { MemoryStorage } from 'botbuilder-core';
import type { BotWorker } from 'botkit';
import { type TurnspanOptions, turnspan } from '../src';
import { ANNA, endAfterEach, startBot } from './support/bot';

const endAfterTest = endAfterEach();
const DAY = 24 * 60 * 60 * 1000;

/** A running bot with the plugin, and all that the plugin's observers hear. */
async function startTracked(options: TurnspanOptions = {}, storage?: MemoryStorage) {
  const bot = await startBot(storage);
  const told: TrackerEvent[] = [];
  const observers = [(event: TrackerEvent) => void told.push(event)];
  const plugin = turnspan({ metrics: { port: 0 }, observers, ...options });
  bot.controller.usePlugin(plugin);
  endAfterTest(() => plugin.shutdown());
  return { ...bot, plugin, told };
}

describe('a bot with turnspan()', () => {
  it('answers as before, with no option at all', async () => {
    process.env.TURNSPAN_METRICS_PORT = '0';
    const { controller, says, answers, graph } = await startBot();
    const plugin = turnspan();
    controller.usePlugin(plugin);
    endAfterTest(() => plugin.shutdown());
    delete process.env.TURNSPAN_METRICS_PORT;

    await says('order');
    await says('large');
    await says('1 Main Street');

    const metrics = await plugin.metrics();
    expect(answers()).toEqual(['Which size?', 'Which street?', 'Thanks.']);
    expect(metrics).toContain('conversation_node_entries_total{flow="order",node="thanks"} 1\n');
    expect(metrics).toContain('\nturnspan_contained_errors_total 0\n');
    expect(graph.sent.map(({ tag }) => typeof tag)).toEqual(['string', 'string', 'string']);
  });

  it('shows its conversation tree', async () => {
    const { plugin, controller } = await startTracked();

    const { flows } = plugin.graph();

    expect(flows).toEqual([
      {
        id: 'order',
        version: expect.any(String),
        nodes: [
          { id: 'size', kind: 'question' },
          { id: 'street', kind: 'question' },
          { id: 'thanks', kind: 'message' },
        ],
        edges: expect.arrayContaining([expect.objectContaining({ from: 'size', to: 'street' })]),
      },
    ]);
    expect(controller.plugins.turnspan.graph()).toEqual({ flows });
  });

  it('can hand a person over', async () => {
    const { plugin, controller, says } = await startTracked();
    controller.interrupts('person', 'message', async (bot: BotWorker) =>
      plugin.handOff(bot as never),
    );

    await says('order');
    await says('person');

    const metrics = await plugin.metrics();
    expect(metrics).toMatch(
      /conversation_journeys_ended_total\{flow="order",.*outcome="handed_off"\} 1\n/,
    );
    expect(metrics).toContain('conversation_waiting{flow="order",node="size"} 0\n');
  });

  it('drops who is silent for too long when it is swept', async () => {
    let now = Date.now();
    const { plugin, says, told } = await startTracked({ now: () => now });
    await says('order');

    const early = await plugin.sweep();
    now += DAY;
    const swept = await plugin.sweep();

    const settled = told.filter((event) => event.kind === 'visit_settled');
    expect([early, swept]).toEqual([0, 2]);
    expect(settled.map(({ outcome }) => outcome)).toEqual(['dropped']);
  });

  it('forgets who waits when it is started anew, but not where they stand', async () => {
    let now = Date.now();
    const storage = new MemoryStorage();
    const before = await startTracked({ now: () => now }, storage);
    await before.says('order');
    await before.plugin.shutdown();

    const { plugin, says, answers, told } = await startTracked({ now: () => now }, storage);
    now += 2 * DAY;
    const swept = await plugin.sweep();
    now -= 2 * DAY;
    await says('large');

    expect(swept).toBe(0);
    expect(answers()).toEqual(['Which street?']);
    expect(
      told.flatMap((event) => (event.kind === 'visit_settled' ? [event.outcome] : [])),
    ).toEqual(['advanced']);
  });

  it.each([
    [{}, 10_000],
    [{ sweepIntervalMs: 500 }, 500],
  ])('sweeps by a timer from its use to its shutdown: %j', async (options, intervalMs) => {
    const start = jest.spyOn(globalThis, 'setInterval');
    const stop = jest.spyOn(globalThis, 'clearInterval');

    const { plugin } = await startTracked(options);
    const timers = start.mock.results.map(({ value }) => value as NodeJS.Timeout);
    const intervals = start.mock.calls.map(([, ms]) => ms);
    await plugin.shutdown();

    expect(intervals).toEqual([intervalMs]);
    expect(timers.map((timer) => timer.hasRef())).toEqual([false]);
    expect(stop.mock.calls).toContainEqual([timers[0]]);
    jest.restoreAllMocks();
  });

  it.each<[string, TurnspanOptions, string | undefined, boolean]>([
    ['of the option', { privacy: { key: 'same' } }, undefined, true],
    ['of the environment', {}, 'same', true],
    ['that is random', {}, undefined, false],
    ['that is random if the variable is set to nothing', {}, '', false],
  ])('names people by hashes under a key %s', async (...[, options, variable, isSame]) => {
    const hashes: string[] = [];
    if (variable !== undefined) process.env.TURNSPAN_KEY = variable;
    for (const _ of [1, 2]) {
      const { says, told } = await startTracked(options);
      await says('order');
      const [turn] = told.flatMap((event) => (event.kind === 'turn_started' ? [event.turn] : []));
      hashes.push(turn?.user.key ?? '');
    }
    delete process.env.TURNSPAN_KEY;

    expect(new Set(hashes).size).toBe(isSame ? 1 : 2);
    expect(hashes.join()).not.toContain(ANNA.phone);
  });
});
