import type { DataTransformerConfig } from '@grafana/grafana-foundation-sdk/dashboard';

/** Joins tables whose labels are the same. */
export function merge(): DataTransformerConfig {
  return { id: 'merge', options: {} };
}

/** Joins only the tables of some queries. */
export function mergeQueries(names: readonly string[]): DataTransformerConfig {
  const filter = { id: 'byRefId', options: `/^(?:${names.join('|')})$/` };
  return { ...merge(), filter };
}

/** Shows columns under other names, in this order, and none whose name is empty. */
export function rename(
  columns: readonly (readonly [from: string, to: string])[],
): DataTransformerConfig {
  const hidden = columns.filter(([, to]) => to === '').map(([from]) => [from, true]);
  const indexByName = Object.fromEntries(columns.map(([from], index) => [from, index]));
  const renameByName = Object.fromEntries(columns);
  return {
    id: 'organize',
    options: {
      excludeByName: { Time: true, ...Object.fromEntries(hidden) },
      indexByName,
      renameByName,
    },
  };
}

/**
 * Copies a column under another name. Renaming only changes what a column is called on the screen;
 * panels that look for a column by its name need a real one, and that is what a calculation makes.
 */
export function copyColumns(from: readonly string[], to: string): DataTransformerConfig {
  const reduce = { include: [...from], reducer: 'sum' };
  return {
    id: 'calculateField',
    options: { mode: 'reduceRow', reduce, alias: to, timeSeries: false, replaceFields: false },
  };
}
