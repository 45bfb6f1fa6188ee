import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Text that is kept in `test/golden`; `UPDATE_GOLDEN=1` writes what came instead of comparing. */
export function expectGolden(file: string, text: string): void {
  const path = join(__dirname, '../golden', file);
  if (process.env.UPDATE_GOLDEN) writeFileSync(path, text);
  expect(text).toBe(readFileSync(path, 'utf8'));
}
