import { expectGolden, widthOfLines } from './cli/golden';
import { run } from './cli/run';

describe('help', () => {
  it.each([
    ['help', ['--help']],
    ['help', []],
    ['help', ['-h']],
    ['help-report', ['report', '--help']],
    ['help-investigate', ['investigate', '--help']],
    ['help-compare', ['compare', '--help']],
    ['help-experiment', ['experiment', '--help']],
    ['help-experiment-list', ['experiment', 'list', '--help']],
    ['help-experiment-show', ['experiment', 'show', '--help']],
    ['help-experiment-power', ['experiment', 'power', '--help']],
    ['help-experiment-stop', ['experiment', 'stop', '--help']],
    ['help-experiment-templates', ['experiment', 'templates', '--help']],
    ['help-experiment-resume', ['experiment', 'resume', '--help']],
    ['help-console', ['console', '--help']],
    ['help-quality', ['quality', '--help']],
    ['help-quality-now', ['quality', 'now', '--help']],
    ['help-quality-history', ['quality', 'history', '-h', '--since', 'yesterday']],
    ['help-journal', ['journal', '--help']],
    ['help-journal-migrate', ['journal', 'migrate', '--help']],
    ['help-journal-prune', ['journal', 'prune', '--help']],
    ['help-journal-export', ['journal', 'export', '--help']],
    ['help-grafana-export', ['grafana', 'export', '--help']],
    ['help-doctor', ['doctor', '--help']],
  ])('%s.txt answers %j', async (name, words) => {
    const { code, stdout, stderr } = await run(words);

    expect([code, stderr]).toEqual([0, '']);
    expectGolden(name, stdout);
    expect(widthOfLines(stdout)).toBeLessThanOrEqual(80);
  });
});

describe('a command that is typed wrongly', () => {
  const history = ['quality', 'history', '--journal', 'journal.db'];
  const journal = ['journal', 'export', '--journal', 'journal.db'];

  it.each([
    [
      ['qualty', 'now'],
      'There is no command `qualty`. There are `report`, `investigate`, `compare`, `experiment list`, `experiment show`, `experiment power`, `experiment stop`, `experiment resume`, `experiment templates`, `console`, `quality now`, `quality history`, `journal migrate`, `journal prune`, `journal export`, `grafana export` and `doctor`;',
    ],
    [['qualty', '--help'], 'There is no command `qualty`.'],
    [['--json'], 'Say a command first;'],
    [['quality'], 'Say `quality now` or `quality history`;'],
    [['quality', 'later'], 'Say `quality now` or `quality history`;'],
    [['doctor', '--fix'], '`turnspan doctor` has no option --fix.'],
    [['doctor', '--no-json'], '`turnspan doctor` has no option --no-json.'],
    [['doctor', '--json=yes'], '`turnspan doctor` has no option --json.'],
    [['doctor', 'now'], '`turnspan doctor` takes options and no other words.'],
    [['doctor', '--account'], '--account needs a value: --account ID.'],
    [['doctor', '--account', '--json'], '--account needs a value: --account ID.'],
    [['doctor', '--account', 'mine'], '--account takes the id of an account'],
    [['doctor', '--account='], '--account needs a value: --account ID.'],
    [['doctor', '--webhook', 'example.com'], '--webhook takes an address that begins with'],
    [['doctor', '--base-url', 'file:///x'], '--base-url takes an address that begins with'],
    [['doctor', '--access-token', 'two words'], 'The access token has a space'],
    [['journal'], 'Say `journal migrate`, `journal prune` or `journal export`;'],
    [['journal', 'prune'], 'Say where the journal is: --journal FILE, or TURNSPAN_JOURNAL.'],
    [['journal', 'migrate', '--journal', 'redis://:hidden@here'], '--journal takes the path of'],
    [['journal', 'prune', '--journal', 'j', '--older-than', '0d'], '--older-than takes a time'],
    [journal, 'Say where to: --out FILE, or --out - for stdout.'],
    [[...journal, '--out', '-'], 'Say the format: --format csv, jsonl or xes.'],
    [[...journal, '--out', '-', '--table', 'leases'], '--table takes one of visits, journeys,'],
    [[...journal, '--out', '-', '--resume=yes'], '--resume takes no value.'],
    [[...journal, '--out', '-', '--format', 'csv', '--resume'], '--resume takes a file:'],
    [[...journal, '--out', 'x', '--format', 'xes', '--resume'], 'XES cannot be resumed;'],
    [
      [...journal, '--out', 'x', '--format', 'xes', '--table', 'journeys'],
      '--format xes takes --table visits only.',
    ],
    [['grafana'], 'Say `grafana export`;'],
    [['grafana', 'export'], 'Say where to: --out DIR.'],
    [['grafana', 'export', '--out', 'x', '--format', 'helm'], '--format takes one of files,'],
    [['grafana', 'export', '--out', 'x', '--force=yes'], '--force takes no value.'],
    [
      ['grafana', 'export', '--out', 'x', '--config', 'no-such-file.yaml'],
      '--config takes a file that can be read; no-such-file.yaml cannot (ENOENT).',
    ],
    [
      ['grafana', 'export', '--out', 'x', '--grafana-url', 'grafana.example.com'],
      '--grafana-url takes an address that begins with',
    ],
    [
      ['grafana', 'export', '--out', 'x', '--format', 'kubernetes', '--tempo-url', 'http://t'],
      '--prometheus-url and --tempo-url are for --format files.',
    ],
    [[...history, '--phone', '1', '--account', '2'], 'Give only one of --phone and --account.'],
    [[...history, '--attribute', 'mood'], '--attribute takes one of rating, status,'],
    [[...history, '--since', 'yesterday'], '--since takes a time ago, as 30m, 12h, 30d or 4w,'],
    [[...history, '--since', '2026-13-01'], '--since takes a time ago'],
    [[...history, '--until', '99999999999w'], '--until takes a time ago'],
  ])('%j: %s', async (words, message) => {
    const { code, stdout, stderr } = await run(words);

    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(`turnspan: ${message}`);
  });

  it.each([
    [['doctor', '--json', 'EAAsecret']],
    [['doctor', '--acces-token', 'EAAsecret']],
    [['doctor', '--acces-token=EAAsecret']],
    [['doctor', '--access-token', 'EAAsecret', '--webhook', 'EAAsecret']],
    [['doctor', '--access-token', 'EAAsecret two']],
    [['quality', 'now', '--journal', 'redis://:EAAsecret@here']],
    [['quality', 'now', '--journal', 'postgres://me:EAAsecret@[']],
    [['doctor', '--journal', 'mysql://me:EAAsecret@here']],
  ])('%j is answered without the values', async (words) => {
    const { code, stderr } = await run(words);

    expect(code).toBe(2);
    expect(stderr).not.toContain('EAAsecret');
  });
});
