import { attempt } from '@turnspan/core';
import type { JournalRow, RowColumns } from '@turnspan/journal';
import type { RowFormat } from './row-format';

/** One JSON object in each line; times are milliseconds since 1970. */
export function createJsonLines({ time, key, others }: RowColumns): RowFormat {
  const columns = [time, ...key, ...others];
  return {
    order: 'time',
    head: '',
    toText: (row) => `${JSON.stringify(row)}\n`,
    toEnd: () => '',
    reading: {
      hasQuotes: false,
      beginning: `{${JSON.stringify(time)}:`,
      parse: (text) => {
        const row = Object(attempt<unknown>(() => JSON.parse(text), ignore)) as JournalRow;
        return Object.keys(row).join() === columns.join() ? row : undefined;
      },
    },
  };
}

function ignore(): undefined {}
