import { createStoreWith } from '../src/create-sqlite-store';
import { migrate } from '../src/migrate';
import { STORE_SCHEMA } from '../src/store-schema';
import { DAY, T0 } from './support/events';
import { createClock, createPath, DRIVERS, readRows } from './support/journal';
import { createWaiting } from './support/store';

describe.each(DRIVERS)('a store on %s', (_name, openFile) => {
  it('brings a file up to date whose claims are of no message', async () => {
    const file = createPath('store.db');
    const before = openFile(file);
    migrate(before, { ...STORE_SCHEMA, steps: STORE_SCHEMA.steps.slice(0, 3), now: T0 });
    before.exec(`insert into claims values ('turnspan.1', 'answered', ${T0 + DAY})`);
    before.close();

    const store = createStoreWith(openFile, { file, clock: createClock() });

    for (const by of [undefined, '', 'message']) {
      expect(await store.claim('turnspan.1', 'answered', by)).toEqual({
        claimed: false,
        reason: 'answered',
      });
    }
    expect(await store.untold.list(T0 + DAY, 10)).toEqual([]);
    store.close();
  });

  it('keeps for the next process whose a claim is, and what was dropped', async () => {
    const file = createPath('store.db');
    const open = () => createStoreWith(openFile, { file, clock: createClock() });
    const before = open();
    await before.wait(createWaiting('1'));
    await before.wait({ ...createWaiting('2'), stallAt: T0 + DAY });
    await before.claim('turnspan.1', 'answered', 'message');
    await before.settle(await before.takeDue({ now: T0 + DAY, limit: 10, leaseMs: 1000 }));
    before.close();

    const store = open();

    expect(await store.claim('turnspan.1', 'answered', 'message')).toMatchObject({ claimed: true });
    expect(await store.untold.list(T0 + 1, 10)).toMatchObject([{ id: 'turnspan.2' }]);
    store.close();
  });

  it('deletes drops that nobody has forgotten after eight days, a few at a time', async () => {
    const clock = createClock();
    const file = createPath('store.db');
    const store = createStoreWith(openFile, { file, clock });
    const settle = async (name: string, time: number): Promise<number> => {
      clock.time = time;
      await store.wait({ ...createWaiting(name), stallAt: T0 + DAY });
      await store.settle(await store.takeDue({ now: T0 + DAY, limit: 10, leaseMs: 1000 }));
      return readRows(openFile, file, 'untold').length;
    };
    for (let index = 0; index < 5; index += 1) await settle(String(index), T0);

    const kept = [
      await settle('a', T0 + 8 * DAY - 1),
      await settle('b', T0 + 8 * DAY),
      await settle('c', T0 + 8 * DAY),
    ];

    expect(kept).toEqual([6, 4, 3]);
    store.close();
  });
});
