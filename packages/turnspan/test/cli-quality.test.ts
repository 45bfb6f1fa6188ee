import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expectGolden, widthOfLines } from './cli/golden';
import { foldersForTests, HISTORY, writeJournal } from './cli/journal';
import { DAY, HOUR, NOW, run } from './cli/run';

const newFolder = foldersForTests();

describe('turnspan quality now', () => {
  it('draws what is known, for 80 columns', async () => {
    const journal = await writeJournal(newFolder());

    const ran = await run(['quality', 'now', '--journal', journal]);

    expect(ran).toMatchObject({ code: 0, stderr: '' });
    expectGolden('quality-now', ran.stdout);
    expect(widthOfLines(ran.stdout)).toBeLessThanOrEqual(80);
  });

  it('says since when nobody has looked', async () => {
    const journal = await writeJournal(newFolder());

    const { stdout } = await run(['quality', 'now', '--journal', journal], {
      now: () => NOW + 2 * HOUR + DAY,
    });

    expect(stdout).toContain('1 d ago !');
    expect(stdout).toContain('! Nobody has looked since 2026-11-23 11:56 UTC');
  });

  it('leaves out what has ended by itself', async () => {
    const journal = await writeJournal(newFolder());

    const { stdout } = await run(['quality', 'now', '--journal', journal], {
      now: () => NOW + HOUR,
    });

    expect(stdout).not.toContain('PAUSED');
  });

  it('gives JSON as plugin.quality() does', async () => {
    const journal = await writeJournal(newFolder());

    const { stdout } = await run(['quality', 'now', '--json'], {
      env: { TURNSPAN_JOURNAL: journal },
    });

    const { phones, templates, ...rest } = JSON.parse(stdout);
    expect(rest).toMatchObject({ at: NOW, journal, accounts: [{}], portfolios: [{}] });
    expect(templates).toHaveLength(2);
    expect(phones).toEqual([
      {
        id: '106540352242922',
        name: 'Lucky Shrub',
        accountId: '102290129340398',
        attributes: {
          rating: {
            value: 'YELLOW',
            since: NOW - 3 * DAY,
            observedAt: NOW - 4 * 60_000,
            source: 'poll',
          },
          status: {
            value: 'CONNECTED',
            since: NOW - 12 * DAY,
            observedAt: NOW - 4 * 60_000,
            source: 'poll',
          },
        },
      },
    ]);
  });

  it('says so when nothing is known', async () => {
    const journal = await writeJournal(newFolder(), []);

    const { code, stdout } = await run(['quality', 'now', '--journal', journal]);

    expect([code, stdout]).toEqual([
      0,
      'The journal knows of no number, template or account yet.\n',
    ]);
  });

  it('fits names of any width, and lets none of them control the terminal', async () => {
    const [first] = HISTORY;
    if (!first) throw new Error('There is a history.');
    const name = '幸运灌木园艺有限公司幸运灌木园艺有限公司\u001b[31m🌵🌵🌵🌵🌵🌵🌵🌵🌵';
    const journal = await writeJournal(newFolder(), [
      { ...first, subject: { ...first.subject, name } },
    ]);

    const { stdout } = await run(['quality', 'now', '--journal', journal]);

    expect(stdout).not.toContain('\u001b');
    expect(stdout).toContain('\n幸运灌木园艺有限公司   rating');
  });

  it.each([
    ['a terminal', {}, true],
    ['a terminal with NO_COLOR', { NO_COLOR: '1' }, false],
  ])('has colours on %s: %j, %s', async (_name, env, isColoured) => {
    const journal = await writeJournal(newFolder());

    const { stdout } = await run(['quality', 'now', '--journal', journal], { env, isTTY: true });

    expect(stdout.includes('\u001b[31mRED\u001b[0m')).toBe(isColoured);
  });
});

describe('turnspan quality history', () => {
  it('draws every series, with its gaps, for 80 columns', async () => {
    const journal = await writeJournal(newFolder());

    const ran = await run(['quality', 'history', '--journal', journal]);

    expect(ran).toMatchObject({ code: 0, stderr: '' });
    expectGolden('quality-history', ran.stdout);
    expect(widthOfLines(ran.stdout)).toBeLessThanOrEqual(80);
  });

  it.each([
    [
      ['--phone', '106540352242922'],
      ['rating', 'status'],
    ],
    [['--phone', '106540352242922', '--attribute', 'rating'], ['rating']],
    [
      ['--template', 'seasonal_promotion_autumn'],
      ['rating', 'status'],
    ],
    [['--account', '102290129340398'], ['restriction']],
    [['--phone', '1'], []],
  ])('tells %j only', async (words, attributes) => {
    const journal = await writeJournal(newFolder());

    const { stdout } = await run(['quality', 'history', '--journal', journal, '--json', ...words]);

    const { entries } = JSON.parse(stdout) as { entries: { attribute: string }[] };
    expect([...new Set(entries.map(({ attribute }) => attribute))]).toEqual(attributes);
  });

  it.each([
    [['--since', '1h'], 1],
    [['--since', '4d'], 2],
    [['--until', '2026-11-11T12:30Z'], 1],
    [['--until', '2026-11-01'], 0],
    [['--since', '2026-11-20T13:00', '--until', '2026-11-21T00:00+01:00'], 1],
    [['--since', '2026-11-19T12:00', '--until', '2026-11-20T11:59Z'], 1],
  ])('keeps to %j', async (words, count) => {
    const journal = await writeJournal(newFolder());
    const about = ['--phone', '106540352242922', '--attribute', 'rating'];

    const { stdout } = await run([
      ...['quality', 'history', '--journal', journal, '--json'],
      ...[...about, ...words],
    ]);

    expect(JSON.parse(stdout).entries).toHaveLength(count);
  });

  it('gives JSON as journal.timeline() does', async () => {
    const journal = await writeJournal(newFolder());

    const { stdout } = await run(['quality', 'history', '--journal', journal, '--json']);

    expect(JSON.parse(stdout)).toMatchObject({ at: NOW, journal });
    expect(JSON.parse(stdout).entries[0]).toEqual({
      subject: {
        kind: 'phone',
        id: '106540352242922',
        name: 'Lucky Shrub',
        accountId: '102290129340398',
      },
      attribute: 'rating',
      value: 'GREEN',
      from: NOW - 12 * DAY,
      to: expect.any(Number),
      source: 'poll',
      known: true,
    });
  });

  it('says so when nothing is known', async () => {
    const journal = await writeJournal(newFolder());

    const { stdout } = await run(['quality', 'history', '--journal', journal, '--phone', '1']);

    expect(stdout).toBe('The journal knows nothing of it.\n');
  });
});

describe.each([['now'], ['history']])('a journal for turnspan quality %s', (command) => {
  it('is never made', async () => {
    const file = join(newFolder(), 'journal.db');

    const { code, stdout, stderr } = await run(['quality', command, '--journal', file]);

    expect([code, stdout, existsSync(file)]).toEqual([1, '', false]);
    expect(stderr).toContain(`There is no journal ${file}.`);
  });

  it('has to be one', async () => {
    const file = join(newFolder(), 'journal.db');
    writeFileSync(file, 'Dear diary, today nothing happened. '.repeat(40));
    chmodSync(file, 0o600);

    const { code, stderr } = await run(['quality', command, '--journal', file, '--json']);

    expect(code).toBe(1);
    expect(stderr).toContain('turnspan: The store cannot be read or written.');
    expect(readFileSync(file, 'utf8')).toContain('Dear diary');
  });

  it('keeps what is older than its own retention', async () => {
    const file = await writeJournal(newFolder());
    const later = () => NOW + 400 * DAY;

    await run(['quality', command, '--journal', file], { now: later });
    const { stdout } = await run(['quality', 'history', '--journal', file, '--json']);

    expect(JSON.parse(stdout).entries).toHaveLength(9);
  });

  it('has to be named', async () => {
    const { code, stderr } = await run(['quality', command], { env: { TURNSPAN_JOURNAL: '' } });

    expect(code).toBe(2);
    expect(stderr).toBe(
      'turnspan: Say where the journal is: --journal FILE, or TURNSPAN_JOURNAL.\n',
    );
  });
});
