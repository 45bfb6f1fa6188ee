import type { CommandIo } from './command-io';

/** An option that a command takes. */
export interface CommandOption {
  /** As it is typed, without the dashes. */
  readonly name: string;
  /**
   * What stands for the value in the help text.
   * @default it takes none
   */
  readonly value?: string;
  /** The variable of the environment that stands in for it. */
  readonly env?: string;
  readonly meaning: string;
}

/** What was typed after the command, completed from the environment. */
export interface CommandArguments {
  /** The answer is to be one JSON document. */
  readonly json: boolean;
  /** What the command is about, in the order of its operands. */
  readonly operands: readonly string[];
  /** By the name of the option; empty for one that takes no value and undefined if it is not given. */
  readonly values: Readonly<Record<string, string | undefined>>;
}

/** One command, such as `quality now`. */
export interface Command {
  /** The words it is called by. */
  readonly name: string;
  /** What it does, in one line. */
  readonly summary: string;
  /** What more there is to know, line by line. */
  readonly notes?: readonly string[];
  /**
   * What has to follow the name, in this order, as the help text shows it; what may be left out
   * stands last, in brackets.
   * @default nothing
   */
  readonly operands?: readonly string[];
  readonly options: readonly CommandOption[];
  /** Options that may not be given together. */
  readonly exclusive?: readonly string[];
  /** Does it, and gives the exit code. Throws a `UsageError` at a value that it does not take. */
  run(args: CommandArguments, io: CommandIo): Promise<number>;
}

/** Where the journal is, for every command that reads it. */
export const JOURNAL_OPTION: CommandOption = {
  name: 'journal',
  value: 'FILE',
  env: 'TURNSPAN_JOURNAL',
  meaning: 'the journal that the bot writes, or its postgres:// URL',
};

/** An option as it is typed. */
export function spellOption({ name, value }: CommandOption): string {
  return value === undefined ? `--${name}` : `--${name} ${value}`;
}
