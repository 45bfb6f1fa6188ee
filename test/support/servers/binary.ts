import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Where a program is on the PATH; undefined when it is not installed. */
export function findBinary(name: string): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter);
  return folders.map((folder) => join(folder, name)).find(isExecutable);
}

/**
 * `describe` for tests that need a program. Without it they are skipped under a name that says so;
 * on CI, which installs it, they fail instead.
 */
export function describeWith(name: string, run: (binary: string) => void): void {
  const binary = findBinary(name);
  if (binary !== undefined) {
    describe(`with ${name}`, () => run(binary));
  } else if (process.env.CI === 'true') {
    it(`needs ${name}`, () => {
      throw new Error(`${name} is not installed, but CI=true.`);
    });
  } else {
    process.stderr.write(`SKIPPED: ${name} is not installed.\n`);
    it.skip(`needs ${name}, which is not installed`, () => undefined);
  }
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
