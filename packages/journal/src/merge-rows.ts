/**
 * Rows that differ in nothing but these sums become one, as Postgres changes no row twice in a
 * statement. They come in the order of their names, so that no two writers wait for each other.
 */
export function mergeRows<Sum extends string, Row extends { readonly [Name in Sum]: number }>(
  rows: readonly Row[],
  sums: readonly Sum[],
): readonly Row[] {
  const merged = new Map<string, Row>();
  for (const row of rows) {
    const name = toName(row, sums);
    const known = merged.get(name);
    merged.set(name, known === undefined ? row : addUp(known, row, sums));
  }
  return [...merged].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, row]) => row);
}

function toName(row: object, sums: readonly string[]): string {
  const named = Object.entries(row).filter(([column]) => !sums.includes(column));
  return JSON.stringify(named.sort(([one], [other]) => (one < other ? -1 : 1)));
}

function addUp<Sum extends string, Row extends { readonly [Name in Sum]: number }>(
  one: Row,
  other: Row,
  sums: readonly Sum[],
): Row {
  return { ...one, ...Object.fromEntries(sums.map((sum) => [sum, one[sum] + other[sum]])) };
}
