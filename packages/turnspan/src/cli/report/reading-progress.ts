import type { CommandOutput } from '../command-io';

const WIDTH = 30;

/** Shows in the last line of a terminal how much is read, and nothing where nobody looks. */
export async function withProgress<T>(
  output: CommandOutput,
  read: (onProgress: (done: number) => void) => Promise<T>,
): Promise<T> {
  const draw = (line: string) => void (output.isTTY && output.write(`\r${line}\u001b[K`));
  try {
    return await read((done) => {
      draw(`Reading the journal [${'#'.repeat(Math.round(done * WIDTH)).padEnd(WIDTH, '.')}]`);
    });
  } finally {
    draw('');
  }
}
