import { describeSharedStore, describeStore } from '@turnspan/testing';
import { createStoreWith } from '../src/create-sqlite-store';
import { createPath, DRIVERS } from './support/journal';

describe.each(DRIVERS)('a store on %s', (_name, openFile) => {
  const cases = describeStore({
    createStore: (origin) => createStoreWith(openFile, { file: createPath('store.db'), origin }),
  });

  it.each(cases)('%s', (_case, run) => run());
});

describe.each(DRIVERS)('stores of two processes on %s', (_name, openFile) => {
  const cases = describeSharedStore({
    openStores: async ({ origin, now }) => {
      const clock = { now, tick: now };
      const options = { file: createPath('store.db'), origin, clock };
      return [createStoreWith(openFile, options), createStoreWith(openFile, options)];
    },
  });

  it.each(cases)('%s', (_case, run) => run());
});
