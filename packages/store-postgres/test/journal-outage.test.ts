import { Pool } from 'pg';
import {
  describeWithPostgres,
  type PostgresServer,
  startPostgres,
} from '../../../test/support/servers/postgres';
import { createPostgresJournal, type PostgresPool } from '../src';
import { createTimers, settled, visits } from './support/journal';

/** Timers that are none of the next attempt: the limit of an answer, and the next pruning. */
const OTHERS: ReadonlySet<number> = new Set([10_000, 21_600_000]);

/** A pool that refuses until it is told not to. */
function createPool(inner?: Pool) {
  const state = { isAway: true };
  const pool: PostgresPool = {
    connect: async () => {
      if (state.isAway || !inner) throw new Error('nobody is there');
      return await inner.connect();
    },
  };
  return { pool, state };
}

/** A journal on timers of the test, and how long it waits for its next attempt. */
function open(pool: PostgresPool, schema = 'outage') {
  const { timers, startTimer, runAll } = createTimers();
  const errors: string[] = [];
  const journal = createPostgresJournal({
    pool,
    schema,
    startTimer,
    onError: (error) => errors.push(String(error)),
  });
  const waits = () => [...timers].map(({ delayMs }) => delayMs).filter((ms) => !OTHERS.has(ms));
  /** Waits for the next attempt to be over, and makes it at its time. */
  const attempt = async () => {
    while (waits().length === 0) await new Promise(setImmediate);
    const [delayMs = 0] = waits();
    runAll(delayMs);
    return delayMs;
  };
  return { journal, errors, attempt, runAll };
}

describe('a journal whose server is away', () => {
  it('is tried again after 1 second, and then after twice as long each time, up to 30', async () => {
    const { journal, errors, attempt } = open(createPool().pool);

    const delays: number[] = [];
    for (let count = 0; count < 7; count += 1) delays.push(await attempt());

    expect(delays).toEqual([1000, 2000, 4000, 8000, 16_000, 30_000, 30_000]);
    expect(errors).toHaveLength(1);
    await journal.close();
  });
});

describeWithPostgres((binaries) => {
  let server: PostgresServer;
  let pool: Pool;

  beforeAll(async () => {
    server = await startPostgres({ binaries });
    pool = new Pool(server.connection);
    pool.on('error', () => undefined);
  }, 60_000);

  afterAll(async () => {
    await pool?.end();
    await server?.stop();
  });

  it('is patient no longer once it has written again', async () => {
    const gate = createPool(pool);
    const { journal, attempt } = open(gate.pool, 'back');
    for (let count = 0; count < 4; count += 1) await attempt();

    gate.state.isAway = false;
    const last = await attempt();
    await journal.flush();
    gate.state.isAway = true;
    journal.observe(settled(2));
    const first = await attempt();

    expect([last, first]).toEqual([16_000, 1000]);
    await journal.close();
  });

  it('gives up a server that hangs after 5 seconds when it is closed, and says what is lost', async () => {
    const { journal, errors, runAll } = open(pool, 'hanging');
    await journal.flush();
    for (const event of visits(250)) journal.observe(event);

    const blocking = await pool.connect();
    await blocking.query('begin; lock table hanging.visits in access exclusive mode');
    const closed = journal.close();
    await new Promise(setImmediate);
    runAll(5000);
    await closed;
    await blocking.query('rollback');
    blocking.release();

    expect([journal.queued, journal.dropped]).toEqual([0, 250]);
    expect(errors).toEqual([
      expect.stringContaining('The server had not answered when the journal was closed'),
      expect.stringContaining('250 records are lost'),
    ]);
  });

  it('says nothing when it is closed and all is written', async () => {
    const { journal, errors } = open(pool, 'sound');
    for (const event of visits(250)) journal.observe(event);

    await journal.close();

    expect([journal.queued, journal.dropped, errors]).toEqual([0, 0, []]);
  });
});
