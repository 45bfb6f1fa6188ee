import { type Comparison, type Proportion, toRate } from '@turnspan/experiments';
import { writeCount, writePercent } from '@turnspan/insights';
import { drawSection, drawSentence } from '../../report/sections';
import type { Style } from '../../report/style';
import { writePoints } from '../verdict-words';
import type { MetaComparison, MetaTemplate } from './compare-at-meta';
import { type OurComparison, TEMPLATE_METRICS } from './template-numbers';

/** What is known of two templates. */
export interface ComparedTemplates {
  readonly days: number;
  readonly ours: OurComparison;
  readonly meta: MetaComparison;
}

/** Draws two templates side by side for 80 columns. */
export function drawTemplates({ days, ours, meta }: ComparedTemplates, style: Style): string {
  const [one, other] = ours.templates;
  return [
    `A is ${one?.template}, B is ${other?.template}, in the last ${days} days.`,
    drawOurs(ours, style),
    ...tellNodes(ours),
    drawSentence(tellOrigin(ours)),
    drawMeta(meta, days, style),
  ].join('\n\n');
}

function drawOurs({ templates, comparisons }: OurComparison, style: Style): string {
  const columns = [
    { title: '', width: 23 },
    { title: 'A', width: 15 },
    { title: 'B', width: 15 },
    { title: 'B − A', width: 6 },
    { title: 'at every look', width: 15 },
  ];
  const rows = TEMPLATE_METRICS.map((name) => [
    name,
    ...templates.map(({ metrics }) => writePart(metrics[name])),
    ...toDifference(comparisons.find(({ metric }) => metric === name)),
  ]);
  return drawSection({ title: 'Our numbers', columns, rows, otherwise: '' }, style);
}

function writePart(part: Proportion): string {
  return part.users === 0 ? '–' : `${writePercent(toRate(part))} of ${writeCount(part.users)}`;
}

function toDifference(comparison: Comparison | undefined): readonly string[] {
  if (!comparison || !Number.isFinite(comparison.lower)) return ['–', '–'];
  const { difference, lower, upper } = comparison;
  return [writePoints(difference), `${writePoints(lower)} to ${writePoints(upper)}`];
}

function tellNodes({ templates }: OurComparison): readonly string[] {
  return templates
    .filter(({ nodes }) => nodes.length === 0)
    .map(({ template }) =>
      drawSentence(
        `The journal knows no node named ${template} in this time. Say which node sends it: ${template}@FLOW/NODE.`,
      ),
    );
}

function tellOrigin({ experiment }: OurComparison): string {
  return experiment === undefined
    ? 'Observational: nobody was drawn by lot, so something else may be why.'
    : `Who got which was drawn by lot, by the experiment ${experiment}.`;
}

const TITLE = 'What Meta says of blocks';

function drawMeta(meta: MetaComparison, days: number, style: Style): string {
  if ('reason' in meta) {
    return `${style.heading(TITLE)}\n${drawSentence(meta.reason)}`;
  }
  const columns = [
    { title: 'template', width: 28 },
    { title: 'sent', width: 8 },
    { title: 'rating', width: 8 },
    { title: 'top reason of blocks', width: 24 },
  ];
  const rows = meta.templates.map((each) => [
    `${each.name} (${each.language})`,
    each.sends === undefined ? '–' : writeCount(each.sends),
    each.rating,
    each.topBlockReason?.toLowerCase().replaceAll('_', ' ') ?? '–',
  ]);
  const table = drawSection({ title: TITLE, columns, rows, otherwise: '' }, style);
  return `${table}\n\n${drawSentence(conclude(meta, days))}`;
}

type Told = Extract<MetaComparison, { readonly kind: 'too_few' | 'compared' }>;

function conclude({ kind, templates, fewerBlocks }: Told, days: number): string {
  if (kind === 'too_few') {
    return `Meta does not compare them: each has to be sent 1,000 times or more in ${days} days.`;
  }
  const better = templates.find(({ id }) => id === fewerBlocks);
  return `${nameOf(better)} is blocked less often for each time it is sent. Meta tells the order, not how often.`;
}

function nameOf(template: MetaTemplate | undefined): string {
  return template ? `${template.name} (${template.language})` : 'One of them';
}
