/** Names and values of labels. */
export type LabelValues = Readonly<Record<string, string>>;

/** One line of an exposition. */
export interface ExposedSample {
  readonly name: string;
  readonly labels: LabelValues;
  readonly value: number;
}

// Only a line feed ends a line: a label may have any other character, U+2028 included.
const LINE = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})? (\S+)$/s;
const LABEL = /([a-zA-Z_]\w*)="((?:[^"\\]|\\.)*)"/gs;

/** Reads metrics in the text format, as Prometheus does. */
export function parseExposition(text: string): readonly ExposedSample[] {
  return text.split('\n').flatMap((line) => parseLine(line) ?? []);
}

function parseLine(line: string): ExposedSample | undefined {
  const [, name, labels = '', value = ''] = LINE.exec(line) ?? [];
  return name === undefined
    ? undefined
    : { name, labels: parseLabels(labels), value: toNumber(value) };
}

function parseLabels(text: string): LabelValues {
  const pairs = [...text.matchAll(LABEL)].map(([, name = '', value = '']) => [name, toText(value)]);
  return Object.fromEntries(pairs);
}

function toText(value: string): string {
  return value.replace(/\\(.)/gs, (_, char: string) => (char === 'n' ? '\n' : char));
}

function toNumber(text: string): number {
  if (text === '+Inf') return Number.POSITIVE_INFINITY;
  return text === '-Inf' ? Number.NEGATIVE_INFINITY : Number(text);
}

/** Adds up the same series of several processes, as Prometheus does with `sum`. */
export function addUp(expositions: readonly string[]): readonly ExposedSample[] {
  const sums = new Map<string, ExposedSample>();
  for (const sample of expositions.flatMap(parseExposition)) {
    const key = seriesKey(sample.name, sample.labels);
    const known = sums.get(key);
    sums.set(key, known ? { ...known, value: known.value + sample.value } : sample);
  }
  return [...sums.values()];
}

/** Names a series: the same for the same labels in any order; an empty label is none. */
export function seriesKey(name: string, labels: LabelValues): string {
  const pairs = Object.entries(labels).filter(([, value]) => value !== '');
  pairs.sort(([a], [b]) => (a < b ? -1 : 1));
  return `${name}{${pairs.map(([label, value]) => `${label}="${value}"`).join(',')}}`;
}
