import type { JournalTables } from '@turnspan/journal';
import { Kysely } from 'kysely';
import { BatchWriter } from '../src/batch-writer';
import type { OpenFile } from '../src/drivers';
import { JournalFile } from '../src/journal-file';
import { openDatabase } from '../src/open-database';
import { isRowRefused } from '../src/sqlite-error';
import { SqliteThread } from '../src/sqlite-thread';
import type { Ask } from '../src/statement';
import { runHere, toStatement } from '../src/statement';
import { createStatementDialect } from '../src/statement-dialect';
import { THREAD_SOURCE } from '../src/thread-source';
import { createVisit, settled, T0 } from './support/events';
import { createJournal, createPath, DRIVERS, readRows } from './support/journal';

const UNABLE = "throw new Error('There are no threads here.');";

describe.each(DRIVERS)('the thread of a journal on %s', (_name, openFile) => {
  it('is done without where there can be none, which is told once', async () => {
    const file = createPath();
    const onError = jest.fn();
    const journal = createJournal(openFile, { file, onError }, UNABLE);
    journal.observe(settled());

    await expect(journal.flush()).rejects.toThrow('There are no threads here.');
    journal.observe(settled({ visit: createVisit({ index: 2 }) }));
    await journal.flush();

    expect(readRows(openFile, file, 'visits')).toHaveLength(2);
    expect(onError.mock.calls.map(([{ message }]) => message)).toEqual([
      expect.stringContaining('The thread of the bot does without it'),
    ]);
    await journal.close();
  });

  it('leaves a batch that it had written when it ended as it is', async () => {
    const { file, writer, close } = createWriter(openFile, endAfter('commit'));
    const batch = { id: 'batch', records: [{ kind: 'delivery', row: DELIVERY }] } as const;

    await expect(writer.write(batch, 0)).rejects.toThrow('The thread that keeps SQLite');
    await writer.write(batch, 0);
    await writer.write({ ...batch, id: 'next' }, 0);

    expect(readRows(openFile, file, 'delivery_hours')).toMatchObject([{ count: 2 }]);
    await close();
  });

  it('takes what was written of a batch with it when it ends before that is committed', async () => {
    const { file, writer, close } = createWriter(
      openFile,
      endAfter('insert into "delivery_hours"'),
    );
    const rows = { ...DELIVERY, flow: 'order' };
    const records = [
      { kind: 'delivery', row: DELIVERY },
      { kind: 'delivery', row: rows },
    ] as const;

    await expect(writer.write({ id: 'batch', records }, 0)).rejects.toThrow(
      'The thread that keeps',
    );
    const before = readRows(openFile, file, 'delivery_hours');
    await writer.write({ id: 'batch', records }, 0);

    expect(before).toEqual([]);
    expect(readRows(openFile, file, 'delivery_hours')).toHaveLength(2);
    await close();
  });

  it('says what was wrong with a statement as the driver does', async () => {
    const file = createPath();
    const database = openDatabase({ file, openFile, timeoutMs: 1000, now: T0 });
    const thread = new SqliteThread({ file, driver: openFile.driver, timeoutMs: 0 });
    const statement = toStatement('insert into leases (name) values (?)', ['a']);

    const here = await fail(async () => runHere(database, statement));
    const there = await fail(() => thread.ask(statement));

    expect([isRowRefused(here), isRowRefused(there)]).toEqual([true, true]);
    expect(there).toMatchObject({ message: expect.stringContaining('NOT NULL') });
    await thread.end();
    await expect(thread.ask(statement)).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
    database.close();
  });
});

const DELIVERY = {
  hour: T0,
  channel: 'whatsapp',
  line: '1',
  flow: '',
  node: '',
  status: 'sent',
  class: '',
  code: '',
  count: 1,
} as const;

/** What writes batches with a thread of one's choice. */
function createWriter(openFile: OpenFile, source: string) {
  const path = createPath();
  const database = openDatabase({ file: path, openFile, timeoutMs: 1000, now: T0 });
  const file = new JournalFile({ file: path, source, openFile, database, onError: jest.fn() });
  const ask: Ask = (statement) => file.ask(statement);
  const dialect = createStatementDialect(ask);
  const writer = new BatchWriter({
    ask,
    database: new Kysely<JournalTables>({ dialect }),
    now: () => T0,
  });
  return { file: path, writer, close: () => file.close() };
}

/** A thread that ends when it has run a statement that begins so, before it answers. */
function endAfter(sql: string): string {
  return `
const { parentPort: port } = require('node:worker_threads');
const post = port.postMessage.bind(port);
let last;
port.on('message', ([, sql]) => { last = sql; });
port.postMessage = (reply) => (last?.startsWith('${sql}') ? process.exit(1) : post(reply));
{ ${THREAD_SOURCE} }`;
}

async function fail(run: () => Promise<unknown>): Promise<unknown> {
  try {
    return await run();
  } catch (error) {
    return error;
  }
}
