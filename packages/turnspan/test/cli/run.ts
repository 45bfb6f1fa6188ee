import { type CommandIo, main } from '../../src/cli';

/** What a command did. */
export interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** The time in these tests. */
export const NOW: number = Date.UTC(2026, 10, 23, 12, 0);
export const MINUTE = 60_000;
export const HOUR: number = 60 * MINUTE;
export const DAY: number = 24 * HOUR;

/** Runs a command line as a shell would cut it, in a world of its own. */
export async function run(
  words: readonly string[],
  { isTTY = false, ...io }: Partial<CommandIo> & { readonly isTTY?: boolean } = {},
): Promise<Ran> {
  const written = { stdout: '', stderr: '' };
  const code = await main(words, {
    stdout: { isTTY, write: (text) => (written.stdout += text) },
    stderr: { write: (text) => (written.stderr += text) },
    env: {},
    now: () => NOW,
    fetch: () => Promise.reject(new Error('This test calls nobody.')),
    nodeVersion: '20.20.2',
    untilStopped: async () => undefined,
    ...io,
  });
  return { code, ...written };
}
