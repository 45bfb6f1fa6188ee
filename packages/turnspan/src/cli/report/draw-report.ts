import { type Finding, type Report, toSign, writeCount, writePercent } from '@turnspan/insights';
import { formatDuration, formatTime } from '../format-time';
import { drawQuality, drawResponses } from './draw-report-times';
import { drawSection, drawSentence, tellWhyNot, toCells } from './sections';
import type { Style } from './style';

const FLOW = { title: 'flow', width: 12 };
const NODE = { title: 'node', width: 18 };

/** Draws a report for 80 columns: the worst thing in a sentence, then table by table. */
export function drawJourneyReport(report: Report, style: Style): string {
  return [
    drawHead(report),
    drawFindings(report, style),
    drawDropOff(report, style),
    drawUnexpected(report, style),
    drawConfusion(report, style),
    drawLoops(report, style),
    drawCompletion(report, style),
    drawPaths(report, style),
    drawResponses(report, style),
    drawQuality(report, style),
    'All of this is observed: what goes with a drop-off need not be its cause.',
  ].join('\n\n');
}

function drawHead({ period, flow, visits, journeys, countedSince }: Report): string {
  const { since, until } = period;
  const about = flow === undefined ? 'All flows' : `Flow ${flow}`;
  const lines = [
    `${about}, ${formatDuration(until - since)}: ${formatTime(since)} to ${formatTime(until)} (UTC)`,
    `${writeCount(journeys)} journeys ended, ${writeCount(visits)} visits were settled.`,
  ];
  if (countedSince === undefined) return lines.join('\n');
  const late = `Confusion, loops, ways and waits are counted from ${formatTime(countedSince)} on.`;
  return [...lines, late].join('\n');
}

const MOST_FINDINGS = 5;

function drawFindings({ headline, findings }: Report, style: Style): string {
  const others = findings.slice(1, MOST_FINDINGS).map((each: Finding) => each.sentence);
  const rest = findings.length - MOST_FINDINGS;
  return [
    style.heading('Look at this first'),
    drawSentence(headline),
    ...(others.length > 0 ? [style.heading('Then')] : []),
    ...others.map((sentence) => drawSentence(sentence, '- ')),
    ...(rest > 0 ? [drawSentence(`and ${rest} more`, '- ')] : []),
  ].join('\n');
}

function drawDropOff({ dropOff }: Report, style: Style): string {
  const rows = dropOff.map(({ flow, node, perVisit, netPerVisit, mates, excess }) => [
    flow,
    node,
    ...toCells(perVisit),
    toCells(netPerVisit)[0],
    toCells(mates)[0],
    writeCount(Math.floor(excess)),
  ]);
  const columns = [
    FLOW,
    { ...NODE, width: 16 },
    { title: 'dropped', width: 7 },
    { title: '95 %', width: 13 },
    { title: 'net', width: 6 },
    { title: 'others', width: 6 },
    { title: 'people', width: 6 },
  ];
  const title = 'Where people fall silent (people: lost at least beyond the others of the flow)';
  return drawSection({ title, columns, rows, otherwise: 'Nobody was asked anything.' }, style);
}

function drawUnexpected({ unexpected }: Report, style: Style): string {
  const nodes =
    unexpected.kind === 'found' ? unexpected.value.filter((each) => each.unexpected) : [];
  const rows = nodes.map(({ flow, node, past, q }) => [
    flow,
    node,
    writeCount(past.observed),
    writeCount(past.expected),
    writeCount(Math.max(0, past.atLeast)),
    q.toPrecision(1),
  ]);
  const columns = [
    FLOW,
    NODE,
    { title: 'dropped', width: 9 },
    { title: 'usual', width: 9 },
    { title: 'more, at least', width: 14 },
    { title: 'q', width: 7 },
  ];
  const otherwise = unexpected.kind === 'found' ? 'No node beyond chance.' : tellWhyNot(unexpected);
  const title = 'Where more drop than on the same weekdays of the four weeks before';
  return drawSection({ title, columns, rows, otherwise }, style);
}

function drawConfusion({ confusion }: Report, style: Style): string {
  const rows = confusion
    .filter(({ confusing }) => confusing)
    .map(({ flow, node, signals, lost }) => {
      const [clearest] = signals;
      const cost = lost.kind === 'found' ? Math.max(0, Math.floor(lost.value.low)) : undefined;
      return [
        flow,
        node,
        toSign(clearest?.signal ?? ''),
        clearest ? toCells(clearest.own)[0] : '',
        clearest ? toCells(clearest.mates)[0] : '',
        cost === undefined ? '–' : writeCount(cost),
      ];
    });
  const columns = [
    FLOW,
    NODE,
    { title: 'clearest sign', width: 19 },
    { title: 'here', width: 6 },
    { title: 'others', width: 6 },
    { title: 'people', width: 6 },
  ];
  const title = 'What confuses (people: lost at least beyond those it did not confuse)';
  return drawSection({ title, columns, rows, otherwise: 'No node beyond chance.' }, style);
}

function drawLoops({ loops }: Report, style: Style): string {
  const rows = loops.map(({ flow, nodes, journeys, lost }) => [
    flow,
    nodes.join(' → '),
    writeCount(journeys),
    lost.kind === 'found' ? writeCount(Math.max(0, lost.value.low)) : '–',
  ]);
  const columns = [
    FLOW,
    { title: 'circle', width: 40 },
    { title: 'journeys', width: 8 },
    { title: 'people', width: 8 },
  ];
  const title = 'Circles people go in (people: lost at least beyond the others)';
  return drawSection({ title, columns, rows, otherwise: 'Nobody goes in circles.' }, style);
}

function drawCompletion({ completion }: Report, style: Style): string {
  const rows = completion.map(({ flow, completed, improvements }) => {
    const [best] = improvements.kind === 'found' ? improvements.value : [];
    const whatIf = best
      ? `+${writeCount(best.journeys)} (${writePercent(best.completion)}) if ${best.node} were as good as the median`
      : tellWhyNot(improvements) || 'no node is worse than the median';
    return [flow, writeCount(completed.total), ...toCells(completed), whatIf];
  });
  const columns = [
    FLOW,
    { title: 'ended', width: 8 },
    { title: 'done', width: 6 },
    { title: '95 %', width: 13 },
    { title: 'what if', width: 31 },
  ];
  const title = 'How many come to the end, and what a better step would bring';
  return drawSection({ title, columns, rows, otherwise: 'No journey ended.' }, style);
}

function drawPaths({ paths }: Report, style: Style): string {
  const rows = paths.lastSteps.map(({ flow, nodes, journeys }) => [
    flow,
    nodes.join(' → '),
    `${writeCount(journeys.count)} of ${writeCount(journeys.total)}`,
  ]);
  const columns = [FLOW, { title: 'last steps', width: 48 }, { title: 'dropped', width: 14 }];
  const title = `What people saw before they fell silent (of the last ${writeCount(paths.journeys)} journeys)`;
  return drawSection({ title, columns, rows, otherwise: 'Nobody fell silent.' }, style);
}
