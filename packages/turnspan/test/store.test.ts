import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TrackerEvent } from '@turnspan/core';
import { MemoryStorage } from 'botbuilder-core';
import { Pool } from 'pg';
import { describeWith } from '../../../test/support/servers/binary';
import { describeWithPostgres, startPostgres } from '../../../test/support/servers/postgres';
import { waitFor } from '../../../test/support/servers/process';
import { startRedis } from '../../../test/support/servers/redis';
import { type TurnspanOptions, turnspan } from '../src';
import { endAfterEach, startBot } from './support/bot';

const endAfterTest = endAfterEach();
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const T0 = Date.UTC(2026, 10, 24, 23, 10);

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'turnspan-store-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A process of a bot, whose clock is the test's. */
async function startProcess(options: TurnspanOptions, storage: MemoryStorage) {
  const bot = await startBot(storage);
  const told: TrackerEvent[] = [];
  const onError = jest.fn();
  const plugin = turnspan({
    metrics: { port: 0 },
    observers: [(event) => void told.push(event)],
    onError,
    ...options,
  });
  bot.controller.usePlugin(plugin);
  endAfterTest(() => plugin.shutdown());
  const dropped = () =>
    told.flatMap((event) =>
      event.kind === 'visit_settled' && event.outcome === 'dropped' ? [event] : [],
    );
  return { ...bot, plugin, told, onError, dropped };
}

/** What every store that outlives a process has to do for the bot. */
function describeSilence(options: () => TurnspanOptions): void {
  it('counts who is silent across a restart, at the deadline, by one process alone', async () => {
    let time = T0;
    const storage = new MemoryStorage();
    const now = () => time;
    const before = await startProcess({ ...options(), now }, storage);
    await before.says('order');
    await before.plugin.shutdown();

    time = T0 + DAY + 3 * HOUR;
    const after = await startProcess({ ...options(), now }, storage);
    const beside = await startProcess({ ...options(), now }, storage);
    await Promise.all([after.plugin.sweep(), beside.plugin.sweep()]);

    const dropped = [...after.dropped(), ...beside.dropped()];
    expect(dropped.map(({ at, visit }) => [at, visit.node])).toEqual([[T0 + DAY, 'size']]);
    expect(before.onError).not.toHaveBeenCalled();
    expect(after.onError).not.toHaveBeenCalled();
  });

  it('tells the number of people who wait, whichever process asked them', async () => {
    const storage = new MemoryStorage();
    const asking = await startProcess(options(), storage);
    const other = await startProcess(options(), storage);

    await asking.says('order');
    await asking.says('large');
    const tells = async () => {
      await other.plugin.sweep();
      const metrics = await other.plugin.metrics();
      return metrics.includes('conversation_waiting{flow="order",node="street"} 1\n');
    };

    expect(await waitFor(tells)).toBe(true);
  });
}

describe('a store in the data folder', () => {
  describeSilence(() => ({ data: folder }));

  it('is there without being asked for, with a journal and a key', async () => {
    const { says, plugin } = await startProcess({ data: folder }, new MemoryStorage());

    await says('order');
    await plugin.shutdown();

    const { plugin: again, told } = await startProcess({ data: folder }, new MemoryStorage());
    await again.sweep();
    expect(told).not.toContainEqual(expect.objectContaining({ kind: 'error_contained' }));
    expect(await again.metrics()).toMatch(/conversation_waiting\{flow="order",node="size"\} 1\n/);
  });
});

describeWith('redis-server', (binary) => {
  let redis: Awaited<ReturnType<typeof startRedis>>;
  beforeAll(async () => {
    redis = await startRedis({ binary });
  });
  afterAll(() => redis.stop());

  describeSilence(() => ({ store: redis.url, privacy: { key: 'same' } }));
});

describeWithPostgres((binaries) => {
  let postgres: Awaited<ReturnType<typeof startPostgres>>;
  beforeAll(async () => {
    postgres = await startPostgres({ binaries });
  }, 60_000);
  afterAll(() => postgres.stop());

  describeSilence(() => ({ store: postgres.url, privacy: { key: 'same' } }));

  it('keeps the history of a bot that is given a URL, and writes the rest as it ends', async () => {
    const journal = { url: postgres.url };
    const { says, plugin, onError } = await startProcess({ journal }, new MemoryStorage());
    await says('order');
    await says('large');
    await plugin.shutdown();

    const pool = new Pool(postgres.connection);
    const { rows } = await pool.query('select node, outcome from turnspan.visits');
    const hours = await pool.query('select node, count::int from turnspan.visit_hours');
    await pool.end();

    expect(onError.mock.calls).toEqual([]);
    expect(rows).toEqual([{ node: 'size', outcome: 'advanced' }]);
    expect(hours.rows).toEqual([{ node: 'size', count: 1 }]);
  });
});

/** What can be wrong from the start, and what is said about it. */
const UNUSABLE: readonly (readonly [what: string, () => TurnspanOptions, RegExp])[] = [
  ['a folder that cannot be made', () => ({ data: '/dev/null/turnspan' }), /data folder .* cannot/],
  [
    'a file that is no database',
    () => {
      writeFileSync(
        join(folder, 'store.sqlite'),
        'not a database, but long enough to look like one',
      );
      return { data: folder };
    },
    /store\.sqlite/,
  ],
  [
    'a Redis that is not there',
    () => ({ store: 'redis://127.0.0.1:1' }),
    /Redis cannot be reached/,
  ],
  [
    'a Postgres that is not there',
    () => ({ store: 'postgres://nobody@127.0.0.1:1/none' }),
    /Postgres/,
  ],
];

describe('a bot whose memory cannot be had', () => {
  it.each(UNUSABLE)('answers as ever with %s, and hears what to do', async (_, options, advice) => {
    const { says, answers, onError } = await startProcess(options(), new MemoryStorage());

    await says('order');
    await says('large');
    await says('1 Main Street');
    await new Promise((resolve) => setTimeout(resolve, 50));

    expect(answers()).toEqual(['Which size?', 'Which street?', 'Thanks.']);
    const messages = onError.mock.calls.map(([error]) => (error as Error).message);
    expect(messages).toContainEqual(expect.stringMatching(advice));
  });
});
