import type { Timestamp } from '@turnspan/core';
import {
  type Comparison,
  compareMetrics,
  type Metric,
  type Proportion,
} from '@turnspan/experiments';
import { toWholeHours } from '@turnspan/insights';
import type { HourTables, Journal } from '@turnspan/journal';

/** A node that sends a template. */
export interface SendingNode {
  /** Undefined if it may be of any flow. */
  readonly flow: string | undefined;
  readonly node: string;
}

/** A template, and where the bot sends it. */
export interface SentTemplate {
  readonly template: string;
  readonly place: SendingNode;
}

/** What is counted of a template, each as a part of what the name says. */
export const TEMPLATE_METRICS = [
  'delivered of sent',
  'read of delivered',
  'replied of asked',
  'opted out of delivered',
  'completed of journeys',
] as const;

/** Our numbers of a template. */
export interface TemplateNumbers {
  readonly template: string;
  /** Where it was sent from, as far as the journal knows. */
  readonly nodes: readonly string[];
  readonly metrics: Readonly<Record<(typeof TEMPLATE_METRICS)[number], Proportion>>;
}

/** Our numbers of two templates side by side. */
export interface OurComparison {
  readonly templates: readonly TemplateNumbers[];
  /** The second against the first, with bounds that hold at every look. */
  readonly comparisons: readonly Comparison[];
  /** The experiment that drew by lot who gets which; undefined if nobody did. */
  readonly experiment: string | undefined;
}

interface Period {
  readonly since: Timestamp;
  readonly until: Timestamp;
}

/** Counts what came of two templates, by the nodes that sent them. */
export async function compareNumbers(
  journal: Pick<Journal, 'hours'>,
  templates: readonly SentTemplate[],
  period: Period,
): Promise<OurComparison> {
  const whole = toWholeHours(period);
  const rows = {
    messages: await journal.hours('message_hours', whole),
    visits: await journal.hours('visit_hours', whole),
    journeys: await journal.hours('node_journey_hours', whole),
  };
  const numbers = templates.map((each) => toNumbers(each, rows));
  const metrics: readonly Metric[] = TEMPLATE_METRICS.map((name) => ({
    name,
    arms: numbers.map((each) => ({ variant: each.template, ...each.metrics[name] })),
  }));
  const variants = templates.map(({ place }) => toVariants(rows.visits.filter(isAt(place))));
  return {
    templates: numbers,
    comparisons: compareMetrics(metrics),
    experiment: toExperiment(variants),
  };
}

interface Rows {
  readonly messages: readonly HourTables['message_hours'][];
  readonly visits: readonly HourTables['visit_hours'][];
  readonly journeys: readonly HourTables['node_journey_hours'][];
}

function toNumbers({ template, place }: SentTemplate, rows: Rows): TemplateNumbers {
  const messages = rows.messages.filter((row) => row.template === template || isAt(place)(row));
  const visits = rows.visits.filter(isAt(place));
  const journeys = rows.journeys.filter(isAt(place));
  const count = (...events: readonly string[]) =>
    sum(messages.filter(({ event }) => events.includes(event)));
  const ended = journeys.filter(({ outcome }) => outcome === 'completed');
  const replied = visits.reduce((total, row) => total + row.wait_count, 0);
  const nodes = [...messages, ...visits].map(({ flow, node }) => `${flow}/${node}`);
  return {
    template,
    nodes: [...new Set(nodes)].sort(),
    metrics: {
      'delivered of sent': part(count('delivered'), count('sent')),
      'read of delivered': part(count('read'), count('delivered')),
      'replied of asked': part(replied, sum(visits)),
      'opted out of delivered': part(count('opted_out'), count('delivered')),
      'completed of journeys': part(sum(ended), sum(journeys)),
    },
  };
}

/** The webhook of one status may be in the period and that of another not. */
function part(reached: number, users: number): Proportion {
  return { users, reached: Math.min(reached, users) };
}

function isAt({ flow, node }: SendingNode): (row: { flow: string; node: string }) => boolean {
  return (row) => row.node === node && (flow === undefined || row.flow === flow);
}

function sum(rows: readonly { readonly count: number }[]): number {
  return rows.reduce((total, { count }) => total + count, 0);
}

function toVariants(visits: Rows['visits']): readonly string[] {
  return [...new Set(visits.map(({ variant }) => variant))];
}

/** Each of them is seen in one variant of the same experiment, and in nothing else. */
function toExperiment(variants: readonly (readonly string[])[]): string | undefined {
  const labels = variants.map((each) => (each.length === 1 ? each[0] : undefined));
  const [one, other] = labels.map((label) => label?.split(':')[0]);
  const isSame = one !== undefined && one !== '' && one === other;
  return isSame && labels[0] !== labels[1] ? one : undefined;
}
