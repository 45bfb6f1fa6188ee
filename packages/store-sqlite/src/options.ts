import {
  invalidOption,
  JOURNAL_DEFAULTS,
  type JournalNumbers,
  type JournalOptions,
  readJournalNumbers,
} from '@turnspan/journal';

/** Where the journal is, and what it keeps. */
export interface SqliteJournalOptions extends JournalOptions {
  /**
   * The file, made with its folder where they are missing, for their owner only; `:memory:` for a
   * journal that ends with the process.
   */
  readonly file: string;
  /**
   * How long opening and closing wait for another process that holds the file.
   * @default 5000
   */
  readonly lockTimeoutMs?: number | undefined;
}

/** The options that are numbers. */
export type Numbers = JournalNumbers & { readonly lockTimeoutMs: number };

/** The defaults of the options that are numbers. */
export const DEFAULTS: Numbers = { ...JOURNAL_DEFAULTS, lockTimeoutMs: 5000 };

/** The numbers among the options with their defaults; throws at what no option takes. */
export function readNumbers(options: SqliteJournalOptions): Numbers {
  if (typeof options.file !== 'string' || options.file === '') {
    throw invalidOption('file', 'the path of a file', options.file);
  }
  const lockTimeoutMs = options.lockTimeoutMs ?? DEFAULTS.lockTimeoutMs;
  if (!(Number.isFinite(lockTimeoutMs) && lockTimeoutMs >= 0)) {
    throw invalidOption('lockTimeoutMs', 'a number from 0 up', lockTimeoutMs);
  }
  return { ...readJournalNumbers(options), lockTimeoutMs };
}
