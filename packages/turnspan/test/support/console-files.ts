import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

const CONSOLE = join(__dirname, '..', '..', '..', 'console');

/** Bundles the page where no build has done so yet. */
export function bundlePage(): void {
  if (existsSync(join(CONSOLE, 'dist', 'web', 'manifest.json'))) return;
  execFileSync(process.execPath, [join(CONSOLE, 'build.js')]);
}
