/** A node, and the flow it belongs to. */
export interface Place {
  readonly flow: string;
  readonly node: string;
}

/** Names a place in a map. */
export function toPlaceKey({ flow, node }: Place): string {
  // The length keeps apart what only looks alike when it is joined.
  return `${flow.length} ${flow}${node}`;
}

/** Puts what has the same key together, in the order of arrival. */
export function groupBy<T, K>(values: Iterable<T>, toKey: (value: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const value of values) {
    const key = toKey(value);
    const group = groups.get(key);
    if (group) group.push(value);
    else groups.set(key, [value]);
  }
  return groups;
}

/** Adds up what has the same key. */
export function addUp<K>(entries: Iterable<readonly [K, number]>): Map<K, number> {
  const sums = new Map<K, number>();
  for (const [key, count] of entries) sums.set(key, (sums.get(key) ?? 0) + count);
  return sums;
}
