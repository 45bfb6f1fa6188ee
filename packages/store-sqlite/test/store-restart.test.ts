import type { Waiting } from '@turnspan/core';
import { createStoreWith } from '../src/create-sqlite-store';
import { DAY, MINUTE, T0 } from './support/events';
import { createClock, createPath, DRIVERS, readRows } from './support/journal';
import { createWaiting } from './support/store';

const STALL = T0 + MINUTE;
const DROP = T0 + DAY;
const take = { limit: 10, leaseMs: 30_000 };

describe.each(DRIVERS)('a store that is opened again on %s', (_name, openFile) => {
  const open = (file: string) => createStoreWith(openFile, { file, clock: createClock() });

  it('knows who waits, who has stalled and who answered', () => {
    const file = createPath('store.db');
    const before = open(file);
    const [silent, answered, stalled] = ['1', '2', '3'].map((name) => createWaiting(name));
    for (const waiting of [silent, answered]) before.wait(waiting as Waiting);
    before.wait({ ...(stalled as Waiting), stallAt: T0 });
    before.settle(before.takeDue({ ...take, now: T0 }));
    before.claim(answered?.id ?? '', 'answered');
    before.close();

    const store = open(file);

    expect(store.summary()).toEqual({
      counts: [{ flow: 'order', node: 'size', waiting: 2, stalled: 1 }],
      nextDeadline: STALL,
    });
    expect(store.claim(answered?.id ?? '', 'dropped')).toEqual({
      claimed: false,
      reason: 'answered',
    });
    expect(store.claim(stalled?.id ?? '', 'answered')).toMatchObject({ stalled: true });
    expect(store.claim(silent?.id ?? '', 'answered')).toEqual({
      claimed: true,
      waiting: silent,
      stalled: false,
    });
  });

  it('hands out what the process before it had taken, when its lease runs out', () => {
    const file = createPath('store.db');
    const before = open(file);
    before.wait(createWaiting('1'));
    const taken = before.takeDue({ ...take, now: STALL });
    before.close();

    const store = open(file);
    const early = store.takeDue({ ...take, now: STALL + take.leaseMs - 1 });
    const late = store.takeDue({ ...take, now: STALL + take.leaseMs });

    expect(early).toEqual([]);
    expect(late).toMatchObject([{ deadline: 'stall', waiting: createWaiting('1') }]);
    expect(store.settle(taken)).toEqual([]);
    expect(store.settle(late)).toEqual(late);
    expect(store.takeDue({ ...take, now: DROP })).toMatchObject([{ deadline: 'drop' }]);
  });

  it('lets go of its leases when it is closed, and not of its messages', async () => {
    const file = createPath('store.db');
    const entry = { id: '1', sender: 'ann', payload: 'x' };
    const before = open(file);
    const store = open(file);
    await before.shared.acquire('poll', DAY);
    await before.inbox.put(entry, DAY);

    const held = await store.shared.acquire('poll', DAY);
    before.close();

    expect(held).toBe(false);
    expect(await store.shared.acquire('poll', DAY)).toBe(true);
    expect(await store.inbox.takeOver(10, DAY)).toEqual([]);
  });
});

describe.each(DRIVERS)('a store on %s', (_name, openFile) => {
  it('forgets claims after eight days, a few at a time', () => {
    const clock = createClock();
    const file = createPath('store.db');
    const store = createStoreWith(openFile, { file, clock });
    for (let index = 0; index < 10; index += 1) store.claim(`another.${index}`, 'answered');
    const claimsAfter = (ms: number, id: string) => {
      clock.time = T0 + ms;
      store.claim(id, 'answered');
      return readRows(openFile, file, 'claims').length;
    };

    const left = [
      claimsAfter(8 * DAY - 1, 'another.a'),
      claimsAfter(8 * DAY, 'another.b'),
      claimsAfter(8 * DAY, 'another.c'),
    ];

    expect(left).toEqual([11, 9, 7]);
    store.close();
  });

  it('takes a wait with a time that never comes', () => {
    const store = createStoreWith(openFile, { file: ':memory:' });
    store.wait({ ...createWaiting('1'), dropAt: Number.POSITIVE_INFINITY });

    expect(store.summary().nextDeadline).toBe(STALL);
    expect(store.claim('turnspan.1', 'answered').claimed).toBe(true);
  });

  it('throws while another process has the file, and works on afterwards', async () => {
    const file = createPath('store.db');
    const store = createStoreWith(openFile, { file });
    const other = openFile(file);
    store.wait(createWaiting('1'));
    other.exec('begin immediate');
    const busy = { code: 'STORE_UNAVAILABLE', message: expect.stringContaining('Another process') };

    expect(() => store.wait(createWaiting('2'))).toThrow(expect.objectContaining(busy));
    expect(() => store.claim('turnspan.1', 'answered')).toThrow(expect.objectContaining(busy));
    await expect(store.shared.see('key', 1000)).rejects.toMatchObject(busy);
    other.exec('rollback');
    store.wait(createWaiting('2'));

    expect(store.claim('turnspan.1', 'answered').claimed).toBe(true);
    expect(store.summary().counts).toMatchObject([{ waiting: 1 }]);
    other.close();
    store.close();
  });

  it('waits once for a process that keeps the file, and again when it has had it', () => {
    const file = createPath('store.db');
    const timeouts: string[] = [];
    const listen = (path: string) => {
      const database = openFile(path);
      const query = (sql: string) => {
        if (sql.includes('busy_timeout')) timeouts.push(sql.replace(/\D/g, ''));
        return database.query(sql);
      };
      return { ...database, query };
    };
    const store = createStoreWith(listen, { file });
    const other = openFile(file);
    other.exec('begin immediate');

    for (const name of ['1', '2']) expect(() => store.wait(createWaiting(name))).toThrow();
    other.exec('rollback');
    store.wait(createWaiting('1'));

    expect(timeouts).toEqual(['5000', '50', '0', '50']);
    other.close();
    store.close();
  });

  it('throws when it is closed', async () => {
    const store = createStoreWith(openFile, { file: ':memory:' });
    store.close();
    store.close();

    const closed = { code: 'STORE_UNAVAILABLE', message: expect.stringContaining('is closed') };
    expect(() => store.summary()).toThrow(expect.objectContaining(closed));
    await expect(store.inbox.done('1')).rejects.toMatchObject(closed);
  });
});
