import { TurnspanError } from '@turnspan/core';
import type { Command } from './command';
import type { CommandIo } from './command-io';
import { consoleCommand } from './console';
import { doctor } from './doctor/doctor';
import { experimentList } from './experiment/experiment-list';
import { experimentPower } from './experiment/experiment-power';
import { experimentShow } from './experiment/experiment-show';
import { experimentResume, experimentStop } from './experiment/experiment-stop';
import { experimentTemplates } from './experiment/templates/experiment-templates';
import { grafanaExport } from './grafana/grafana-export';
import { helpOf, helpOfCommand } from './help';
import { journalExport } from './journal-export';
import { journalMigrate } from './journal-migrate';
import { journalPrune } from './journal-prune';
import { parseArguments } from './parse-arguments';
import { qualityHistory } from './quality-history';
import { qualityNow } from './quality-now';
import { compare } from './report/compare';
import { investigate } from './report/investigate';
import { report } from './report/report';
import { UsageError } from './usage-error';

/** All that can be done. */
export const COMMANDS: readonly Command[] = [
  report,
  investigate,
  compare,
  experimentList,
  experimentShow,
  experimentPower,
  experimentStop,
  experimentResume,
  experimentTemplates,
  consoleCommand,
  qualityNow,
  qualityHistory,
  journalMigrate,
  journalPrune,
  journalExport,
  grafanaExport,
  doctor,
];

/**
 * Runs what was typed after `turnspan` and gives the exit code: 0, or 1 when something is wrong, or
 * 2 when it was typed wrongly. Never rejects.
 */
export async function main(words: readonly string[], io: CommandIo): Promise<number> {
  try {
    return await run(words, io);
  } catch (error) {
    io.stderr.write(`turnspan: ${toSentence(error)}\n`);
    return error instanceof UsageError ? 2 : 1;
  }
}

async function run(words: readonly string[], io: CommandIo): Promise<number> {
  const command = COMMANDS.find(({ name }) => startsWith(words, name.split(' ')));
  if (!command) return answerWithout(words, io);
  const request = parseArguments(command, words.slice(command.name.split(' ').length), io.env);
  if (request.kind === 'run') return command.run(request.args, io);
  io.stdout.write(helpOfCommand(command));
  return 0;
}

function startsWith(words: readonly string[], name: readonly string[]): boolean {
  return name.every((word, index) => words[index] === word);
}

/** No command, or half of one: help is all there is to give. */
function answerWithout(words: readonly string[], io: CommandIo): number {
  const [first] = words;
  const related = COMMANDS.filter(({ name }) => name.startsWith(`${first} `));
  const wantsHelp = words.some((word) => word === '--help' || word === '-h');
  const isUnknown = first !== undefined && !first.startsWith('-') && related.length === 0;
  if (first === undefined || (wantsHelp && !isUnknown)) {
    io.stdout.write(helpOf(related.length > 0 ? related : COMMANDS));
    return 0;
  }
  throw new UsageError(toComplaint(first, related));
}

function toComplaint(first: string, related: readonly Command[]): string {
  if (first.startsWith('-')) return 'Say a command first; turnspan --help lists them.';
  const names = (related.length > 0 ? related : COMMANDS).map(({ name }) => `\`${name}\``);
  const list = [names.slice(0, -1).join(', '), names.at(-1)]
    .filter(Boolean)
    .join(related.length > 0 ? ' or ' : ' and ');
  return related.length > 0
    ? `Say ${list}; turnspan --help tells what is there.`
    : `There is no command \`${first}\`. There are ${list}; turnspan --help tells what they do.`;
}

function toSentence(error: unknown): string {
  if (error instanceof UsageError || error instanceof TurnspanError) return error.message;
  return error instanceof Error ? error.message : String(error);
}
