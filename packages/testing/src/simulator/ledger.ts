import { type ExposedSample, type LabelValues, seriesKey } from './exposition';

/** One number held against the truth. */
export interface LedgerCheck {
  /** The series, as it is exposed. */
  readonly series: string;
  readonly expected: number;
  /** What is exposed; undefined if nothing is. */
  readonly actual: number | undefined;
  readonly right: boolean;
}

interface Observations {
  readonly name: string;
  readonly labels: LabelValues;
  readonly values: number[];
}

/** Relative difference that adding thousands of fractions in another order may make. */
const TOLERANCE = 1e-9;

/**
 * The truth about what happened, written down by those who made it happen: customers know what
 * they did, their phones know what came and when. It never looks at the code under test.
 */
export class Ledger {
  readonly #counts = new Map<string, number>();
  readonly #observations = new Map<string, Observations>();
  readonly #names = new Set<string>();

  /** Something happened once more. */
  count(name: string, labels: LabelValues, times = 1): void {
    const key = seriesKey(name, labels);
    this.#names.add(name);
    this.#counts.set(key, (this.#counts.get(key) ?? 0) + times);
  }

  /** Something has this value in the end. */
  set(name: string, labels: LabelValues, value: number): void {
    this.#names.add(name);
    this.#counts.set(seriesKey(name, labels), value);
  }

  /** Something took so many seconds, or so many of whatever its histogram measures. */
  observe(name: string, labels: LabelValues, value: number): void {
    const key = seriesKey(name, labels);
    const known = this.#observations.get(key);
    if (known) known.values.push(value);
    else this.#observations.set(key, { name, labels, values: [value] });
    for (const suffix of ['_count', '_sum', '_bucket']) this.#names.add(name + suffix);
  }

  /** Says that a metric is known here, so that whatever is exposed of it must be in the ledger. */
  know(...names: readonly string[]): void {
    for (const name of names) this.#names.add(name);
  }

  /** How often something happened, over all series that have these labels. */
  total(name: string, labels: LabelValues = {}): number {
    const wanted = Object.entries(labels).map(([label, value]) => `,${label}="${value}"`);
    return [...this.#counts]
      .map(([key, value]) => [key.replace('{', '{,'), value] as const)
      .filter(([key]) => key.startsWith(`${name}{`) && wanted.every((pair) => key.includes(pair)))
      .reduce((sum, [, value]) => sum + value, 0);
  }

  /**
   * Holds an exposition against the truth: every series that is in the ledger, and every exposed
   * series of a metric that the ledger knows, zeros included.
   */
  check(samples: readonly ExposedSample[]): readonly LedgerCheck[] {
    const expected = new Map([...this.#counts, ...this.#expandHistograms(samples)]);
    const exposed = new Map(
      samples
        .filter(({ name }) => this.#names.has(name))
        .map(({ name, labels, value }) => [seriesKey(name, labels), value]),
    );
    const keys = new Set([...expected.keys(), ...exposed.keys()]);
    return [...keys]
      .sort()
      .map((series) => toCheck(series, expected.get(series) ?? 0, exposed.get(series)));
  }

  /** A histogram's series, with the bounds that the exposition has. */
  #expandHistograms(samples: readonly ExposedSample[]): readonly (readonly [string, number])[] {
    const bounds = boundsOf(samples);
    return [...this.#observations.values()].flatMap(({ name, labels, values }) => [
      [seriesKey(`${name}_count`, labels), values.length] as const,
      [seriesKey(`${name}_sum`, labels), values.reduce((sum, value) => sum + value, 0)] as const,
      ...(bounds.get(name) ?? []).map((le) => {
        const below = values.filter((value) => value <= Number(le.replace('+Inf', 'Infinity')));
        return [seriesKey(`${name}_bucket`, { ...labels, le }), below.length] as const;
      }),
    ]);
  }
}

function boundsOf(samples: readonly ExposedSample[]): ReadonlyMap<string, readonly string[]> {
  const bounds = new Map<string, Set<string>>();
  for (const { name, labels } of samples) {
    if (!name.endsWith('_bucket') || labels.le === undefined) continue;
    const metric = name.slice(0, -'_bucket'.length);
    bounds.set(metric, (bounds.get(metric) ?? new Set()).add(labels.le));
  }
  return new Map([...bounds].map(([metric, known]) => [metric, [...known]]));
}

function toCheck(series: string, expected: number, actual: number | undefined): LedgerCheck {
  const difference = Math.abs((actual ?? 0) - expected);
  const right = difference <= TOLERANCE * Math.max(1, Math.abs(expected));
  return { series, expected, actual, right };
}
