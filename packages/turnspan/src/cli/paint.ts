import type { CommandIo } from './command-io';
import type { Paint } from './table';

const ESCAPE = '\u001b[';
const RESET = `${ESCAPE}0m`;

/** The words that have a colour, by its number. */
const COLOURS: Readonly<Record<string, number>> = {
  GREEN: 32,
  ok: 32,
  YELLOW: 33,
  skipped: 33,
  RED: 31,
  wrong: 31,
};

/** Gives words their colour where somebody looks at them, unless NO_COLOR says otherwise. */
export function createPaint({ stdout, env }: Pick<CommandIo, 'stdout' | 'env'>): Paint {
  if (!stdout.isTTY || env.NO_COLOR) return (line) => line;
  return (line) => {
    const colour = COLOURS[line];
    return colour === undefined ? line : `${ESCAPE}${colour}m${line}${RESET}`;
  };
}
