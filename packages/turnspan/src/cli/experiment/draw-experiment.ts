import { type Comparison, type Gate, GOAL, toRate } from '@turnspan/experiments';
import { writeCount, writePercent, writeRange, writeSeconds } from '@turnspan/insights';
import { formatTime } from '../format-time';
import { drawSection, drawSentence } from '../report/sections';
import type { Style } from '../report/style';
import type { Judgeable, JudgedExperiment, JudgedVariant } from './judge-known';
import { writePoints } from './verdict-words';

/** Draws an experiment for 80 columns: what to do first, then what that rests on. */
export function drawExperiment(
  experiment: Judgeable,
  judged: JudgedExperiment,
  style: Style,
): string {
  const { verdict } = judged;
  return [
    tellExperiment(experiment, style),
    [verdict.sentence, ...verdict.warnings].map((each) => drawSentence(each)).join('\n'),
    drawVariants(judged, style),
    drawDifferences(judged, style),
    drawGuardrails(experiment, judged, style),
    drawGates(verdict.gates, judged, style),
    drawWeeks(experiment, judged, style),
    tellCohort(judged),
  ].join('\n\n');
}

function tellExperiment({ name, salt, declaration, ...known }: Judgeable, style: Style): string {
  const { flow, goal, plannedUsers, variants } = declaration;
  const { state, stopped, since } = known;
  const when = since === undefined ? 'nobody exposed yet' : `since ${formatTime(since)} (UTC)`;
  const run = salt === name ? '' : `, salt ${salt}`;
  const lines = [
    `${state}, ${when}${run}`,
    `flow ${flow}, goal ${goal}, control ${variants[0]}, planned for ${writeCount(plannedUsers)} users`,
    ...(stopped ? [`stopped: ${stopped}`] : []),
  ];
  return [style.heading(name), ...lines.map((line) => drawSentence(line))].join('\n');
}

function drawVariants({ variants }: JudgedExperiment, style: Style): string {
  const columns = [
    { title: 'variant', width: 22 },
    { title: 'users', width: 8 },
    { title: 'settled', width: 8 },
    { title: 'reached', width: 8 },
    { title: 'rate', width: 6 },
    { title: 'at every look', width: 14 },
  ];
  const rows = variants.map((each) => [
    each.variant,
    ...[each.exposed, each.users, each.reached].map(writeCount),
    each.users === 0 ? '–' : writePercent(each.bounds.rate),
    each.users === 0 ? '–' : writeRange({ low: each.bounds.lower, high: each.bounds.upper }),
  ]);
  return drawSection({ title: 'What came of the users', columns, rows, otherwise: '' }, style);
}

function drawDifferences({ verdict, variants }: JudgedExperiment, style: Style): string {
  const columns = [
    { title: 'variant', width: 18 },
    { title: 'points', width: 7 },
    { title: 'at every look', width: 15 },
    { title: 'p', width: 6 },
    { title: 'better', width: 8 },
    { title: 'replies in', width: 14 },
  ];
  const rows = verdict.comparisons
    .filter(({ metric }) => metric === GOAL)
    .map((comparison) => toDifference(comparison, variants));
  const [control] = variants;
  const title = `Against ${control?.variant ?? 'the control'}`;
  return drawSection({ title, columns, rows, otherwise: '' }, style);
}

function toDifference(
  { variant, difference, lower, upper, adjustedPValue }: Comparison,
  variants: readonly JudgedVariant[],
): readonly string[] {
  const [control] = variants;
  const own = variants.find((each) => each.variant === variant);
  const usual = writeReply(control?.medianReplyMs);
  const now = writeReply(own?.medianReplyMs);
  const bounds = Number.isFinite(lower) ? `${writePoints(lower)} to ${writePoints(upper)}` : '–';
  return [
    variant,
    writePoints(difference),
    bounds,
    writeP(adjustedPValue),
    own?.posterior && own.users > 0 ? writeChance(own.posterior.probabilityBetter) : '–',
    now === usual ? now : `${now}, not ${usual}`,
  ];
}

function writeChance(chance: number): string {
  if (chance > 0.99) return '>99 %';
  return chance < 0.01 ? '<1 %' : writePercent(chance);
}

function writeReply(ms: number | undefined): string {
  return ms === undefined ? '–' : writeSeconds(ms / 1000);
}

function writeP(pValue: number): string {
  return pValue < 0.001 ? '<0.001' : String(Number(pValue.toPrecision(2)));
}

const GUARDRAIL_WORDS: Readonly<Record<string, string>> = {
  errors: 'journeys failed',
  opt_outs: 'users opted out',
  first_response: 'first responses slow',
  quality_rating: 'rating of the number fell',
  read_ratio: 'messages read',
};
const IN_PROCESS = 'each process watches';

function drawGuardrails(
  { declaration, variants }: Judgeable,
  { guardrails }: JudgedExperiment,
  style: Style,
): string {
  const columns = [
    { title: 'guardrail', width: 26 },
    { title: 'variant', width: 24 },
    { title: 'rate', width: 24 },
  ];
  const rows = declaration.guardrails.flatMap((guardrail) => {
    const what = GUARDRAIL_WORDS[guardrail] ?? guardrail;
    if (guardrail === 'read_ratio') return [[what, 'all', 'not known by variant']];
    if (guardrail !== 'errors' && guardrail !== 'opt_outs') return [[what, 'all', IN_PROCESS]];
    const known = guardrails.map(({ variant, rates }) => {
      const rate = rates[guardrail];
      const text =
        rate && rate.users > 0 ? `${writePercent(toRate(rate))} of ${writeCount(rate.users)}` : '–';
      const isPaused = variants.some((each) => each.variant === variant && each.paused);
      return { variant: isPaused ? `${variant} (paused)` : variant, text };
    });
    return [
      [
        what,
        known.map(({ variant }) => variant).join('\n'),
        known.map(({ text }) => text).join('\n'),
      ],
    ];
  });
  const otherwise = 'None is declared.';
  return drawSection({ title: 'Guardrails', columns, rows, otherwise }, style);
}

const GATE_WORDS: Readonly<Record<Gate['gate'], string>> = {
  sample_ratio: 'shared out by the weights',
  multiple_exposure: 'one variant for each user',
  users: 'users enough',
  either_way: 'enough of both outcomes',
  days: 'days enough',
};

function drawGates(gates: readonly Gate[], judged: JudgedExperiment, style: Style): string {
  const columns = [
    { title: 'gate', width: 26 },
    { title: 'state', width: 6 },
    { title: 'why', width: 42 },
  ];
  const good: Readonly<Record<Gate['gate'], string>> = {
    sample_ratio: `p = ${writeP(judged.sampleRatioPValue)} at every look`,
    multiple_exposure: `${judged.multipleExposed} saw several`,
    users: '',
    either_way: '',
    days: `${Number(judged.days.toFixed(1))} days`,
  };
  const rows = gates.map(({ gate, complaint }) => [
    GATE_WORDS[gate],
    toGateState({ gate, complaint }),
    complaint ?? good[gate],
  ]);
  return drawSection({ title: 'Gates', columns, rows, otherwise: '' }, style);
}

function toGateState({ gate, complaint }: Gate): string {
  if (complaint === undefined) return 'ok';
  return gate === 'sample_ratio' || gate === 'multiple_exposure' ? 'wrong' : 'wait';
}

const MOST_VARIANTS = 3;

function drawWeeks({ declaration }: Judgeable, { weeks }: JudgedExperiment, style: Style): string {
  const shown = declaration.variants.slice(0, MOST_VARIANTS);
  const columns = [
    { title: 'came in from', width: 12 },
    ...shown.map((title) => ({ title, width: 19 })),
  ];
  const rows = weeks.map(({ from, variants }) => [
    formatTime(from).slice(0, 10),
    ...variants
      .slice(0, MOST_VARIANTS)
      .map((each) =>
        each.users === 0 ? '–' : `${writePercent(toRate(each))} of ${writeCount(each.users)}`,
      ),
  ]);
  const title = 'By the week in which they came in';
  return drawSection({ title, columns, rows, otherwise: 'No journey is settled yet.' }, style);
}

function tellCohort({ settledUntil }: JudgedExperiment): string {
  if (settledUntil === undefined) return 'Every journey is settled.';
  return `Who came from ${formatTime(settledUntil)} (UTC) on does not count yet: a journey goes on.`;
}
