import {
  type Answer,
  type ComparisonQuery,
  type ComparisonReport,
  type PeriodComparison,
  type ReportPeriod,
  writeRange,
} from '@turnspan/insights';
import { formatTime } from '../format-time';
import { drawSection, drawSentence, tellWhyNot, toCells } from './sections';
import type { Style } from './style';

/** Draws how journeys end on both sides, since when, and where people are dropped. */
export function drawComparison(comparison: ComparisonReport, style: Style): string {
  return [
    tellQuery(comparison.query),
    drawFlows(comparison, style),
    ...drawDetails(comparison),
    drawNodes(comparison, style),
    'Observational: nobody was drawn by lot, so something else may be why.',
  ].join('\n\n');
}

function tellQuery(query: ComparisonQuery): string {
  if (query.kind === 'versions') {
    const { flow, before, after, period } = query;
    return `Flow ${flow}: A is version ${before}, B is version ${after}\nJourneys from ${showPeriod(period)} (UTC)`;
  }
  return `A: ${showPeriod(query.before)}\nB: ${showPeriod(query.after)} (UTC)`;
}

function showPeriod({ since, until }: ReportPeriod): string {
  return `${formatTime(since)} to ${formatTime(until)}`;
}

const SIDES = [
  { title: 'A', width: 6 },
  { title: 'B', width: 6 },
  { title: 'B − A', width: 7 },
  { title: '95 %', width: 16 },
];

function drawFlows({ flows }: ComparisonReport, style: Style): string {
  const rows = flows.flatMap(({ flow, completed, dropped }) => [
    [flow, 'completed', ...toDifference(completed)],
    [flow, 'dropped', ...toDifference(dropped)],
  ]);
  const columns = [{ title: 'flow', width: 18 }, { title: 'journeys', width: 10 }, ...SIDES];
  const title = 'How journeys end';
  return drawSection({ title, columns, rows, otherwise: 'No journey ended.' }, style);
}

function toDifference(answer: Answer<PeriodComparison>): readonly string[] {
  if (answer.kind !== 'found') return ['–', '–', '–', 'not enough data'];
  const { before, after, difference } = answer.value;
  return [toCells(before)[0], toCells(after)[0], points(difference.value), writeRange(difference)];
}

/** What happened to what was not touched, and the date of the change. */
function drawDetails({ flows }: ComparisonReport): readonly string[] {
  const lines = flows.flatMap(({ flow, completed }) => {
    if (completed.kind !== 'found') return [drawSentence(`${flow}: ${tellWhyNot(completed)}`)];
    const { difference, differenceInDifferences: other, changes } = completed.value;
    // Where it did not move itself, it is the other flows that did.
    if (difference.low <= 0 && difference.high >= 0) return [];
    const dates = changes.kind === 'found' ? changes.value : [];
    return [
      ...(other.kind === 'found'
        ? [
            drawSentence(
              `${flow}: less what happened to the other flows, completion differs by ${points(other.value.value)} points (p ${other.value.p.toPrecision(2)}).`,
            ),
          ]
        : []),
      ...dates.map(({ at, before, after }) =>
        drawSentence(
          `${flow}: the change is dated ${formatTime(at).slice(0, 10)}, by ${points(after - before)} points.`,
        ),
      ),
    ];
  });
  return lines.length > 0 ? [lines.join('\n')] : [];
}

function drawNodes({ nodes }: ComparisonReport, style: Style): string {
  const rows = nodes.map(({ flow, node, before, after, difference }) => [
    flow,
    node,
    toCells(before)[0],
    toCells(after)[0],
    ...(difference.kind === 'found'
      ? [points(difference.value.value), writeRange(difference.value)]
      : ['–', 'not enough data']),
  ]);
  const columns = [{ title: 'flow', width: 12 }, { title: 'node', width: 17 }, ...SIDES];
  const title = 'Where people fall silent, what got worse most surely first';
  return drawSection({ title, columns, rows, otherwise: 'Nobody was asked anything.' }, style);
}

function points(difference: number): string {
  const text = (difference * 100).toFixed(1);
  return difference > 0 ? `+${text}` : text.replace('-', '−');
}
