import { describeJournal } from '@turnspan/testing';
import { createJournalWith } from '../src/create-sqlite-journal';
import { createPath, DRIVERS, readRows } from './support/journal';

describe.each(DRIVERS)('the journal on %s', (_name, openFile) => {
  const cases = describeJournal({
    openJournal: (setup) => {
      const file = createPath();
      return {
        open: () => createJournalWith(openFile, { file, ...setup }),
        readRows: async (table) =>
          readRows(openFile, file, table) as readonly Readonly<Record<string, unknown>>[],
        remove: async () => undefined,
      };
    },
  });

  it.each(cases)('%s', (_case, run) => run());
});
