import { existsSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expectGolden } from './cli/golden';
import { foldersForTests, writeJournal } from './cli/journal';
import { DAY, NOW, run } from './cli/run';
import { toVisits, writeVisits } from './cli/visits';

const newFolder = foldersForTests();
const FORMATS = [['csv'], ['jsonl']] as const;

const exportTo = (journal: string, out: string, words: readonly string[]) =>
  run(['journal', 'export', '--journal', journal, '--out', out, ...words]);

describe('turnspan journal export', () => {
  it.each([['csv'], ['jsonl'], ['xes']])('writes %s to stdout', async (format) => {
    const journal = await writeVisits(newFolder());

    const ran = await exportTo(journal, '-', ['--format', format]);

    expect(ran).toMatchObject({ code: 0, stderr: 'Wrote 6 rows of visits to stdout.\n' });
    // A golden file has no line ends but its own.
    expectGolden(`export-${format}`, ran.stdout.replaceAll('\r', ''));
  });

  it.each([['csv'], ['jsonl'], ['xes']])('writes %s to a file for its owner', async (format) => {
    const folder = newFolder();
    const journal = await writeVisits(folder);
    const out = join(folder, 'out');
    const { stdout } = await exportTo(journal, '-', ['--format', format]);

    const ran = await exportTo(journal, out, ['--format', format]);

    expect(ran).toEqual({ code: 0, stdout: `Wrote 6 rows of visits to ${out}.\n`, stderr: '' });
    expect(readFileSync(out, 'utf8')).toBe(stdout);
    expect(statSync(out).mode & 0o777).toBe(0o600);
  });

  it('ends the lines of CSV as RFC 4180 wants', async () => {
    const journal = await writeVisits(newFolder());

    const { stdout } = await exportTo(journal, '-', ['--format', 'csv']);

    expect(stdout.split('\r\n')).toHaveLength(10);
    expect(stdout).not.toMatch(/[^\r]\n/);
  });

  it('says as JSON what was done', async () => {
    const journal = await writeVisits(newFolder());
    const words = ['--format', 'jsonl', '--json', '--since', '2w'];

    const { stdout, stderr } = await exportTo(journal, '-', words);

    expect(stdout.trimEnd().split('\n')).toHaveLength(6);
    expect(JSON.parse(stderr)).toEqual({
      at: NOW,
      journal,
      out: '-',
      table: 'visits',
      format: 'jsonl',
      since: NOW - 14 * DAY,
      until: NOW,
      resumed: false,
      rows: 6,
    });
  });

  it.each([
    [['--since', '9d'], 0],
    [['--since', '2026-11-13T12:15'], 4],
    [['--until', '2026-11-13T12:15'], 2],
    [['--table', 'journeys'], 0],
    [['--table', 'visit_hours'], 3],
    [['--table', 'quality_changes'], 0],
  ])('keeps to %j', async (words, count) => {
    const journal = await writeVisits(newFolder());

    const { stdout } = await exportTo(journal, '-', ['--format', 'jsonl', ...words]);

    expect(stdout.split('\n').length - 1).toBe(count);
  });

  it('writes quality as it is stored', async () => {
    const journal = await writeJournal(newFolder());
    const words = ['--format', 'jsonl', '--table', 'quality_changes'];

    const { stdout } = await exportTo(journal, '-', words);

    const first = JSON.parse(stdout.split('\n')[0] ?? '');
    expect(first).toMatchObject({
      at: NOW - 12 * DAY,
      kind: 'phone',
      value: 'GREEN',
      reason: null,
    });
  });

  it.each(FORMATS)('goes on with %s wherever it broke off', async (format) => {
    const folder = newFolder();
    const journal = await writeVisits(folder);
    const { stdout } = await exportTo(journal, '-', ['--format', format]);
    const whole = Buffer.from(stdout);
    const out = join(folder, 'out');
    const results: boolean[] = [];

    for (let length = 0; length <= whole.length; length += 83) {
      writeFileSync(out, whole.subarray(0, length));
      await exportTo(journal, out, ['--format', format, '--resume']);
      results.push(readFileSync(out).equals(whole));
    }

    expect(results).not.toContain(false);
    expect(results.length).toBeGreaterThan(10);
    expect(statSync(out).mode & 0o777).toBe(0o600);
  });

  it.each(FORMATS)('reads more rows than fit in memory at once, %s', async (format) => {
    const folder = newFolder();
    const journal = await writeVisits(folder, toVisits(2500));
    const [whole, half] = [join(folder, 'whole'), join(folder, 'half')];
    const words = ['--format', format, '--until', '2026-12-31', '--resume'];

    await exportTo(journal, whole, words);
    writeFileSync(half, readFileSync(whole));
    truncateSync(half, 250_001);
    const { stdout } = await exportTo(journal, half, [...words, '--json']);

    expect(JSON.parse(stdout)).toMatchObject({ resumed: true });
    expect(JSON.parse(stdout).rows).toBeLessThan(2000);
    expect(readFileSync(half).equals(readFileSync(whole))).toBe(true);
  });

  it.each([
    ['csv', 'at,price\r\n1,2\r\n'],
    ['csv', 'dear diary'],
    ['jsonl', '{"at":1}\n'],
    ['jsonl', 'dear diary'],
  ])('leaves a file alone that is no %s of it: %j', async (format, text) => {
    const folder = newFolder();
    const journal = await writeVisits(folder);
    const out = join(folder, 'out');
    writeFileSync(out, text);

    const ran = await exportTo(journal, out, ['--format', format, '--resume']);
    const refused = await exportTo(journal, out, ['--format', format]);

    expect([ran.code, refused.code, readFileSync(out, 'utf8')]).toEqual([1, 1, text]);
    expect(ran.stderr).toContain('was not made by this export');
    expect(refused.stderr).toContain('exists. Choose another file, or go on with it by --resume.');
  });

  it('says of XES that another file is needed', async () => {
    const journal = await writeVisits(newFolder());

    const { code, stderr } = await exportTo(journal, journal, ['--format', 'xes']);

    expect([code, stderr.includes('--resume')]).toEqual([1, false]);
    expect(stderr).toContain('exists. Choose another file.');
  });

  it('makes no file without a journal', async () => {
    const out = join(newFolder(), 'out');

    const { code } = await exportTo(`${out}.db`, out, ['--format', 'csv']);

    expect([code, existsSync(out)]).toEqual([1, false]);
  });

  it.each([
    [true, true],
    [false, false],
  ])('shows how far it is on a terminal: %s', async (isTTY, isShown) => {
    const folder = newFolder();
    const journal = await writeVisits(folder);
    let shown = '';
    const stderr = { isTTY, write: (text: string) => (shown += text) };
    const words = ['journal', 'export', '--journal', journal, '--format', 'csv'];

    await run([...words, '--out', join(folder, 'out')], { stderr });

    expect(shown.includes('] 6 rows')).toBe(isShown);
  });
});
