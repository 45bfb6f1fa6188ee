import { TurnspanError } from '@turnspan/core';
import { migrate } from '../src/migrate';
import { MIGRATIONS } from '../src/migrations';
import { changed, MINUTE, T0 } from './support/events';
import { createClock, createJournal, createPath, DRIVERS, readRows } from './support/journal';

const NAME = 'turnspan:poller:1';

describe.each(DRIVERS)('the lease of a journal on %s', (_name, openFile) => {
  it('is had by exactly one of two', async () => {
    const file = createPath();
    const [one, other] = [createJournal(openFile, { file }), createJournal(openFile, { file })];

    const answers = [
      await one.lease.acquire(NAME, MINUTE),
      await other.lease.acquire(NAME, MINUTE),
    ];

    expect(answers).toEqual([true, false]);
    for (const journal of [one, other]) await journal.close();
  });

  it('is had by exactly one of several that ask at once', async () => {
    const file = createPath();
    const journals = [1, 2, 3].map(() => createJournal(openFile, { file }));

    const answers = await Promise.all(journals.map(({ lease }) => lease.acquire(NAME, MINUTE)));

    expect(answers.filter(Boolean)).toHaveLength(1);
    await Promise.all(journals.map((journal) => journal.close()));
  });

  it('is one for each name', async () => {
    const file = createPath();
    const [one, other] = [createJournal(openFile, { file }), createJournal(openFile, { file })];

    const answers = [
      await one.lease.acquire('a', MINUTE),
      await other.lease.acquire('b', MINUTE),
      await one.lease.acquire('b', MINUTE),
    ];

    expect(answers).toEqual([true, true, false]);
    for (const journal of [one, other]) await journal.close();
  });

  it('is taken over when it has run out, and not before', async () => {
    const [file, clock] = [createPath(), createClock()];
    const one = createJournal(openFile, { file, clock });
    const other = createJournal(openFile, { file, clock });

    const answers = [await one.lease.acquire(NAME, MINUTE)];
    clock.time = T0 + MINUTE - 1;
    answers.push(await other.lease.acquire(NAME, MINUTE));
    clock.time = T0 + MINUTE;
    answers.push(await other.lease.acquire(NAME, MINUTE), await one.lease.acquire(NAME, MINUTE));

    expect(answers).toEqual([true, false, true, false]);
    for (const journal of [one, other]) await journal.close();
  });

  it('lasts as long as it is renewed', async () => {
    const [file, clock] = [createPath(), createClock()];
    const one = createJournal(openFile, { file, clock });
    const other = createJournal(openFile, { file, clock });

    const answers: boolean[] = [];
    for (let beat = 0; beat < 4; beat += 1) {
      answers.push(await one.lease.acquire(NAME, MINUTE), await other.lease.acquire(NAME, MINUTE));
      clock.time += MINUTE / 3;
    }

    expect(answers).toEqual([true, false, true, false, true, false, true, false]);
    for (const journal of [one, other]) await journal.close();
  });

  it('is free again when its journal is closed, after the last write, and others keep theirs', async () => {
    const file = createPath();
    const [one, other] = [createJournal(openFile, { file }), createJournal(openFile, { file })];
    await one.lease.acquire('a', MINUTE);
    await other.lease.acquire('b', MINUTE);
    one.observe(changed());

    await one.close();

    expect(readRows(openFile, file, 'leases')).toMatchObject([{ name: 'b' }]);
    expect(await other.facts()).toHaveLength(1);
    expect(await other.lease.acquire('a', MINUTE)).toBe(true);
    await other.close();
  });

  it('is not taken by what asks while its journal is being closed', async () => {
    const file = createPath();
    const journal = createJournal(openFile, { file });

    const closed = journal.close();
    await Promise.allSettled([journal.lease.acquire(NAME, MINUTE), closed]);
    await journal.lease.acquire(NAME, MINUTE).catch(() => false);

    expect(readRows(openFile, file, 'leases')).toEqual([]);
  });

  it('rejects while another process keeps the file locked, and nothing has changed after that', async () => {
    const file = createPath();
    const [one, other] = [createJournal(openFile, { file }), createJournal(openFile, { file })];
    await one.lease.acquire(NAME, MINUTE);
    const locker = openFile(file);
    locker.exec('begin immediate');

    const error = await one.lease.acquire(NAME, MINUTE).catch((reason: unknown) => reason);
    locker.exec('rollback');
    locker.close();

    expect(error).toBeInstanceOf(TurnspanError);
    expect(error).toMatchObject({
      code: 'STORE_UNAVAILABLE',
      message: expect.stringContaining(`The lease ${NAME} was not asked for: database is locked`),
    });
    expect(await other.lease.acquire(NAME, MINUTE)).toBe(false);
    expect(await one.lease.acquire(NAME, MINUTE)).toBe(true);
    for (const journal of [one, other]) await journal.close();
  });

  it('comes to a journal of the first version, which keeps what it has', async () => {
    const file = createPath();
    const old = openFile(file);
    migrate(old, { steps: MIGRATIONS.slice(0, 1), now: T0 });
    old.exec("insert into quality_events (at, kind, subject, event) values (1, 'phone', '1', 'X')");
    old.close();

    const journal = createJournal(openFile, { file });

    expect(await journal.lease.acquire(NAME, MINUTE)).toBe(true);
    await journal.close();
    expect(readRows(openFile, file, 'quality_events')).toHaveLength(1);
  });
});
