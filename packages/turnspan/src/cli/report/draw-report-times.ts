import { type Report, writeCount, writePercent, writeSeconds } from '@turnspan/insights';
import { formatTime } from '../format-time';
import { formatValue, nameOf } from '../quality-words';
import { drawSection, drawSentence, tellWhyNot } from './sections';
import type { Style } from './style';

const WEEKDAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];

/** Draws how long people wait for a response, since when, and at which hours. */
export function drawResponses({ responses, slow }: Report, style: Style): string {
  const rows = responses.times.flatMap(({ line, responder, first, all }) =>
    [['first', first] as const, ['all', all] as const].flatMap(([which, answer]) => {
      if (answer.kind !== 'found') return [];
      const { count, meanSeconds, medianSeconds, p95Seconds } = answer.value;
      const times = [meanSeconds, medianSeconds, p95Seconds].map(writeSeconds);
      return [[line, responder, which, writeCount(count), ...times]];
    }),
  );
  const columns = [
    { title: 'line', width: 18 },
    { title: 'who', width: 5 },
    { title: 'which', width: 5 },
    { title: 'count', width: 9 },
    { title: 'mean', width: 8 },
    { title: 'median', width: 8 },
    { title: '95 %', width: 8 },
  ];
  const title = 'Response times';
  return [
    drawSection({ title, columns, rows, otherwise: 'Nothing was answered.' }, style),
    ...drawChanges(responses),
    ...drawPeaks(responses),
    ...slow
      .filter(({ q, excessSeconds }) => q <= 0.05 && excessSeconds > 0)
      .slice(0, 3)
      .map(({ flow, node, meanSeconds, matesSeconds }) =>
        drawSentence(
          `${node} of ${flow} takes the bot ${writeSeconds(meanSeconds)}, others ${writeSeconds(matesSeconds)}.`,
        ),
      ),
  ].join('\n');
}

function drawChanges({ changes }: Report['responses']): readonly string[] {
  if (changes.kind !== 'found') return [];
  return changes.value.map(({ at, before, after }) =>
    drawSentence(
      `From ${formatTime(at).slice(0, 10)} on they took ${writeSeconds(after)} on average, before that ${writeSeconds(before)}.`,
    ),
  );
}

function drawPeaks({ peaks }: Report['responses']): readonly string[] {
  const [worst] = peaks.kind === 'found' ? peaks.value : [];
  if (!worst) return [];
  const { weekday, hour, meanSeconds, ratio } = worst;
  const when = `${WEEKDAYS[weekday] ?? ''} ${String(hour).padStart(2, '0')}:00 UTC`;
  return [
    drawSentence(
      `They are slowest on ${when}: ${writeSeconds(meanSeconds)}, ${writePercent(ratio - 1)} above the usual.`,
    ),
  ];
}

/** Draws what the channel thinks of the business, and whether something is on its way. */
export function drawQuality({ quality }: Report, style: Style): string {
  const rows = quality.states
    .filter(({ attribute }) => SHOWN.has(attribute))
    .map(({ subject, attribute, known, value, from }) => [
      subject.kind,
      nameOf(subject) || subject.id,
      attribute,
      known ? formatValue(value ?? '') : 'nobody looked',
      formatTime(from),
    ]);
  const columns = [
    { title: 'what', width: 9 },
    { title: 'name', width: 22 },
    { title: 'attribute', width: 15 },
    { title: 'value', width: 13 },
    { title: 'since (UTC)', width: 16 },
  ];
  const { worsened } = quality;
  const title = 'Quality';
  return [
    drawSection({ title, columns, rows, otherwise: 'The journal knows of no state.' }, style),
    ...worsened.slice(-3).map(({ at, attribute, name, subject, previous, value }) => {
      const to = previous === null ? value : `${previous} to ${value}`;
      return drawSentence(`${formatTime(at)}: ${attribute} of ${name ?? subject}, ${to}`);
    }),
    drawSentence(tellRisk(quality.risk)),
  ].join('\n');
}

const SHOWN: ReadonlySet<string> = new Set(['rating', 'status', 'messaging_limit', 'restriction']);

function tellRisk(risk: Report['quality']['risk']): string {
  if (risk.kind !== 'found') return `Risk: ${tellWhyNot(risk)}`;
  const { index, level } = risk.value;
  return `Risk that the rating falls, from what people do: ${level}, index ${index.toFixed(0)} of 100.`;
}
