import type { Claim, Due, Waiting } from '@turnspan/core';
import { Pool } from 'pg';
import {
  describeWithPostgres,
  type PostgresServer,
  startPostgres,
} from '../../../test/support/servers/postgres';
import { createPostgresStore } from '../src';
import type { PostgresStore } from '../src/postgres-store';

const VISITS = 200;
const PROCESSES = 4;
const SWEEPERS = 2;
const CONNECTIONS = 6;
const NOW = 1_700_000_000_000;

describeWithPostgres((binaries) => {
  let server: PostgresServer;
  let pools: readonly Pool[];
  let schemas = 0;

  beforeAll(async () => {
    server = await startPostgres({ binaries });
    pools = Array.from(
      { length: PROCESSES + SWEEPERS },
      () => new Pool({ ...server.connection, max: CONNECTIONS }),
    );
  }, 60_000);

  afterAll(async () => {
    await Promise.all(pools.map((pool) => pool.end()));
    await server.stop();
  });

  const openStores = (): readonly PostgresStore[] => {
    schemas += 1;
    const clock = { now: () => NOW, tick: () => NOW };
    return pools.map((pool) => createPostgresStore({ pool, schema: `races_${schemas}`, clock }));
  };

  it('makes its tables once for processes that begin at once', async () => {
    const stores = openStores();

    const summaries = await Promise.all(stores.map((store) => store.summary()));

    expect(summaries).toEqual(stores.map(() => ({ counts: [], nextDeadline: undefined })));
  });

  it('gives every visit to one of four who claim it and two who settle it, all at once', async () => {
    const stores = openStores();
    const names = createNames();
    await Promise.all(names.map((name, index) => pick(stores, index).wait(createWaiting(name))));

    const [one, other, claims] = await Promise.all([
      sweep(pick(stores, PROCESSES)),
      sweep(pick(stores, PROCESSES + 1)),
      Promise.all(names.flatMap((name) => processes(stores).map((store) => claim(store, name)))),
    ]);

    const settled = [...one, ...other];
    const claimed = claims.filter((each) => each.claimed).map(({ waiting }) => waiting?.id);
    const winners = [...claimed, ...settled.map(({ waiting }) => waiting.id)];
    expect(winners.sort()).toEqual(names.map(toId).sort());
    expect(claimed.length).toBeGreaterThan(0);
    expect(settled.length).toBeGreaterThan(0);
    expect(await pick(stores, 2).summary()).toEqual({ counts: [], nextDeadline: undefined });
  });

  it('tells every loser of a race why', async () => {
    const stores = openStores();
    const names = createNames();
    await Promise.all(names.map((name, index) => pick(stores, index).wait(createWaiting(name))));

    const claims = await Promise.all(
      names.flatMap((name) => processes(stores).map((store) => claim(store, name))),
    );

    const lost = claims.filter((each) => !each.claimed);
    expect(lost).toHaveLength(VISITS * (PROCESSES - 1));
    expect(lost.filter(({ reason }) => reason !== 'answered')).toEqual([]);
  });

  it('leaves nobody on the list whose wait and claim come at once', async () => {
    const stores = openStores();
    const names = createNames();
    await pick(stores, 0).summary();

    const claims = await Promise.all(
      names.map(async (name, index) => {
        const wait = pick(stores, index).wait(createWaiting(name));
        const claimed = claim(pick(stores, index + 1), name);
        await wait;
        return await claimed;
      }),
    );

    expect(claims.filter(isClaimedWithoutWaiting)).toEqual([]);
    expect(await pick(stores, 2).summary()).toEqual({ counts: [], nextDeadline: undefined });
    expect(await sweep(pick(stores, 3))).toEqual([]);
  });

  it('counts rightly whatever happens at once', async () => {
    const stores = openStores();
    const names = createNames();
    const nodes = ['size', 'crust', 'street'];

    await Promise.all([
      ...names.flatMap((name, index) =>
        nodes.map((node, at) =>
          pick(stores, index + at).wait({ ...createWaiting(name), stallAt: NOW - 1 - at, node }),
        ),
      ),
      ...names.filter((_, index) => index % 3 === 0).map((name) => claim(pick(stores, 3), name)),
      sweep(pick(stores, 0)),
      sweep(pick(stores, 1)),
    ]);

    const { counts } = await pick(stores, 2).summary();
    expect([...counts].sort(byNode)).toEqual(await countRows());
  });

  it('keeps the order of a sender whose messages several processes take over at once', async () => {
    const ann = Array.from({ length: 40 }, (_, index) => createMessage(index));
    const [dead] = openStores();
    for (const message of ann) await dead?.inbox.put(message, -1);
    const stores = pools.map((pool) =>
      createPostgresStore({ pool, schema: `races_${schemas}`, clock: { now: () => NOW, tick } }),
    );

    const taken = await Promise.all(stores.map(({ inbox }) => inbox.takeOver(30, 1000)));

    const owners = taken.filter((messages) => messages.length > 0);
    expect(owners).toEqual([ann.slice(0, 30)]);
  });

  async function countRows(): Promise<readonly unknown[]> {
    const { rows } = await pick(pools, 0).query(
      `select flow, node, count(*)::int as waiting, count(*) filter (where stalled)::int as stalled
      from races_${schemas}.store_visits where reason is null group by flow, node order by node`,
    );
    return rows;
  }
});

/** Those of a bot's processes that claim; the others sweep. */
function processes(stores: readonly PostgresStore[]): readonly PostgresStore[] {
  return stores.slice(0, PROCESSES);
}

async function sweep(store: PostgresStore): Promise<readonly Due[]> {
  const settled: Due[] = [];
  for (;;) {
    const due = await store.takeDue({ now: NOW, limit: 7, leaseMs: 30_000 });
    if (due.length === 0) return settled;
    settled.push(...(await store.settle(due)));
  }
}

function claim(store: PostgresStore, name: string): Promise<Claim> {
  return store.claim(toId(name), 'answered');
}

/** A claim of a wait that came first is told of it; one that came before is refused. */
function isClaimedWithoutWaiting(each: Claim): boolean {
  return each.claimed ? each.waiting === undefined : each.reason !== undefined;
}

function createNames(): readonly string[] {
  return Array.from({ length: VISITS }, (_, index) => String(index));
}

function toId(name: string): string {
  return `turnspan.${name}`;
}

function createWaiting(name: string): Waiting {
  return {
    id: toId(name),
    user: { channel: 'whatsapp', line: 'line', key: name },
    flow: 'order',
    node: 'size',
    position: '[1]',
    parents: [],
    stallAt: NOW - 1,
    dropAt: NOW - 1,
  };
}

function createMessage(index: number): { id: string; sender: string; payload: string } {
  return { id: String(index), sender: 'ann', payload: `payload ${index}` };
}

function byNode(one: { readonly node: string }, other: { readonly node: string }): number {
  return one.node.localeCompare(other.node);
}

function pick<T>(all: readonly T[], index: number): T {
  const one = all[index % all.length];
  if (one === undefined) throw new Error('There is none.');
  return one;
}

function tick(): number {
  return NOW;
}
