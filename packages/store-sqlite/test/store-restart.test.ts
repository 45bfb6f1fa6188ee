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

  it('knows who waits, who has stalled and who answered', async () => {
    const file = createPath('store.db');
    const before = open(file);
    const [silent, answered, stalled] = ['1', '2', '3'].map((name) => createWaiting(name));
    for (const waiting of [silent, answered]) await before.wait(waiting as Waiting);
    await before.wait({ ...(stalled as Waiting), stallAt: T0 });
    await before.settle(await before.takeDue({ ...take, now: T0 }));
    await before.claim(answered?.id ?? '', 'answered');
    before.close();

    const store = open(file);

    expect(await store.summary()).toEqual({
      counts: [{ flow: 'order', node: 'size', waiting: 2, stalled: 1 }],
      nextDeadline: STALL,
    });
    expect(await store.claim(answered?.id ?? '', 'dropped')).toEqual({
      claimed: false,
      reason: 'answered',
    });
    expect(await store.claim(stalled?.id ?? '', 'answered')).toMatchObject({ stalled: true });
    expect(await store.claim(silent?.id ?? '', 'answered')).toEqual({
      claimed: true,
      waiting: silent,
      stalled: false,
    });
  });

  it('hands out what the process before it had taken, when its lease runs out', async () => {
    const file = createPath('store.db');
    const before = open(file);
    await before.wait(createWaiting('1'));
    const taken = await before.takeDue({ ...take, now: STALL });
    before.close();

    const store = open(file);
    const early = await store.takeDue({ ...take, now: STALL + take.leaseMs - 1 });
    const late = await store.takeDue({ ...take, now: STALL + take.leaseMs });

    expect(early).toEqual([]);
    expect(late).toMatchObject([{ deadline: 'stall', waiting: createWaiting('1') }]);
    expect(await store.settle(taken)).toEqual([]);
    expect(await store.settle(late)).toEqual(late);
    expect(await store.takeDue({ ...take, now: DROP })).toMatchObject([{ deadline: 'drop' }]);
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
  it('forgets claims after eight days, a few at a time', async () => {
    const clock = createClock();
    const file = createPath('store.db');
    const store = createStoreWith(openFile, { file, clock });
    for (let index = 0; index < 10; index += 1) await store.claim(`another.${index}`, 'answered');
    const claimsAfter = async (ms: number, id: string) => {
      clock.time = T0 + ms;
      await store.claim(id, 'answered');
      return readRows(openFile, file, 'claims').length;
    };

    const left = [
      await claimsAfter(8 * DAY - 1, 'another.a'),
      await claimsAfter(8 * DAY, 'another.b'),
      await claimsAfter(8 * DAY, 'another.c'),
    ];

    expect(left).toEqual([11, 9, 7]);
    store.close();
  });

  it('takes a wait with a time that never comes', async () => {
    const store = createStoreWith(openFile, { file: ':memory:' });
    await store.wait({ ...createWaiting('1'), dropAt: Number.POSITIVE_INFINITY });

    expect(await store.summary()).toMatchObject({ nextDeadline: STALL });
    expect(await store.claim('turnspan.1', 'answered')).toMatchObject({ claimed: true });
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
