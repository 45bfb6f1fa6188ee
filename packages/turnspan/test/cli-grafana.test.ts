import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createExport, readDashboards } from '@turnspan/grafana';
import { describeWith } from '../../../test/support/servers/binary';
import { expectGolden, widthOfLines } from './cli/golden';
import { foldersForTests } from './cli/journal';
import { NOW, run } from './cli/run';

const newFolder = foldersForTests();
const RULES = 'prometheus/turnspan.rules.yaml';
const FILES = createExport(readDashboards());
const MANIFESTS = createExport(readDashboards(), { format: 'kubernetes' });

/** The files below a folder, with slashes. */
function list(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => statSync(join(folder, path)).isFile())
    .sort();
}

describe('turnspan grafana export', () => {
  it.each([
    ['grafana-export-files', [], FILES],
    ['grafana-export-kubernetes', ['--format', 'kubernetes'], MANIFESTS],
  ])('writes all files and says what comes next: %s.txt', async (name, words, files) => {
    const out = join(newFolder(), 'observability');

    const { code, stdout, stderr } = await run(['grafana', 'export', '--out', out, ...words]);

    expect([code, stderr]).toEqual([0, '']);
    expect(list(out)).toEqual(files.map(({ path }) => path).sort());
    for (const { path, text } of files) expect(readFileSync(join(out, path), 'utf8')).toBe(text);
    const shown = stdout.replace(out, 'DIR');
    expectGolden(name, shown);
    expect(widthOfLines(shown)).toBeLessThanOrEqual(80);
  });

  it('writes nothing twice', async () => {
    const out = newFolder();
    const words = ['grafana', 'export', '--out', out];
    await run(words);

    const { code, stdout } = await run(words);

    expect(code).toBe(0);
    expect(stdout).toContain(`Wrote 0 of ${FILES.length} files to ${out}.`);
  });

  it('refuses files that are not the same, and touches none', async () => {
    const out = newFolder();
    mkdirSync(join(out, 'prometheus'));
    writeFileSync(join(out, RULES), 'groups: []\n');

    const { code, stdout, stderr } = await run(['grafana', 'export', '--out', out]);

    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toContain(`In ${out} these are not the same: ${RULES}. Nothing was written;`);
    expect(list(out)).toEqual([RULES]);
    expect(readFileSync(join(out, RULES), 'utf8')).toBe('groups: []\n');
  });

  it('replaces them by --force, and lets other files be', async () => {
    const out = newFolder();
    mkdirSync(join(out, 'prometheus'));
    writeFileSync(join(out, RULES), 'groups: []\n');
    writeFileSync(join(out, 'mine.yaml'), 'mine\n');

    const ran = await run(['grafana', 'export', '--out', out, '--force', '--json']);

    const states = FILES.map(({ path }) => ({ path, state: path === RULES ? 'replaced' : 'new' }));
    expect(JSON.parse(ran.stdout)).toEqual({ at: NOW, out, format: 'files', files: states });
    expect(readFileSync(join(out, RULES), 'utf8')).toContain('turnspan_counts');
    expect(readFileSync(join(out, 'mine.yaml'), 'utf8')).toBe('mine\n');
  });

  it('takes settings and addresses from whoever gives them', async () => {
    const out = newFolder();
    const config = join(out, 'alerts.yaml');
    writeFileSync(
      config,
      'thresholds:\n  sweepLag: 7\nlinks:\n  grafana: https://no.example.com\n',
    );
    const addresses = Object.entries({
      grafana: 'https://grafana.example.com/',
      runbooks: 'https://runbooks.example.com',
      prometheus: 'https://prometheus.example.com',
      tempo: 'https://tempo.example.com',
    }).flatMap(([name, url]) => [`--${name}-url`, url]);

    const ran = await run(['grafana', 'export', '--out', out, '--config', config, ...addresses]);

    const rules = readFileSync(join(out, RULES), 'utf8');
    const sources = readFileSync(join(out, 'provisioning/datasources/turnspan.yaml'), 'utf8');
    expect(ran.code).toBe(0);
    expect(rules).toMatch(/turnspan_sweep_lag_seconds.* > 7$/m);
    expect(rules).toContain('https://grafana.example.com/d/turnspan-quality');
    expect(rules).toContain('https://runbooks.example.com/whatsapp-quality-red.md');
    expect(rules).not.toContain('no.example.com');
    expect(sources).toContain('url: https://prometheus.example.com\n');
    expect(sources).toContain('url: https://tempo.example.com\n');
  });

  it.each([
    ['thresholds: [', 'The configuration is neither YAML nor JSON.'],
    ['durations:\n  interval: 600\n', 'Expected `durations.interval` to be seconds, more than 0'],
    ['threshold: {}\n', 'There is no setting `threshold`; there are durations,'],
  ])('refuses the settings %j', async (text, sentence) => {
    const folder = newFolder();
    const config = join(folder, 'alerts.yaml');
    const out = join(folder, 'out');
    writeFileSync(config, text);

    const ran = await run(['grafana', 'export', '--out', out, '--config', config]);

    expect(ran.code).toBe(1);
    expect(ran.stderr).toContain(sentence);
    expect(list(folder)).toEqual(['alerts.yaml']);
  });

  it('says which file stands in its way', async () => {
    const out = join(newFolder(), 'file');
    writeFileSync(out, '');

    const { code, stderr } = await run(['grafana', 'export', '--out', out]);

    expect(code).toBe(1);
    expect(stderr).toContain('cannot be read (ENOTDIR); choose another folder by --out.');
  });
});

describeWith('promtool', (promtool) => {
  it('takes the rules that were written', async () => {
    const out = newFolder();
    await run(['grafana', 'export', '--out', out]);

    const { status, stdout } = spawnSync(promtool, ['check', 'rules', join(out, RULES)], {
      encoding: 'utf8',
    });

    expect(stdout).toMatch(/SUCCESS: \d\d+ rules found/);
    expect(status).toBe(0);
  });
});

describeWith('amtool', (amtool) => {
  it('takes the example that was written', async () => {
    const out = newFolder();
    await run(['grafana', 'export', '--out', out]);

    const example = join(out, 'alertmanager/turnspan.example.yaml');
    const { status, stdout } = spawnSync(amtool, ['check-config', example], { encoding: 'utf8' });

    expect(stdout).toContain('3 inhibit rules');
    expect(status).toBe(0);
  });
});
