import { Pool } from 'pg';
import {
  describeWithPostgres,
  type PostgresServer,
  startPostgres,
} from '../../../test/support/servers/postgres';
import { createPostgresJournal, type PostgresJournalOptions, type PostgresPool } from '../src';
import { createTimers, delivery, settled, visits } from './support/journal';

const MINUTE = 60_000;

describeWithPostgres((binaries) => {
  let server: PostgresServer;
  let pool: Pool;
  let schemas = 0;

  beforeAll(async () => {
    server = await startPostgres({ binaries });
    pool = new Pool(server.connection);
    pool.on('error', () => undefined);
  }, 60_000);

  afterAll(async () => {
    await pool?.end();
    await server?.stop();
  });

  /** A journal in a schema of its own, in which nothing happens by itself. */
  const open = (options: Partial<PostgresJournalOptions> = {}) => {
    schemas += 1;
    const schema = `failures_${schemas}`;
    const errors: string[] = [];
    const timers = createTimers();
    const journal = createPostgresJournal({
      pool,
      schema,
      onError: (error) => errors.push(String(error)),
      startTimer: timers.startTimer,
      ...options,
    });
    const count = async (text: string) =>
      Number((await pool.query(text.replace('$', schema))).rows[0].count);
    return { journal, errors, timers, schema, count };
  };

  describe('a journal on Postgres that does not open', () => {
    it.each<[what: string, connection: object, told: RegExp]>([
      [
        'a wrong password',
        { password: 'battery staple' },
        /The journal in the schema failures_\d+ does not open: password authentication failed for user "turnspan"\. Give the pool the right user and password\./,
      ],
      [
        'a missing database',
        { database: 'nowhere' },
        /database "nowhere" does not exist\. Create the database/,
      ],
      ['a server that is not there', { port: 1 }, /ECONNREFUSED.*Check that the server runs/],
    ])('tells once of %s, and keeps what it is told', async (_what, wrong, told) => {
      const away = new Pool({ ...server.connection, ...wrong });
      const { journal, errors, timers } = open({ pool: away });

      for (const event of visits(3)) journal.observe(event);
      await expect(journal.flush()).rejects.toThrow(told);
      timers.runAll(1000);
      await expect(journal.facts()).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
      const counts = [journal.queued, journal.dropped];
      await journal.close();
      await away.end();

      expect(counts).toEqual([3, 0]);
      expect(errors).toEqual([
        expect.stringMatching(told),
        expect.stringContaining('3 records are lost'),
      ]);
      expect(errors.join()).not.toContain('battery staple');
      expect(journal.dropped).toBe(3);
    });

    it('is opened by itself as soon as that is possible', async () => {
      await pool.query('drop database if exists late');
      const late = new Pool({ ...server.connection, database: 'late' });
      const { journal, errors, timers, schema } = open({ pool: late });
      journal.observe(settled());
      await expect(journal.flush()).rejects.toThrow('does not exist');

      await pool.query('create database late');
      timers.runAll(1000);
      await journal.flush();

      const { rows } = await late.query(`select * from ${schema}.visits`);
      expect([rows.length, journal.queued, errors.length]).toEqual([1, 0, 1]);
      await journal.close();
      await late.end();
    });

    it('refuses the schema of a newer Turnspan, and leaves it as it is', async () => {
      const { journal, schema, count } = open();
      await journal.flush();
      await pool.query(`insert into ${schema}.turnspan_migrations values (99, 0)`);

      const { journal: older, errors } = open({ schema });
      older.observe(settled());

      await expect(older.flush()).rejects.toThrow('version 99, this one knows 4. Update Turnspan');
      expect(await count(`select count(*) from ${schema}.visits`)).toBe(0);
      expect(errors).toHaveLength(1);
      for (const each of [journal, older]) await each.close();
    });

    it('neither throws nor waits when it is made, with whatever pool', async () => {
      const broken: PostgresPool = {
        connect: () => {
          throw new Error('no connection today');
        },
      };

      const { journal, errors } = open({ pool: broken });
      journal.observe(settled());
      await journal.close();

      expect(errors).toEqual([
        expect.stringContaining('no connection today'),
        expect.stringContaining('1 record is lost'),
      ]);
    });

    it('gives up on a server that never answers, and closes', async () => {
      const silent: PostgresPool = { connect: () => new Promise(() => undefined) };
      const { journal, errors, timers } = open({ pool: silent });
      journal.observe(settled());

      const closed = journal.close();
      while (timers.timers.size > 0 || errors.length === 0) {
        timers.runAll(10_000);
        timers.runAll(6 * 60 * MINUTE);
        await new Promise(setImmediate);
      }
      await closed;

      expect(errors).toEqual([
        expect.stringContaining('did not answer within 10 s'),
        expect.stringContaining('1 record is lost'),
      ]);
    });

    it.each([
      [{ pool: {} as PostgresPool }, 'Expected `pool` to be a pool of `pg`'],
      [{ schema: '' }, 'Expected `schema` to be a name of at most 63 bytes'],
      [{ schema: 'pg_mine' }, 'Expected `schema` to be a name'],
      [{ retentionDays: 0 }, 'Expected `retentionDays` to be a number above 0, got 0.'],
      [{ rollupRetentionDays: -1 }, 'Expected `rollupRetentionDays` to be a number above 0'],
    ])('refuses %j', (options, message) => {
      expect(() => open(options)).toThrow(message);
    });
  });

  describe('a journal on Postgres that loses its server', () => {
    it('keeps what it is told, and writes it when the server is back, nothing twice', async () => {
      const { journal, errors, timers, count } = open();
      journal.observe(delivery());
      await journal.flush();

      await server.halt();
      for (const event of [...visits(250), delivery()]) journal.observe(event);
      await expect(journal.flush()).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
      await expect(journal.flush()).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
      const queued = journal.queued;
      await server.resume();
      timers.runAll(1000);
      await journal.flush();

      expect([queued, journal.queued, journal.dropped, errors.length]).toEqual([251, 0, 0, 1]);
      expect(await count('select count(*) from $.visits')).toBe(250);
      expect(await count('select sum(count) as count from $.visit_hours')).toBe(250);
      expect(await count('select sum(count) as count from $.delivery_hours')).toBe(2);
      await journal.close();
    }, 30_000);

    it.each<[when: string, cut: 'before' | 'after']>([
      ['before the server was told to commit', 'before'],
      ['after the server has committed and before it said so', 'after'],
    ])('counts once what was written when the connection broke %s', async (_when, cut) => {
      const cutting = cutAtCommit(pool, cut);
      const { journal, count } = open({ pool: cutting.pool, maxQueued: 10 });
      await journal.flush();
      cutting.arm();

      for (let index = 0; index < 5; index += 1) journal.observe(delivery());
      journal.observe(settled());
      await expect(journal.flush()).rejects.toThrow('Connection terminated');
      journal.observe(delivery());
      await journal.flush();

      expect(await count('select sum(count) as count from $.delivery_hours')).toBe(6);
      expect(await count('select sum(count) as count from $.visit_hours')).toBe(1);
      expect([journal.queued, journal.dropped]).toEqual([0, 0]);
      await journal.close();
    });

    it('does not fail the process when its connection is ended by somebody else', async () => {
      const { journal, errors, count } = open();
      journal.observe(settled());
      await journal.flush();

      await pool
        .query(
          'select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid()',
        )
        .catch(() => undefined);
      journal.observe(delivery());
      await journal.flush().catch(() => undefined);
      await journal.flush();

      expect(errors.length).toBeLessThanOrEqual(1);
      expect(await count('select sum(count) as count from $.delivery_hours')).toBe(1);
      await journal.close();
    });

    it('makes its tables anew when somebody has removed them', async () => {
      const { journal, schema, count } = open();
      await journal.flush();
      await pool.query(`drop schema ${schema} cascade`);
      journal.observe(settled());

      await expect(journal.flush()).rejects.toThrow('made anew');
      await journal.flush();

      expect(await count('select count(*) from $.visits')).toBe(1);
      await journal.close();
    });
  });

  it('ends no pool and leaves no connection behind', async () => {
    const own = new Pool(server.connection);
    const { journal } = open({ pool: own });
    journal.observe(settled());
    await journal.facts();
    await journal.lease.acquire('poller', MINUTE);

    await journal.close();

    expect([own.totalCount, own.idleCount, own.listenerCount('error')]).toEqual([1, 1, 0]);
    expect((await own.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
    await own.end();
  });
});

/** A pool whose connection breaks once, at a commit. */
function cutAtCommit(pool: Pool, cut: 'before' | 'after') {
  let isArmed = false;
  const cutting: PostgresPool = {
    connect: async () => {
      const client = await pool.connect();
      return {
        query: async (query) => {
          const isCut = isArmed && query.text === 'commit';
          if (isCut && cut === 'after') await client.query(query);
          if (!isCut) return client.query(query);
          isArmed = false;
          throw new Error('Connection terminated unexpectedly');
        },
        release: (destroy) => client.release(destroy),
      };
    },
  };
  return {
    pool: cutting,
    arm: () => {
      isArmed = true;
    },
  };
}
