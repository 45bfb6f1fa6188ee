import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describeWith } from './support/binary';

describeWith('promtool', (promtool) => {
  it('finds nothing to complain of in the exposition', () => {
    const input = readFileSync(join(__dirname, 'golden/script.txt'));

    const { status, stdout, stderr } = spawnSync(promtool, ['check', 'metrics'], { input });

    expect(`${stdout}${stderr}`).toBe('');
    expect(status).toBe(0);
  });
});
