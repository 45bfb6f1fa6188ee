import { holdRollUps } from '../../journal/test/support/hold-roll-ups';
import { createJournal, createPath, DRIVERS } from './support/journal';

describe.each(DRIVERS)('the sums of a journal on %s', (_name, openFile) => {
  it('are what the analyses make of its rows, whatever is told, and by whom', async () => {
    const open = async () => {
      const file = createPath();
      const [one, other] = [createJournal(openFile, { file }), createJournal(openFile, { file })];
      return { journals: [one, other] as const, remove: async () => undefined };
    };

    await expect(holdRollUps(open, 30)).resolves.toBeUndefined();
  }, 120_000);
});
