import type { Store } from '@turnspan/core';
import { Pool, type PoolConfig } from 'pg';
import {
  describeWithPostgres,
  type PostgresServer,
  startPostgres,
} from '../../../test/support/servers/postgres';
import { createPostgresStore, type PostgresStoreOptions } from '../src';

const pool = { connect: async () => Promise.reject(new Error('Not here.')) };

describe('the options', () => {
  it.each<[string, unknown]>([
    ['pool', { pool: undefined }],
    ['pool', { pool: { query: () => undefined } }],
    ['schema', { pool, schema: '' }],
    ['schema', { pool, schema: 'pg_turnspan' }],
    ['schema', { pool, schema: 'é'.repeat(32) }],
    ['origin', { pool, origin: '' }],
    ['origin', { pool, origin: 'my.bot' }],
  ])('refuse a wrong `%s`', (name, options) => {
    expect(() => createPostgresStore(options as PostgresStoreOptions)).toThrow(
      expect.objectContaining({
        code: 'OPTION_INVALID',
        message: expect.stringContaining(`Expected \`${name}\``),
      }),
    );
  });

  it('connect to nothing before the first call', async () => {
    const store = createPostgresStore({ pool });

    await expect(store.summary()).rejects.toMatchObject({
      code: 'STORE_UNAVAILABLE',
      message: expect.stringContaining('Not here.'),
    });
  });
});

describeWithPostgres((binaries) => {
  let server: PostgresServer;
  let owner: Pool;
  const opened: Pool[] = [];

  beforeAll(async () => {
    server = await startPostgres({ binaries });
    owner = open({});
    await owner.query('create database crowded connection limit 0');
    await owner.query("create role guest login password 'guest'");
    await owner.query("create role reader login password 'reader'");
    await owner.query('grant create on database postgres to reader');
    await owner.query('alter role reader set default_transaction_read_only = on');
  }, 60_000);

  afterAll(async () => {
    await Promise.all(opened.map((each) => each.end()));
    await server.stop();
  });

  const open = (config: PoolConfig): Pool => {
    const made = new Pool({ ...server.connection, ...config });
    opened.push(made);
    return made;
  };

  it.each<[string, PoolConfig, string]>([
    ['a wrong password', { password: 'secret' }, 'Give the pool the right user and password.'],
    ['a missing database', { database: 'missing' }, 'Create the database'],
    ['a server that is not there', { port: 1 }, 'Check that the server runs'],
    ['too many connections', { user: 'guest', password: 'guest', database: 'crowded' }, '`max`'],
    ['a standby', { user: 'reader', password: 'reader' }, 'point the pool at the primary'],
    ['a user without rights', { user: 'guest', password: 'guest' }, 'Give the user the right'],
  ])('says what to do about %s, and no password', async (_, config, advice) => {
    const store = createPostgresStore({ pool: open(config), schema: 'refused' });

    const failure = await store.summary().catch((error: unknown) => error);

    expect(failure).toMatchObject({
      code: 'STORE_UNAVAILABLE',
      message: expect.stringContaining(advice),
    });
    expect(String(failure)).not.toMatch(/secret|correct horse|postgres:\/\//);
  });

  it('says so when the pool has been ended', async () => {
    const ended = new Pool(server.connection);
    await ended.end();

    const failure = createPostgresStore({ pool: ended }).summary();

    await expect(failure).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
  });

  it('tries again with the next call what failed with the first', async () => {
    const store = createPostgresStore({ pool: owner, schema: 'later' });
    await server.halt();
    await expect(store.summary()).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });

    await server.resume();

    expect(await store.summary()).toEqual({ counts: [], nextDeadline: undefined });
  }, 60_000);

  it('survives a server that restarts, and keeps what it was told', async () => {
    const store = createPostgresStore({ pool: open({}), schema: 'restarted' });
    await put(store, 'turnspan.1');

    await server.restart();
    await store.summary().catch(() => undefined);

    expect(await store.claim('turnspan.1', 'answered')).toMatchObject({ claimed: true });
  }, 60_000);

  it('makes its tables anew when somebody has removed them', async () => {
    const store = createPostgresStore({ pool: owner, schema: 'removed' });
    await put(store, 'turnspan.1');
    await owner.query('drop schema removed cascade');

    await expect(put(store, 'turnspan.2')).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
    await put(store, 'turnspan.2');

    expect(await store.claim('turnspan.2', 'answered')).toMatchObject({ claimed: true });
  });

  it.each([
    ['a character that Postgres does not know', 'turnspan.\0', '\0'],
    ['an id that no index takes', `turnspan.${'🍕'.repeat(5000)}`, 'size'],
    ['half a character', 'turnspan.\uD83C', '\uD83C'],
  ])('takes %s', async (_, id, node) => {
    const store = createPostgresStore({ pool: owner, schema: 'odd' });
    await put(store, id, { node });

    const due = await store.takeDue({ now: 1, limit: 10, leaseMs: 1000 });

    expect(await store.settle(due)).toMatchObject([{ waiting: { id, node } }]);
    expect(await store.claim(id, 'answered')).toEqual({ claimed: false, reason: 'dropped' });
  });

  it('takes a deadline that never comes', async () => {
    const store = createPostgresStore({ pool: owner, schema: 'never' });
    await put(store, 'turnspan.1', { dropAt: Number.POSITIVE_INFINITY });

    expect(await store.takeDue({ now: 1e15, limit: 10, leaseMs: 1 })).toEqual([]);
    expect(await store.claim('turnspan.1', 'answered')).toMatchObject({
      waiting: { dropAt: Number.POSITIVE_INFINITY },
    });
  });

  it('forgets what has run out, and adds up its counts', async () => {
    let time = 0;
    const clock = { now: () => time, tick: () => time };
    const store = createPostgresStore({ pool: owner, schema: 'forgetful', clock });
    for (let index = 0; index < 300; index += 1) {
      await put(store, `turnspan.${index}`, { dropAt: 1e12 });
      await store.claim(`turnspan.${index}`, 'answered');
    }
    await store.shared.see('key', 1000);
    await store.inbox.put({ id: '1', sender: 'ann', payload: '' }, 1000);
    await store.inbox.done('1');
    await put(store, 'turnspan.still', { dropAt: 1e12 });

    time = 8 * 86_400_000;
    await store.takeDue({ now: time, limit: 10, leaseMs: 1000 });
    await store.summary();

    const left = await owner.query(`select
      (select count(*)::int from forgetful.store_visits) as visits,
      (select count(*)::int from forgetful.store_values) as values,
      (select count(*)::int from forgetful.store_inbox) as messages,
      (select count(*)::int from forgetful.store_count_changes) as changes`);
    expect(left.rows).toEqual([{ visits: 1, values: 0, messages: 0, changes: 1 }]);
    expect((await store.summary()).counts).toEqual([
      { flow: 'order', node: 'size', waiting: 1, stalled: 0 },
    ]);
  }, 30_000);
});

async function put(
  store: Store,
  id: string,
  { node = 'size', dropAt = 0 }: { readonly node?: string; readonly dropAt?: number } = {},
): Promise<void> {
  const user = { channel: 'whatsapp', line: 'line', key: 'ann' };
  const place = { flow: 'order', node, position: '[1]', parents: [] };
  await store.wait({ id, user, ...place, stallAt: dropAt, dropAt });
}
