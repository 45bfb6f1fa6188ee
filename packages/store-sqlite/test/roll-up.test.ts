import { migrate } from '../src/migrate';
import { MIGRATIONS } from '../src/migrations';
import { createVisit, ended, HOUR, settled, T0 } from './support/events';
import { createJournal, createPath, DRIVERS, readRows } from './support/journal';

const PLACE = `'order', 'v1', '', 'whatsapp', '15550001', 'u1', 's1'`;

describe.each(DRIVERS)('the sums of the hours on %s', (_name, openFile) => {
  it('are made of the rows when an older journal is opened, and go on from there', async () => {
    const file = createPath();
    const old = openFile(file);
    migrate(old, { steps: MIGRATIONS.slice(0, 2), now: T0 });
    const insertVisit = (index: number, at: number, wait: number | null) =>
      old.exec(`insert into visits (journey_id, visit_index, node, at, kind, flow, version, variant,
        channel, line, user_key, session_id, outcome, entered_at, wait_seconds)
        values ('j1', ${index}, 'size', ${at}, 'question', ${PLACE}, 'advanced', ${T0}, ${wait})`);
    insertVisit(1, T0 + 5000, 4.9);
    insertVisit(2, T0 + HOUR - 1, null);
    insertVisit(3, T0 + HOUR, 1);
    old.exec(`insert into journeys (journey_id, at, flow, version, variant, channel, line, user_key,
      session_id, entry, outcome, started_at, seconds, turns)
      values ('j1', ${T0 + 60_000}, ${PLACE}, 'user', 'completed', ${T0}, 60, 4)`);
    old.close();

    const journal = createJournal(openFile, { file });
    journal.observe(settled());
    journal.observe(settled({ visit: createVisit({ index: 4 }), processingSeconds: 0.5 }));
    journal.observe(ended());
    await journal.close();

    const columns = (table: string, from: number) =>
      readRows(openFile, file, table).map((row) => Object.values(row).slice(from));
    expect(columns('visit_hours', 7)).toEqual([
      ['advanced', 3, 2, expect.closeTo(9.8), 0.5],
      ['advanced', 1, 1, 1, 0],
    ]);
    expect(columns('journey_hours', 6)).toEqual([['user', 'completed', 1, 60, 4]]);
  });
});
