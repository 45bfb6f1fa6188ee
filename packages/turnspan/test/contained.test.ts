import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { rename } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Gauge, Registry } from 'prom-client';
import { waitFor } from '../../../test/support/servers/process';
import { type TurnspanOptions, turnspan } from '../src';
import { endAfterEach, startBot } from './support/bot';

const endAfterTest = endAfterEach();
const boom = new Error('boom');
const fail = () => {
  throw boom;
};

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'turnspan-contained-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A running bot with the plugin, what `onError` hears, and how many failures are counted. */
async function startTracked(options: TurnspanOptions) {
  const bot = await startBot();
  const onError = jest.fn();
  const plugin = turnspan({ data: false, metrics: { port: 0 }, onError, ...options });
  bot.controller.usePlugin(plugin);
  endAfterTest(() => plugin.shutdown());
  const counted = async () => {
    const [, count] =
      /\nturnspan_contained_errors_total (\d+)\n/.exec(await plugin.metrics()) ?? [];
    return Number(count);
  };
  return { ...bot, plugin, onError, counted };
}

/** Parts that fail in every turn. */
const BROKEN: readonly (readonly [what: string, options: TurnspanOptions])[] = [
  ['a tracer', { tracing: { tracer: { startSpan: fail } as never } }],
  ['a logger', { logs: { logger: { emit: fail } } }],
  ['an observer', { observers: [fail] }],
  ['a clock', { now: fail }],
];

describe('a failure that is kept from the bot', () => {
  it.each(BROKEN)('of %s is counted and told', async (_, options) => {
    const { says, answers, onError, counted } = await startTracked(options);

    await says('order');
    await says('large');

    expect(answers()).toEqual(['Which size?', 'Which street?']);
    expect(onError).toHaveBeenCalled();
    expect(await counted()).toBeGreaterThan(0);
  });

  it.each(BROKEN.slice(0, 1))('of %s is counted as often as it is told', async (_, options) => {
    const { says, onError, counted } = await startTracked(options);

    await says('order');

    expect(await counted()).toBe(onError.mock.calls.length);
  });

  it('of a logger is told once, and counted for each record that is lost', async () => {
    const emit = jest.fn(fail);
    const { says, onError, counted } = await startTracked({ logs: { logger: { emit } } });

    await says('order');
    await says('large');

    expect(emit.mock.calls.length).toBeGreaterThan(1);
    expect(onError.mock.calls).toEqual([[boom]]);
    expect(await counted()).toBe(emit.mock.calls.length);
  });

  it('is counted though it came before there were metrics', async () => {
    const { counted, onError } = await startTracked({ data: '/dev/null/turnspan' });

    expect(onError).toHaveBeenCalledTimes(1);
    expect(await counted()).toBe(1);
  });

  it('of a scrape is counted and told, once', async () => {
    const registry = new Registry();
    let isBroken = true;
    const collect = () => {
      if (isBroken) throw boom;
    };
    new Gauge({ name: 'own', help: 'Fails.', registers: [registry as never], collect });
    const { plugin, onError, counted } = await startTracked({ metrics: { registry, port: 0 } });
    const address = await plugin.metricsAddress();

    const response = await fetch(`http://${address?.host}:${address?.port}/metrics`);
    isBroken = false;

    expect([response.status, await response.text()]).toEqual([500, 'Internal Server Error\n']);
    expect(onError.mock.calls).toEqual([[boom]]);
    expect(await counted()).toBe(1);
  });

  it('becomes no span: a tracer that fails is asked no more often because of it', async () => {
    const startSpan = jest.fn(fail);
    const onlyTracer = { tracing: { tracer: { startSpan } as never } };
    const { says } = await startTracked(onlyTracer);
    await says('order');
    const asked = startSpan.mock.calls.length;
    const quiet = jest.fn(fail);
    const other = await startTracked({
      tracing: { tracer: { startSpan: quiet } as never },
      logs: { logger: { emit: fail } },
    });

    await other.says('order');

    expect(asked).toBeGreaterThan(0);
    expect(quiet).toHaveBeenCalledTimes(asked);
  });
});

/** What others may do to a file that is open. */
const HARM: readonly (readonly [what: string, harm: (file: string) => unknown])[] = [
  ['deleted', (file) => rmSync(file)],
  [
    'replaced',
    async (file) => {
      writeFileSync(`${file}.new`, Buffer.alloc(4096));
      await rename(`${file}.new`, file);
    },
  ],
  ['overwritten', (file) => truncateSync(file)],
  ['overwritten', (file) => writeFileSync(file, 'these are my notes')],
];

describe('a journal, or a store, that something else has harmed while it was open', () => {
  it.each(
    HARM.flatMap(([what, harm]) => [
      { what, harm, name: 'journal' },
      { what, harm, name: 'store' },
    ]),
  )(
    'is noticed and counted, and the bot runs on: the $name was $what',
    async ({ what, harm, name }) => {
      const { says, answers, plugin, onError, counted } = await startTracked({ data: folder });
      await says('order');
      await plugin.sweep();
      const before = [onError.mock.calls.length, await counted()];

      await harm(join(folder, `${name}.sqlite`));
      await plugin.sweep();
      await says('large');

      const told = () => onError.mock.calls.map(([error]) => (error as Error).message);
      expect(before).toEqual([0, 0]);
      expect(
        await waitFor(async () => told().some((text) => text.includes(`was ${what} by`))),
      ).toBe(true);
      expect(told().join()).toContain(`The ${name} ${join(folder, `${name}.sqlite`)} was ${what}`);
      expect(await counted()).toBeGreaterThan(0);
      expect(answers()).toEqual(['Which size?', 'Which street?']);
    },
  );
});
