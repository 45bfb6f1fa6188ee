/** A selection of samples within a query. */
export interface Selector {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  /** What stands in brackets behind it, as `$__rate_interval`. */
  readonly range: string | undefined;
  /** The function or the operator that takes it. */
  readonly taker: string;
}

const SELECTOR = /([a-zA-Z_:][\w:]*)\{([^}]*)\}(?:\[([^\]]*)\])?/g;
const MATCHER = /([a-zA-Z_]\w*)\s*(=~|!~|!=|=)\s*"([^"]*)"/g;

/** Finds the selectors of a query. Ours all have braces, which a test makes sure of. */
export function readSelectors(expr: string): readonly Selector[] {
  return [...expr.matchAll(SELECTOR)].map(
    ({ index, 1: name = '', 2: matchers = '', 3: range }) => ({
      name,
      labels: readMatchers(matchers),
      range,
      taker: /(\w+)\($/.exec(expr.slice(0, index))?.[1] ?? '',
    }),
  );
}

/** What is left of a query without its selectors and strings. */
export function withoutSelectors(expr: string): string {
  return expr.replace(SELECTOR, '').replace(/"[^"]*"/g, '');
}

function readMatchers(matchers: string): Readonly<Record<string, string>> {
  const rows = [...matchers.matchAll(MATCHER)].map(
    ({ 1: label = '', 2: operator = '', 3: value = '' }) => [label, `${operator}${value}`] as const,
  );
  // The first one counts: it is the one of the variable, others narrow it down.
  return Object.fromEntries(rows.reverse());
}
