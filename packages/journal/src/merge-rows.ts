type Numbers<Name extends string> = { readonly [Each in Name]: number };

/**
 * Rows with the same name become one with their sums, as Postgres changes no row twice in a
 * statement. They come in the order of their names, so that no two writers wait for each other.
 */
export function mergeRows<Sum extends string, Row extends Numbers<Sum>>(
  rows: readonly Row[],
  { name, sums }: { readonly name: readonly (keyof Row)[]; readonly sums: readonly Sum[] },
): readonly Row[] {
  const merged = new Map<string, Row>();
  for (const row of rows) {
    const text = JSON.stringify(name.map((column) => row[column]));
    const known = merged.get(text);
    merged.set(text, known === undefined ? row : addUp(known, row, sums));
  }
  return [...merged].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, row]) => row);
}

function addUp<Sum extends string, Row extends Numbers<Sum>>(
  one: Row,
  other: Row,
  sums: readonly Sum[],
): Row {
  return { ...one, ...Object.fromEntries(sums.map((sum) => [sum, one[sum] + other[sum]])) };
}
