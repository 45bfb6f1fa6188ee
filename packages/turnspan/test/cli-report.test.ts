import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expectGolden, widthOfLines } from './cli/golden';
import { foldersForTests, writeJournal } from './cli/journal';
import { DAY, NOW, run } from './cli/run';
import { FAULT_DAY, RATING, writeStory } from './cli/story';

const newFolder = foldersForTests();
const folder = mkdtempSync(join(tmpdir(), 'turnspan-report-'));
let journal = '';

beforeAll(async () => {
  journal = await writeStory(folder);
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const toDate = (day: number) => new Date(NOW - (40 - day) * DAY).toISOString().slice(0, 10);
const BEFORE = `${toDate(FAULT_DAY - 14)}..${toDate(FAULT_DAY - 1)}`;
const AFTER = `${toDate(FAULT_DAY + 1)}..${toDate(FAULT_DAY + 8)}`;

describe('a long answer', () => {
  it.each([
    ['report', ['report']],
    ['report-flow', ['report', '--since', '30d', '--flow', 'order']],
    ['investigate', ['investigate']],
    ['compare-periods', ['compare', BEFORE, AFTER]],
    ['compare-versions', ['compare', 'v1', 'v2', '--flow', 'order']],
  ])('%s.txt fits 80 columns', async (name, words) => {
    const { code, stdout, stderr } = await run([...words, '--journal', journal]);

    expect([code, stderr]).toEqual([0, '']);
    expectGolden(name, stdout);
    expect(widthOfLines(stdout)).toBeLessThanOrEqual(80);
  });

  it('has colours on a terminal only, and none with NO_COLOR', async () => {
    const words = ['report', '--journal', journal];

    const [terminal, plain, pipe] = await Promise.all([
      run(words, { isTTY: true }),
      run(words, { isTTY: true, env: { NO_COLOR: '1' } }),
      run(words),
    ]);

    expect(terminal.stdout).toContain('\u001b[1mLook at this first\u001b[0m');
    expect(plain.stdout).toBe(pipe.stdout);
    expect(pipe.stdout).not.toContain('\u001b');
  });
});

describe('--json', () => {
  it.each([
    ['report', ['report'], { headline: expect.stringContaining('door_code of order') }],
    ['investigate', ['investigate'], { at: RATING.at, answer: { kind: 'found' } }],
    ['compare', ['compare', BEFORE, AFTER], { kind: 'observational', nodes: expect.any(Array) }],
  ])('%s gives one document', async (_name, words, document) => {
    const { code, stdout } = await run([...words, '--json', '--journal', journal]);

    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ journal, ...document });
    expect(stdout).not.toContain('NaN');
  });

  it('the suspect is where the fault was planted', async () => {
    const { stdout } = await run(['investigate', '--json', '--journal', journal]);

    const { answer } = JSON.parse(stdout);
    expect(answer.value.suspects[0].subject).toEqual({
      kind: 'node',
      flow: 'order',
      node: 'door_code',
    });
  });
});

describe('what cannot be answered', () => {
  const BAD = 'A period is two dates, as 2026-01-01..2026-01-07.';

  it.each<readonly [readonly string[], number, string]>([
    [['report', '--since', '1d', '--until', '2d'], 2, '--since has to be before --until'],
    [['report', '--flow', 'ordr'], 2, 'nobody was in a flow ordr. Did you mean order?'],
    [['report', '--flow', 'weather'], 2, 'nobody was in a flow weather. There are coupon, order.'],
    [['report', '--since', '90d', '--until', '60d'], 1, 'Nothing was settled between'],
    [['report', 'now'], 2, '`turnspan report` takes options and no other words.'],
    [['compare', 'v1'], 2, 'Say what to compare: `turnspan compare A B`.'],
    [['compare', 'v1', 'v2'], 2, 'Say two periods, as 2026-01-01..2026-01-07, or versions'],
    [['compare', 'v1', 'v3', '--flow', 'order'], 2, 'Nobody was in version v3 of order, but in'],
    [['compare', 'v1', AFTER], 2, 'Give two periods or two versions, not one of each.'],
    [['compare', '2026..', AFTER], 2, BAD],
    [['compare', '2026-01-07..2026-01-01', AFTER], 2, 'ends before it begins.'],
    [['investigate', '--at', 'yesterday'], 2, '--at takes a time ago'],
  ])('%j is told in a sentence, with exit code %i', async (words, exit, sentence) => {
    const { code, stdout, stderr } = await run([...words, '--journal', journal]);

    expect([code, stdout]).toEqual([exit, '']);
    expect(stderr).toContain(sentence);
  });

  it.each(['report', 'investigate'])('%s of no journal', async (command) => {
    const { code, stderr } = await run([command, '--journal', join(newFolder(), 'none.db')]);

    expect(code).toBe(1);
    expect(stderr).toContain('There is no journal');
  });

  it('a journal without visits', async () => {
    const file = await writeJournal(newFolder());

    const reported = await run(['report', '--journal', file]);
    const investigated = await run(['investigate', '--journal', file]);

    expect([reported.code, investigated.code]).toEqual([1, 1]);
    expect(reported.stderr).toContain('The journal has no visits yet');
    expect(investigated.stdout).toContain('Not enough data:');
  });
});
