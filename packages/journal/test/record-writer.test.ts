import { TurnspanError } from '@turnspan/core';
import { type Batch, RecordWriter, type RecordWriterOptions } from '../src/record-writer';
import type { JournalRecord } from '../src/records';

const REFUSED = new Error('refused');

/** A writer on a store that fails as it is told to, with what it was asked to write. */
function createWriter(options: Partial<RecordWriterOptions> = {}) {
  const asked: Batch[] = [];
  const failures: Error[] = [];
  const onError = jest.fn();
  const writer = new RecordWriter({
    write: async (batch) => {
      asked.push(batch);
      const failure = failures.shift();
      if (failure) throw failure;
    },
    errors: {
      isRowRefused: (error) => error === REFUSED,
      toStoreError: (cause, detail) => new TurnspanError('STORE_UNAVAILABLE', { detail, cause }),
    },
    maxQueued: 10,
    flushIntervalMs: 1000,
    startTimer: () => () => undefined,
    onError,
    ...options,
  });
  const add = (...hours: number[]) => {
    for (const hour of hours) writer.add(toRecord(hour));
  };
  const hours = () => asked.map(({ records }) => records.map(toHour));
  const ids = () => asked.map(({ id }) => id);
  return { writer, failures, onError, add, hours, ids };
}

describe('RecordWriter', () => {
  it('tries what may have been written again as it was, under the same name', async () => {
    const { writer, failures, add, hours, ids } = createWriter();
    failures.push(new Error('away'), new Error('away'));

    add(1, 2);
    await expect(writer.flush()).rejects.toThrow('The journal was not written');
    add(3);
    await expect(writer.flush()).rejects.toThrow('The journal was not written');
    await writer.flush();

    const [first, second, third, fourth] = ids();
    expect(hours()).toEqual([[1, 2], [1, 2], [1, 2], [3]]);
    expect([second, third]).toEqual([first, first]);
    expect(fourth).not.toBe(first);
  });

  it('tries again what is left of it when the oldest had to be dropped', async () => {
    const { writer, failures, add, hours, ids } = createWriter({ maxQueued: 3 });
    failures.push(new Error('away'));
    add(1, 2);
    await writer.flush().catch(() => undefined);

    add(3, 4);
    await writer.flush();

    expect(hours()).toEqual([[1, 2], [2], [3, 4]]);
    expect(ids()[1]).toBe(ids()[0]);
    expect(writer.dropped).toBe(1);
  });

  it('forgets about what was dropped altogether', async () => {
    const { writer, failures, add, hours, ids } = createWriter({ maxQueued: 2 });
    failures.push(new Error('away'));
    add(1, 2);
    await writer.flush().catch(() => undefined);

    add(3, 4);
    await writer.flush();

    expect(hours()).toEqual([
      [1, 2],
      [3, 4],
    ]);
    expect(ids()[1]).not.toBe(ids()[0]);
  });

  it('gives each record a name of its own where one of several is refused', async () => {
    const { writer, failures, add, hours, ids, onError } = createWriter();
    failures.push(REFUSED, REFUSED, new Error('away'));
    add(1, 2, 3);

    await expect(writer.flush()).rejects.toThrow('The journal was not written');
    await writer.flush();

    expect(hours()).toEqual([[1, 2, 3], [1], [2], [2], [3]]);
    expect(new Set(ids()).size).toBe(4);
    expect(ids()[3]).toBe(ids()[2]);
    expect([writer.queued, writer.dropped, onError.mock.calls.length]).toEqual([0, 1, 2]);
  });

  it('writes nothing until the store is open, and reports once that it is not', async () => {
    const open = jest.fn().mockRejectedValueOnce('no').mockRejectedValueOnce('no');
    const { writer, add, hours, onError } = createWriter({ open });
    writer.start();
    add(1);

    await expect(writer.flush()).rejects.toThrow('The journal was not written');
    const before = hours();
    await writer.flush();

    expect(before).toEqual([]);
    expect(hours()).toEqual([[1]]);
    expect(onError).toHaveBeenCalledTimes(1);
  });
});

function toRecord(hour: number): JournalRecord {
  const place = { channel: '', line: '', flow: '', node: '' };
  const row = { hour, ...place, status: 'sent', class: '', code: '', count: 1 } as const;
  return { kind: 'delivery', row };
}

function toHour(record: JournalRecord): number {
  return record.kind === 'delivery' ? record.row.hour : Number.NaN;
}
