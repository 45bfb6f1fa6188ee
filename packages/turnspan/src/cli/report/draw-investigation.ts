import { type Investigation, type Suspect, writeCount } from '@turnspan/insights';
import { formatTime } from '../format-time';
import type { Inquiry } from './investigate';
import { nameMeasure, nameSubject, tellEvidence } from './measure-words';
import { drawSection, drawSentence, tellWhyNot } from './sections';
import type { Style } from './style';

/** Draws suspects with the evidence against them, and what else moved. */
export function drawInvestigation({ at, change, answer }: Inquiry, style: Style): string {
  const head = [`Before ${formatTime(at)} (UTC)`, ...tellChange(change)].join('\n');
  if (answer.kind !== 'found') return `${head}\n\n${drawSentence(tellWhyNot(answer))}`;
  return [
    head,
    drawSuspects(answer.value.suspects, style),
    drawMovements(answer.value, style),
    'That it came before does not prove that it was the cause.',
  ].join('\n\n');
}

function tellChange(change: Inquiry['change']): readonly string[] {
  if (!change) return [];
  const { attribute, kind, name, subject, previous, value } = change;
  const to = previous === null ? `became ${value}` : `went from ${previous} to ${value}`;
  return [`The ${attribute} of ${kind} ${name ?? subject} ${to}.`];
}

const MOST_SUSPECTS = 5;

function drawSuspects(suspects: readonly Suspect[], { heading }: Style): string {
  const title = heading('Suspects, the gravest first');
  if (suspects.length === 0) return `${title}\n${drawSentence('Nothing got worse beyond chance.')}`;
  const lines = suspects
    .slice(0, MOST_SUSPECTS)
    .flatMap(({ subject, evidence }, index) => [
      drawSentence(nameSubject(subject), `${index + 1}. `),
      ...unique(evidence.map(tellEvidence)).map((each) => drawSentence(each, '   - ')),
    ]);
  return [title, ...lines].join('\n');
}

function drawMovements({ movements }: Investigation, style: Style): string {
  const rows = movements.map(({ subject, measure, windowDays, observed, expected, q }) => [
    nameSubject(subject),
    nameMeasure(measure),
    `${windowDays} d`,
    writeAmount(observed),
    writeAmount(expected),
    q.toPrecision(1),
  ]);
  const columns = [
    { title: 'where', width: 27 },
    { title: 'what', width: 15 },
    { title: 'in', width: 4 },
    { title: 'seen', width: 7 },
    { title: 'usual', width: 7 },
    { title: 'q', width: 6 },
  ];
  const title = 'What moved most clearly, whether it counts or not (it does up to q 0.05)';
  return drawSection({ title, columns, rows, otherwise: 'Nothing.' }, style);
}

function writeAmount(amount: number): string {
  return amount < 10 ? String(Number(amount.toPrecision(2))) : writeCount(amount);
}

function unique(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)];
}
