type Numbers<Name extends string> = { readonly [Each in Name]: number };

/**
 * Rows with the same name become one with their sums, as Postgres changes no row twice in a
 * statement. They come in the order of their names, so that no two writers wait for each other.
 */
export function mergeRows<Sum extends string, Row extends Numbers<Sum>>(
  rows: readonly Row[],
  { name, sums }: { readonly name: readonly (keyof Row)[]; readonly sums: readonly Sum[] },
): readonly Row[] {
  const merged = new Map<string, Row & { [Each in Sum]: number }>();
  for (const row of rows) {
    const text = toText(row, name);
    const known = merged.get(text);
    if (known === undefined) merged.set(text, { ...row });
    else for (const sum of sums) addTo(known, sum, row[sum]);
  }
  return [...merged].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, row]) => row);
}

/** The lengths keep apart what only looks alike when it is joined. This runs for every visit. */
function toText<Row>(row: Row, name: readonly (keyof Row)[]): string {
  let text = '';
  for (const column of name) {
    const value = String(row[column]);
    text += `${value.length} ${value}`;
  }
  return text;
}

function addTo<Sum extends string>(row: { [Each in Sum]: number }, sum: Sum, value: number): void {
  row[sum] = (row[sum] + value) as (typeof row)[Sum];
}
