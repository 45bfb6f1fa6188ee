import type { Labels } from './types';

/** Leads on by the value of the next label; holds the series after the last one. */
interface Branch<S> {
  readonly next: Map<string, Branch<S>>;
  series: S | undefined;
}

/**
 * The series of one metric, found by the values of its labels. A tree of maps, one level per label:
 * label values are the same few strings again and again, with hashes that the engine has at hand,
 * whereas a key joined from them would be a new string to hash for every event.
 */
export class SeriesMap<S> {
  readonly #names: readonly string[];
  readonly #create: (labels: Labels) => S;
  readonly #all = new Set<S>();
  #root: Branch<S> = createBranch();

  constructor(names: readonly string[], create: (labels: Labels) => S) {
    this.#names = names;
    this.#create = create;
  }

  /** The series with these values, made if it does not exist yet. */
  at(values: readonly string[]): S {
    let branch = this.#root;
    for (const value of values) branch = branch.next.get(value) ?? grow(branch, value);
    branch.series ??= this.#make(values);
    return branch.series;
  }

  /** The series with these values, if it exists. */
  get(values: readonly string[]): S | undefined {
    return find(this.#root, values)?.series;
  }

  /** Forgets the series with these values. */
  delete(values: readonly string[]): void {
    const parent = find(this.#root, values.slice(0, -1));
    const last = values.at(-1);
    if (parent === undefined || last === undefined) return;
    const series = parent.next.get(last)?.series;
    if (series !== undefined) this.#all.delete(series);
    parent.next.delete(last);
  }

  clear(): void {
    this.#root = createBranch();
    this.#all.clear();
  }

  /** All series, in the order in which they were made. */
  all(): Iterable<S> {
    return this.#all;
  }

  #make(values: readonly string[]): S {
    const series = this.#create(toLabels(this.#names, values));
    this.#all.add(series);
    return series;
  }
}

function createBranch<S>(): Branch<S> {
  return { next: new Map(), series: undefined };
}

function grow<S>(branch: Branch<S>, value: string): Branch<S> {
  const next = createBranch<S>();
  branch.next.set(value, next);
  return next;
}

function find<S>(root: Branch<S>, values: readonly string[]): Branch<S> | undefined {
  let branch: Branch<S> | undefined = root;
  for (const value of values) branch = branch?.next.get(value);
  return branch;
}

/** An empty value is the same to Prometheus as no label, so it is left out. */
function toLabels(names: readonly string[], values: readonly string[]): Labels {
  const pairs = names.map((name, index) => [name, values[index] ?? ''] as const);
  return Object.fromEntries(pairs.filter(([, value]) => value !== ''));
}
