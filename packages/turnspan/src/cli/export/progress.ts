import type { CommandOutput } from '../command-io';

const WIDTH = 30;

/** Shows how far it is. */
export interface Progress {
  /** The share is between 0 and 1, or undefined where nobody knows. */
  show(rows: number, share: number | undefined): void;
  clear(): void;
}

/** Draws a bar in the last line of a terminal, and nothing where nobody looks. */
export function createProgress(output: CommandOutput): Progress {
  const draw = (line: string) => void (output.isTTY && output.write(`\r${line}\u001b[K`));
  return {
    show: (rows, share) => {
      const full = Math.round(Math.min(Math.max(share ?? 0, 0), 1) * WIDTH);
      const bar = share === undefined ? '' : `[${'#'.repeat(full).padEnd(WIDTH, '.')}] `;
      draw(`${bar}${rows} rows`);
    },
    clear: () => draw(''),
  };
}
