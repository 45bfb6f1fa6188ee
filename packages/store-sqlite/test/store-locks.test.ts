import { createStoreWith } from '../src/create-sqlite-store';
import type { OpenFile } from '../src/drivers';
import { createPath, DRIVERS, readRows } from './support/journal';
import { createWaiting } from './support/store';

const BUSY = { code: 'STORE_UNAVAILABLE', message: expect.stringContaining('Another process') };

describe.each(DRIVERS)('a store on %s that another connection has locked', (_name, openFile) => {
  it('answers later, in the order in which it was asked', async () => {
    const { file, store, unlock } = await createLocked(openFile);

    const answers = [store.wait(createWaiting('2')), store.claim('turnspan.2', 'answered')];
    const seen = store.shared.see('key', 1000);
    const arePending = answers.map((answer) => answer instanceof Promise);
    unlock();

    expect(arePending).toEqual([true, true]);
    expect(await Promise.all(answers)).toMatchObject([undefined, { claimed: true }]);
    expect(await seen).toBe(true);
    expect(readRows(openFile, file, 'waits')).toHaveLength(1);
    store.close();
  });

  it('answers at once again when all have their answer', async () => {
    const { store, unlock } = await createLocked(openFile);
    const waited = store.wait(createWaiting('2'));
    unlock();
    await waited;

    expect(store.claim('turnspan.2', 'answered')).toMatchObject({ claimed: true });
    store.close();
  });

  it('reads as ever', async () => {
    const { store, unlock } = await createLocked(openFile);

    expect(store.summary()).toMatchObject({ counts: [{ waiting: 1 }] });
    unlock();
    store.close();
  });

  it('rejects in the end, and has written nothing', async () => {
    const { store, unlock } = await createLocked(openFile);

    await expect(store.claim('turnspan.1', 'answered')).rejects.toMatchObject(BUSY);
    unlock();

    expect(store.claim('turnspan.1', 'answered')).toMatchObject({ claimed: true });
    store.close();
  });

  it('writes what it was told when it is closed', async () => {
    const { file, store, unlock } = await createLocked(openFile);
    const waited = store.wait(createWaiting('2'));
    unlock();

    store.close();

    await waited;
    expect(readRows(openFile, file, 'waits')).toHaveLength(2);
  });
});

/** A store in which one waits, and what lets go of its file. */
async function createLocked(openFile: OpenFile) {
  const file = createPath('store.db');
  const store = createStoreWith(openFile, { file, lockTimeoutMs: 20 });
  await store.wait(createWaiting('1'));
  const other = openFile(file);
  other.exec('begin immediate');
  const unlock = () => {
    other.exec('rollback');
    other.close();
  };
  return { file, store, unlock };
}
