import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeWith } from '../../../test/support/servers/binary';

describeWith('promtool', (promtool) => {
  it('finds nothing to complain of in the exposition', () => {
    const input = readGolden('script.txt');

    const { status, stdout, stderr } = spawnSync(promtool, ['check', 'metrics'], { input });

    expect(`${stdout}${stderr}`).toBe('');
    expect(status).toBe(0);
  });

  it('takes the exposition as OpenMetrics', () => {
    const folder = mkdtempSync(join(tmpdir(), 'turnspan-'));
    const file = join(folder, 'script.txt');
    writeFileSync(file, withTimes(readGolden('script.openmetrics.txt')));

    const { status, stderr } = spawnSync(
      promtool,
      ['tsdb', 'create-blocks-from', 'openmetrics', '--quiet', file, folder],
      { encoding: 'utf8' },
    );

    rmSync(folder, { recursive: true });
    expect(stderr).toBe('');
    expect(status).toBe(0);
  });
});

function readGolden(file: string): string {
  return readFileSync(join(__dirname, 'golden', file), 'utf8');
}

/** promtool reads OpenMetrics only to import it, which takes samples that have a time. */
function withTimes(text: string): string {
  return text.replace(/^([^#\n].*? \S+)((?: # .*)?)$/gm, '$1 1767603600$2');
}
