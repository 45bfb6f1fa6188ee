import type { Timestamp } from '@turnspan/core';
import { type GraphClient, GraphError, toArray, toObject, toText } from '@turnspan/whatsapp';
import { UsageError } from '../../usage-error';
import { chooseTemplate, type ListedTemplate, listTemplates } from './find-templates';

/** What Meta tells of a template beside another one. */
export interface MetaTemplate extends ListedTemplate {
  /** Undefined where Meta does not say. */
  readonly sends: number | undefined;
  /** Meta's word for why most of those who blocked the business did. */
  readonly topBlockReason: string | undefined;
}

/** What Meta says of two templates, or why it says nothing. */
export type MetaComparison =
  | { readonly kind: 'not_asked' | 'refused'; readonly reason: string }
  | {
      readonly kind: 'too_few' | 'compared';
      readonly templates: readonly MetaTemplate[];
      /** The id of the one that is blocked less often; Meta tells no rates. */
      readonly fewerBlocks: string | undefined;
    };

/** What is to be compared at Meta. */
export interface MetaQuery {
  readonly account: string;
  /** Names or ids. */
  readonly templates: readonly [string, string];
  /** 7, 30, 60 or 90. */
  readonly days: number;
  readonly now: Timestamp;
}

/** How often each has to be sent before Meta compares it. */
export const FEWEST_SENDS = 1000;
const DAY_SECONDS = 86_400;

/** Asks Meta which of two templates is blocked less often. It is only read. */
export async function compareAtMeta(graph: GraphClient, query: MetaQuery): Promise<MetaComparison> {
  try {
    return await compare(graph, query);
  } catch (error) {
    if (error instanceof UsageError) throw error;
    const message = error instanceof Error ? error.message : String(error);
    return { kind: 'refused', reason: `${message}${toAdvice(error)}` };
  }
}

async function compare(graph: GraphClient, query: MetaQuery): Promise<MetaComparison> {
  const listed = await listTemplates(graph, query.account);
  const [one, other] = query.templates.map((wanted) => chooseTemplate(listed, wanted));
  if (!one || !other || one.id === other.id) {
    throw new UsageError('Both names lead to the same template; give two.');
  }
  const end = Math.floor(query.now / 1000);
  const period = { start: `${end - query.days * DAY_SECONDS}`, end: `${end}` };
  const path = `${encodeURIComponent(one.id)}/compare`;
  const answer = await graph.request('GET', path, {
    query: { template_ids: `[${other.id}]`, ...period },
  });
  return toComparison(toArray(toObject(answer).data).map(toObject), [one, other]);
}

function toComparison(
  metrics: readonly ReturnType<typeof toObject>[],
  templates: readonly ListedTemplate[],
): MetaComparison {
  const find = (name: string) => toObject(metrics.find(({ metric }) => metric === name));
  const sends = toValues(find('MESSAGE_SENDS').number_values);
  const reasons = toValues(find('TOP_BLOCK_REASON').string_values);
  const order = toArray(find('BLOCK_RATE').order_by_relative_metric).map(toText);
  const told = templates.map((template) => ({
    ...template,
    sends: toCount(sends.get(template.id)),
    topBlockReason: toText(reasons.get(template.id)),
  }));
  const isWhole = templates.every(({ id }) => order.includes(id));
  const isEnough = told.every(({ sends: count = FEWEST_SENDS }) => count >= FEWEST_SENDS);
  if (!isWhole || !isEnough) return { kind: 'too_few', templates: told, fewerBlocks: undefined };
  return { kind: 'compared', templates: told, fewerBlocks: order[0] };
}

function toValues(list: unknown): ReadonlyMap<string | undefined, unknown> {
  return new Map(
    toArray(list)
      .map(toObject)
      .map(({ key, value }) => [toText(key), value]),
  );
}

function toCount(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined;
}

/** Which of its limits Meta means is not in the error. */
function toAdvice(error: unknown): string {
  if (!(error instanceof GraphError) || error.graphCode !== 100) return '';
  return ' Meta compares two templates of one account that were each sent 1,000 times or more.';
}
