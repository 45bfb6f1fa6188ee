import { ending, message, startWriter } from './support/child';
import { createJournal, createPath, DRIVERS, readRows } from './support/journal';

describe.each(DRIVERS)('processes with a journal on %s', (name, openFile) => {
  it('write one new file at once and lose nothing', async () => {
    const file = createPath();
    const names = ['a', 'b', 'c'];

    const writers = names.map((each) => startWriter(file, name, each, '1000', 'close'));
    const endings = Promise.all(writers.map(ending));
    const told = await Promise.all(writers.map(message));

    expect(await endings).toEqual([0, 0, 0]);
    expect(told).toEqual(names.map(() => ({ queued: 0, dropped: 0 })));
    expect(readRows(openFile, file, 'visits')).toHaveLength(3000);
    expect(readRows(openFile, file, 'quality_changes')).toHaveLength(60);
  }, 60_000);

  it('lose what is queued and nothing else when they are killed', async () => {
    const file = createPath();
    const writer = startWriter(file, name, 'a', '500', 'hang');
    const closed = ending(writer);
    const queued = await message(writer);

    process.kill(writer.pid ?? 0, 'SIGKILL');

    expect(await closed).toBe('SIGKILL');
    expect(queued).toBe(510);
    const journal = createJournal(openFile, { file });
    expect(await journal.facts()).toMatchObject([{ value: 'a 450' }]);
    await journal.close();
    expect(readRows(openFile, file, 'visits')).toHaveLength(500);
  }, 60_000);

  it('end as they want to in the middle of a write', async () => {
    const file = createPath();
    const delaysMs = [11, 23, 37, 53, 71];

    const writers = delaysMs.map((ms) => startWriter(file, name, `${ms}`, '100000', String(ms)));

    expect(await Promise.all(writers.map(ending))).toEqual(delaysMs.map(() => 7));
  }, 60_000);

  it('are not kept alive by it', async () => {
    const file = createPath();

    const writer = startWriter(file, name, 'a', '10', 'exit');

    expect(await ending(writer)).toBe(0);
  }, 60_000);
});
