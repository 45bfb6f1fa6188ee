import { type KeptInvestigation, parseKept } from '../../investigations/kept';
import type { CommandArguments } from '../command';
import type { CommandIo } from '../command-io';
import { formatTime } from '../format-time';
import { journalPlace, readJournal, showPlace } from '../open-journal';
import { nameSubject } from './measure-words';
import { drawSection } from './sections';
import { createStyle, type Style } from './style';

const MOST = 50;

/** Lists what a bot looked into by itself. */
export async function listInvestigations(args: CommandArguments, io: CommandIo): Promise<number> {
  const place = journalPlace(args);
  const rows = await readJournal(place, io, (journal) => journal.investigations(MOST));
  const investigations = rows.map(parseKept).filter((each) => each !== undefined);
  const text = args.json
    ? JSON.stringify({ now: io.now(), journal: showPlace(place), investigations }, undefined, 2)
    : draw(investigations, createStyle(io));
  io.stdout.write(`${text}\n`);
  return 0;
}

function draw(investigations: readonly KeptInvestigation[], style: Style): string {
  const columns = [
    { title: 'when (UTC)', width: 16 },
    { title: 'what changed', width: 32 },
    { title: 'suspected most', width: 24 },
  ];
  const rows = investigations.map((each) => [
    formatTime(each.at),
    nameTrigger(each),
    each.suspect ? nameSubject(each.suspect) : 'nothing',
  ]);
  const otherwise = 'The bot has looked into nothing yet.';
  return drawSection(
    { title: 'Investigations, the latest first', columns, rows, otherwise },
    style,
  );
}

function nameTrigger({ trigger }: KeptInvestigation): string {
  switch (trigger.kind) {
    case 'quality': {
      const { subject, attribute, from, to } = trigger;
      const name = subject.name ?? subject.id;
      return `${attribute} of ${subject.kind} ${name}: ${from ?? 'unknown'} to ${to}`;
    }
    case 'opt_out':
      return `opt-outs on line ${trigger.line}: ${tellJump(trigger)}`;
    case 'negative_feedback':
      return `negative feedback on line ${trigger.line}: ${tellJump(trigger)}`;
    case 'request':
      return 'nothing; somebody asked';
  }
}

function tellJump(jump: { readonly observed: number; readonly expected: number }): string {
  return `${jump.observed} instead of ${Number(jump.expected.toPrecision(2))}`;
}
