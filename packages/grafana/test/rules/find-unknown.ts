import { METRICS } from '@turnspan/prometheus';
import { createRuleGroups, type RecordingRule } from '../../src';

/** Labels that Prometheus adds, and that of the buckets of a histogram. */
const TARGET_LABELS = ['job', 'instance', 'le'];

/** Finds what an expression asks for and nobody exports or records: metrics, and labels of them. */
export function findUnknown(expression: string): readonly string[] {
  const selectors = expression.matchAll(
    /\b((?:job\w*:|conversation_|whatsapp_|turnspan_)[\w:]+)(?:\{([^}]*)\})?/g,
  );
  return Array.from(selectors).flatMap(([, name = '', matchers = '']) => {
    const labels = findLabels(name);
    if (labels === undefined) return [name];
    const names = Array.from(matchers.matchAll(/(\w+)(?:=~|!~|!=|=)"/g), ([, label = '']) => label);
    return names.filter((label) => !labels.includes(label)).map((label) => `${name}{${label}}`);
  });
}

function findLabels(name: string): readonly string[] | undefined {
  const metric = Object.entries(METRICS).find(([metric, { type }]) => {
    const names =
      type === 'histogram' ? ['_bucket', '_sum', '_count'].map((end) => metric + end) : [metric];
    return names.includes(name);
  });
  if (metric !== undefined) return [...metric[1].labels, ...TARGET_LABELS];
  return RECORDED_LABELS.get(name);
}

const RECORDED_LABELS: ReadonlyMap<string, readonly string[]> = new Map(
  createRuleGroups()
    .groups.flatMap((group) => group.rules)
    .filter((rule): rule is RecordingRule => 'record' in rule)
    .map(({ record }) => [record, record.split(':')[0]?.split('_') ?? []]),
);
