import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Runs Node in this package's folder, with the sources of the workspace within reach. */
export async function runNode(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<string> {
  const { stdout } = await run(
    process.execPath,
    ['--require', require.resolve('./typescript'), ...args],
    { cwd: join(__dirname, '../..'), env: { ...process.env, ...env } },
  );
  return stdout;
}
