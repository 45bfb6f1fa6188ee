import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The built page of a test. */
export interface PageFiles {
  readonly folder: string;
  /** Removes the folder. */
  remove(): void;
}

/** Builds the page as it is now into a folder of its own. */
export function buildPage(): PageFiles {
  const folder = mkdtempSync(join(tmpdir(), 'turnspan-console-'));
  execFileSync(process.execPath, [join(__dirname, '..', '..', 'build.js'), folder]);
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
