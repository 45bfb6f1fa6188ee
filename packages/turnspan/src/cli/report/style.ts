import type { CommandIo } from '../command-io';
import { createPaint } from '../paint';
import type { Paint } from '../table';

/** How a report looks. */
export interface Style {
  readonly heading: Paint;
  readonly paint: Paint;
}

/** Makes headings bold and states coloured where somebody looks, unless NO_COLOR says otherwise. */
export function createStyle(io: Pick<CommandIo, 'stdout' | 'env'>): Style {
  const isPlain = !io.stdout.isTTY || io.env.NO_COLOR;
  return {
    heading: isPlain ? (line) => line : (line) => `\u001b[1m${line}\u001b[0m`,
    paint: createPaint(io),
  };
}
