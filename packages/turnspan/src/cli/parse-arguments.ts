import { parseArgs } from 'node:util';
import { type Command, type CommandArguments, type CommandOption, spellOption } from './command';
import type { CommandIo } from './command-io';
import { UsageError } from './usage-error';

/** What was asked for: a command with its arguments, or only to be told about it. */
export type Request =
  | { readonly kind: 'help' }
  | { readonly kind: 'run'; readonly args: CommandArguments };

type Token = NonNullable<ReturnType<typeof parseTokens>>[number];

/**
 * Reads what was typed after the name of a command. Values are in no message: one that stands in
 * the wrong place may be a secret.
 */
export function parseArguments(
  command: Command,
  words: readonly string[],
  env: CommandIo['env'],
): Request {
  const tokens = parseTokens(command, words);
  if (tokens.some((token) => token.kind === 'option' && isHelp(token))) return { kind: 'help' };
  const typed = new Map(tokens.flatMap((token) => readToken(command, token)));
  checkExclusive(command, typed);
  const values = command.options.map(
    ({ name, env: variable }) =>
      [name, typed.get(name) ?? ((variable && env[variable]) || undefined)] as const,
  );
  const operands = readOperands(command, tokens);
  const json = typed.has('json');
  return { kind: 'run', args: { json, operands, values: Object.fromEntries(values) } };
}

function parseTokens({ options }: Command, words: readonly string[]) {
  const texts = options.map(
    ({ name, value }) => [name, { type: value === undefined ? 'boolean' : 'string' }] as const,
  );
  const { tokens } = parseArgs({
    args: [...words],
    options: {
      ...Object.fromEntries(texts),
      json: { type: 'boolean' },
      help: { type: 'boolean', short: 'h' },
    },
    strict: false,
    tokens: true,
  });
  return tokens;
}

function readOperands(
  { name, operands = [] }: Command,
  tokens: readonly Token[],
): readonly string[] {
  const words = tokens.flatMap((token) => (token.kind === 'positional' ? [token.value] : []));
  const needed = operands.filter((operand) => !operand.startsWith('[')).length;
  if (words.length >= needed && words.length <= operands.length) return words;
  if (operands.length === 0) {
    throw new UsageError(`\`turnspan ${name}\` takes options and no other words.`);
  }
  const verb = name.split(' ').at(-1);
  throw new UsageError(`Say what to ${verb}: \`turnspan ${name} ${operands.join(' ')}\`.`);
}

function isHelp(token: Extract<Token, { kind: 'option' }>): boolean {
  return token.name === 'help';
}

function readToken(command: Command, token: Token): readonly (readonly [string, string])[] {
  if (token.kind === 'option-terminator') return [];
  if (token.kind === 'positional') return [];
  const { name, rawName, value } = token;
  if (name === 'json' && value === undefined) return [[name, '']];
  const option = command.options.find((each) => each.name === name);
  if (!option) throw new UsageError(`\`turnspan ${command.name}\` has no option ${rawName}.`);
  return [[name, readValue(option, token)]];
}

function readValue(option: CommandOption, token: Extract<Token, { kind: 'option' }>): string {
  const { rawName, value } = token;
  if (option.value === undefined) {
    if (value === undefined) return '';
    throw new UsageError(`${rawName} takes no value.`);
  }
  if (typeof value === 'string' && value !== '' && !looksLikeOption(token)) return value;
  throw new UsageError(`${rawName} needs a value: ${spellOption(option)}.`);
}

/** `--journal --json` is a value that was forgotten; `--journal=--json` is meant. */
function looksLikeOption({ value, inlineValue }: Extract<Token, { kind: 'option' }>): boolean {
  return inlineValue === false && value?.startsWith('--') === true;
}

function checkExclusive({ exclusive = [] }: Command, typed: ReadonlyMap<string, string>): void {
  const given = exclusive.filter((name) => typed.has(name)).map((name) => `--${name}`);
  if (given.length > 1) throw new UsageError(`Give only one of ${given.join(' and ')}.`);
}
