import type { Waiting } from '@turnspan/core';
import { Pool } from 'pg';
import {
  describeWithPostgres,
  type PostgresServer,
  startPostgres,
} from '../../../test/support/servers/postgres';
import { createPostgresStore } from '../src';
import { migratePostgres } from '../src/migrate';
import { STORE_MIGRATIONS_TABLE, STORE_STEPS } from '../src/store-schema';

const DAY = 86_400_000;
const NOW = 1_700_000_000_000;
const WAITING: Waiting = {
  id: 'turnspan.1',
  user: { channel: 'whatsapp', line: 'line', key: 'ann' },
  flow: 'order',
  node: 'size',
  position: '[1]',
  parents: [],
  stallAt: NOW,
  dropAt: NOW,
};

describeWithPostgres((binaries) => {
  let server: PostgresServer;
  let pool: Pool;

  beforeAll(async () => {
    server = await startPostgres({ binaries });
    pool = new Pool(server.connection);
  }, 60_000);

  afterAll(async () => {
    await pool.end();
    await server.stop();
  });

  it('brings a schema up to date whose claims are of no message', async () => {
    const old = { pool, schema: 'upgraded', steps: STORE_STEPS.slice(0, 3), now: NOW };
    await migratePostgres({ ...old, table: STORE_MIGRATIONS_TABLE });
    await pool.query(`insert into upgraded.store_visits (id, flow, node, reason, expires_at)
      values ('turnspan.answered', 'order', 'size', 'answered', 1e15),
        ('turnspan.dropped', 'order', 'size', 'dropped', 1e15)`);

    const store = createPostgresStore({ pool, schema: 'upgraded' });

    for (const reason of ['answered', 'dropped'] as const) {
      for (const by of [undefined, '', 'message']) {
        const claim = await store.claim(`turnspan.${reason}`, reason, by);
        expect(claim).toEqual({ claimed: false, reason });
      }
    }
    expect(await store.untold.list(1e15, 10)).toEqual([]);
  });

  it('keeps no place of a drop that is forgotten, and no row after eight days', async () => {
    const clock = { time: NOW, now: () => clock.time, tick: () => clock.time };
    const store = createPostgresStore({ pool, schema: 'kept', clock });
    const read = async () => (await pool.query('select id, waiting from kept.store_visits')).rows;
    const take = async () => await store.takeDue({ now: clock.time, limit: 10, leaseMs: 1000 });
    await store.wait(WAITING);
    await store.wait({ ...WAITING, id: 'turnspan.2' });
    await store.settle(await take());

    await store.untold.forget([WAITING.id]);
    const forgotten = await read();
    clock.time += 8 * DAY;
    await take();

    expect(forgotten).toHaveLength(2);
    expect(forgotten).toContainEqual({ id: 'turnspan.1', waiting: null });
    expect(await read()).toEqual([]);
  });

  it.each([
    ['a character that Postgres does not know', '\0'],
    ['half a character', '\uD83C'],
    ['more than an index takes', '🍕'.repeat(5000)],
  ])('takes %s in the names of drops and of messages', async (_, name) => {
    const store = createPostgresStore({ pool, schema: 'odd', origin: 'turnspan' });
    const [dropped, answered] = [`turnspan.drop ${name}`, `turnspan.answer ${name}`];
    await store.wait({ ...WAITING, id: answered });
    await store.claim(answered, 'answered', name);
    await store.wait({ ...WAITING, id: dropped });
    await store.settle(await store.takeDue({ now: NOW, limit: 10, leaseMs: 1000 }));

    expect(await store.claim(answered, 'answered', name)).toMatchObject({ claimed: true });
    expect(await store.untold.list(1e15, 10)).toEqual([{ ...WAITING, id: dropped }]);
    await store.untold.forget([dropped]);
    expect(await store.untold.list(1e15, 10)).toEqual([]);
  });

  it('lets processes forget the same drops at once', async () => {
    const store = createPostgresStore({ pool, schema: 'at_once' });
    const ids = Array.from({ length: 100 }, (_, index) => `turnspan.${index}`);
    await Promise.all(ids.map((id) => store.wait({ ...WAITING, id })));
    await store.settle(await store.takeDue({ now: NOW, limit: 100, leaseMs: 1000 }));

    await Promise.all(
      [ids, ids.toReversed(), ids, ids.toReversed()].map((each) => store.untold.forget(each)),
    );

    expect(await store.untold.list(1e15, 10)).toEqual([]);
  });
});
