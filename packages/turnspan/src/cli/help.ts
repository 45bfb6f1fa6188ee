import { type Command, type CommandOption, spellOption } from './command';
import { wrap } from './text-width';

const COLUMNS = 80;

/** What can be done at all. */
export function helpOf(commands: readonly Command[]): string {
  const rows = commands.map(({ name, summary }) => [name, summary] as const);
  return [
    'Usage: turnspan <command> [options]',
    '',
    'How WhatsApp rates, limits and restricts your business, and since when; and the\njournal in which the bot keeps this and what happened in its conversations. And\nthe dashboards, rules and alerts over its metrics.',
    '',
    'Commands:',
    ...toLines(rows),
    '',
    'turnspan <command> --help tells the options of a command.',
    '',
  ].join('\n');
}

/** What one command does, and its options. */
export function helpOfCommand({
  name,
  summary,
  notes = [],
  operands = [],
  options,
}: Command): string {
  const rows = [
    ...options.map((option) => [spellOption(option), describe(option)] as const),
    ['--json', 'one JSON document instead of tables'] as const,
    ['--help', 'this text'] as const,
  ];
  return [
    `Usage: turnspan ${[name, ...operands].join(' ')} [options]`,
    '',
    `${summary}.`,
    ...(notes.length > 0 ? ['', ...notes] : []),
    '',
    'Options:',
    ...toLines(rows),
    '',
  ].join('\n');
}

function describe({ meaning, env }: CommandOption): string {
  return env === undefined ? meaning : `${meaning}\n(else the variable ${env})`;
}

/** Two columns; what goes on in a new line stays in the second one. */
function toLines(rows: readonly (readonly [string, string])[]): readonly string[] {
  const width = Math.max(...rows.map(([name]) => name.length)) + 2;
  return rows.flatMap(([name, text]) =>
    text
      .split('\n')
      .flatMap((line) => wrap(line, COLUMNS - width - 2))
      .map((line, index) => `  ${(index === 0 ? name : '').padEnd(width)}${line}`),
  );
}
