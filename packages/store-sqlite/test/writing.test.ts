import { type TrackerEvent, TurnspanError } from '@turnspan/core';
import fc from 'fast-check';
import {
  changed,
  createVisit,
  delivery,
  ended,
  MINUTE,
  preference,
  qualityEvent,
  responded,
  settled,
  T0,
} from './support/events';
import { createJournal, createPath, createTimers, DRIVERS, readRows } from './support/journal';

const visits = (count: number): TrackerEvent[] =>
  Array.from({ length: count }, (_, index) => settled({ visit: createVisit({ index }) }));

describe.each(DRIVERS)('writing on %s', (_name, openFile) => {
  it('happens by itself, after a while, together', async () => {
    const timers = createTimers();
    const journal = createJournal(openFile, { startTimer: timers.startTimer });

    for (const event of visits(250)) journal.observe(event);
    const queued = journal.queued;
    timers.runAll(1000);
    await journal.flush();

    expect([queued, journal.queued, journal.dropped]).toEqual([250, 0, 0]);
    await journal.close();
    expect(timers.timers.size).toBe(0);
  });

  it('drops the oldest when too much is queued, and counts it', async () => {
    const file = createPath();
    const journal = createJournal(openFile, { file, maxQueued: 10 });

    for (const event of visits(25)) journal.observe(event);
    const counts = [journal.queued, journal.dropped];
    await journal.close();

    expect(counts).toEqual([10, 15]);
    const indexes = readRows(openFile, file, 'visits').map(
      (row) => (row as { visit_index: number }).visit_index,
    );
    expect(indexes).toEqual([15, 16, 17, 18, 19, 20, 21, 22, 23, 24]);
  });

  it('waits for another connection without keeping anybody waiting, and loses nothing', async () => {
    const file = createPath();
    const onError = jest.fn();
    const timers = createTimers();
    const journal = createJournal(openFile, { file, onError, startTimer: timers.startTimer });
    const other = openFile(file);
    other.exec('begin immediate');

    for (const event of visits(3)) journal.observe(event);
    await expect(journal.flush()).rejects.toThrow('The journal was not written');
    await expect(journal.flush()).rejects.toThrow('database is locked');
    const counts = [journal.queued, journal.dropped];
    expect(await journal.facts()).toEqual([]);
    other.exec('rollback');
    timers.runAll(1000);
    await journal.flush();

    expect(counts).toEqual([3, 0]);
    expect([journal.queued, journal.dropped]).toEqual([0, 0]);
    expect(onError).toHaveBeenCalledTimes(1);
    expect(onError.mock.calls[0][0]).toMatchObject({ code: 'STORE_UNAVAILABLE' });
    expect(readRows(openFile, file, 'visits')).toHaveLength(3);
    other.close();
    await journal.close();
  });

  it('tries again by itself', async () => {
    const file = createPath();
    const timers = createTimers();
    const startTimer = timers.startTimer;
    const journal = createJournal(openFile, { file, onError: jest.fn(), startTimer });
    const other = openFile(file);
    other.exec('begin immediate');
    journal.observe(settled());

    timers.runAll(1000);
    await journal.facts();
    other.exec('rollback');
    timers.runAll(1000);
    while (journal.queued > 0) await new Promise(setImmediate);

    expect(readRows(openFile, file, 'visits')).toHaveLength(1);
    other.close();
    await journal.close();
  });

  it('does without a record that the store refuses, and tells', async () => {
    const file = createPath();
    const onError = jest.fn();
    const journal = createJournal(openFile, { file, onError });

    journal.observe(settled({ visit: createVisit({ index: 1 }) }));
    journal.observe(settled({ visit: createVisit({ index: Number.NaN }) }));
    journal.observe(settled({ visit: createVisit({ index: 2 }) }));
    await journal.flush();

    expect([journal.queued, journal.dropped]).toEqual([0, 1]);
    expect(onError.mock.calls.map(([error]) => error.message)).toEqual([
      expect.stringContaining('The journal refused a visit'),
    ]);
    expect(readRows(openFile, file, 'visits')).toHaveLength(2);
    await journal.close();
  });

  it('loses and counts what cannot be written at the end', async () => {
    const file = createPath();
    const onError = jest.fn();
    const journal = createJournal(openFile, { file, onError, lockTimeoutMs: 20 });
    const other = openFile(file);
    other.exec('begin immediate');
    journal.observe(settled());

    await journal.close();
    other.close();

    expect([journal.queued, journal.dropped]).toEqual([0, 1]);
    expect(onError).toHaveBeenCalledTimes(1);
  });

  it('is over once the journal is closed, reading too, and closing again is fine', async () => {
    const journal = createJournal(openFile);
    await journal.close();

    journal.observe(settled());
    await journal.close();
    await journal.flush();

    expect([journal.queued, journal.dropped]).toEqual([0, 1]);
    for (const call of [journal.facts(), journal.timeline({ kind: 'phone' }), journal.prune(T0)]) {
      await expect(call).rejects.toThrow(TurnspanError);
    }
  });

  it('keeps to the retention by itself', async () => {
    const timers = createTimers();
    const clock = { time: T0, now: () => clock.time, tick: () => 0 };
    const file = createPath();
    const journal = createJournal(openFile, { file, clock, startTimer: timers.startTimer });
    journal.observe(settled());
    await journal.flush();
    clock.time = T0 + 91 * 24 * 60 * MINUTE;

    timers.runAll(6 * 60 * MINUTE);
    // What is asked for later is done later.
    await journal.prune(T0);

    expect(readRows(openFile, file, 'visits')).toEqual([]);
    await journal.close();
  });

  it('takes any events in any order, any number of times, and tells the same in the end', async () => {
    const value = fc.constantFrom('GREEN', 'YELLOW', 'RED');
    const change = fc.record({ value, minutes: fc.nat(2000), late: fc.nat(200) });
    const other = fc.constantFrom(
      settled(),
      settled({ outcome: 'dropped', waitSeconds: undefined }),
      ended(),
      responded(),
      delivery(),
      preference(),
      qualityEvent(),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(change, { maxLength: 8, selector: ({ minutes }) => minutes }),
        fc.array(other, { maxLength: 8 }),
        fc.infiniteStream(fc.nat()),
        async (changes, others, order) => {
          const told = changes.map(({ value: to, minutes, late }) => {
            const at = T0 + minutes * MINUTE;
            return changed({ value: to, at, observedAt: at + late * MINUTE });
          });
          const events: TrackerEvent[] = [...told, ...others];
          const shuffled = [...events, ...events]
            .map((event) => ({ event, rank: order.next().value }))
            .sort((a, b) => a.rank - b.rank);

          const expected = await tell(events);
          const actual = await tell(shuffled.map(({ event }) => event));

          expect(actual).toEqual(expected);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('throws at nothing that could be told', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(settled(), ended(), responded(), delivery(), preference(), changed()),
        fc.anything(),
        fc.string({ unit: 'binary' }),
        async (event, junk, text) => {
          const journal = createJournal(openFile, { onError: () => undefined });

          journal.observe({ ...event, ...(junk as object) });
          journal.observe({ kind: event.kind } as TrackerEvent);
          journal.observe(junk as TrackerEvent);
          journal.observe(changed({ value: text, reason: text }));
          await journal.flush();

          expect(journal.queued).toBe(0);
          await journal.close();
        },
      ),
      { numRuns: 100 },
    );
  });

  it.each([
    ['\u0000', ''],
    ['a\u0000b', 'ab'],
    ["'; drop table visits; --", "'; drop table visits; --"],
    ['👍🏽', '👍🏽'],
    ['\ud800', '\ufffd'],
  ])('gives %j back as far as a text can hold it', async (reason, expected) => {
    const journal = createJournal(openFile);
    journal.observe(changed({ reason }));

    const [fact] = await journal.facts();

    expect(fact?.reason).toBe(expected);
    await journal.close();
  });

  async function tell(events: readonly TrackerEvent[]): Promise<unknown> {
    const clock = { now: () => T0 + 3000 * MINUTE, tick: () => 0 };
    const journal = createJournal(openFile, { clock });
    for (const event of events) journal.observe(event);
    const told = [await journal.facts(), await journal.timeline({ kind: 'phone' })];
    expect(journal.dropped).toBe(0);
    await journal.close();
    return told;
  }
});
