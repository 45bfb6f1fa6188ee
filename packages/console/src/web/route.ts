import type { Language } from './language/dictionary';

/** How long a period that ends now may be. */
export const PERIODS = ['24h', '7d', '30d', '90d'] as const;
/** One of {@link PERIODS}. */
export type PeriodName = (typeof PERIODS)[number];

/** Days from the first to the last, both as `2026-11-25`. */
export interface DayRange {
  readonly since: string;
  readonly until: string;
}

/** What is looked at. */
export type View =
  | {
      readonly kind: 'journey';
      readonly flow?: string | undefined;
      readonly node?: string | undefined;
    }
  | { readonly kind: 'investigations'; readonly id?: string | undefined }
  | { readonly kind: 'experiments' };

/** Everything that a link to the page holds. */
export interface Route {
  readonly view: View;
  readonly period: PeriodName | DayRange;
  readonly version: string | undefined;
  /** Undefined leaves it to the browser. */
  readonly language: Language | undefined;
  readonly display: 'map' | 'table';
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** Reads the part of an address behind its `#`; what makes no sense is as if it were not there. */
export function parseRoute(hash: string): Route {
  const [path = '', query = ''] = hash.replace(/^#\/?/, '').split('?', 2);
  const parameters = new URLSearchParams(query);
  const language = parameters.get('language');
  return {
    view: parseView(path.split('/').map(decode)),
    period: parsePeriod(parameters.get('period') ?? ''),
    version: parameters.get('version') ?? undefined,
    language: language === 'en' || language === 'es' ? language : undefined,
    display: parameters.get('display') === 'table' ? 'table' : 'map',
  };
}

/** Writes it. */
export function formatRoute({ view, period, version, language, display }: Route): string {
  const parameters = new URLSearchParams();
  const name = typeof period === 'string' ? period : `${period.since}..${period.until}`;
  if (name !== '7d') parameters.set('period', name);
  if (version !== undefined) parameters.set('version', version);
  if (language !== undefined) parameters.set('language', language);
  if (display !== 'map') parameters.set('display', display);
  const path = toPath(view).map(encodeURIComponent).join('/');
  return `#/${path}${parameters.size > 0 ? `?${parameters}` : ''}`;
}

/** From when to when a period is. */
export function toPeriod(
  period: PeriodName | DayRange,
  now: number,
): { readonly since: number; readonly until: number } {
  if (typeof period !== 'string') {
    return { since: toTime(period.since), until: toTime(period.until) + DAY_MS };
  }
  const until = Math.ceil(now / 60_000) * 60_000;
  return { since: until - LENGTHS[period], until };
}

const DAY_MS = 86_400_000;
const LENGTHS: Readonly<Record<PeriodName, number>> = {
  '24h': DAY_MS,
  '7d': 7 * DAY_MS,
  '30d': 30 * DAY_MS,
  '90d': 90 * DAY_MS,
};

/** Days begin where the reader is. */
function toTime(day: string): number {
  return new Date(`${day}T00:00:00`).getTime();
}

function parseView([kind, first, second]: readonly string[]): View {
  if (kind === 'investigations') return { kind, id: first };
  if (kind === 'experiments') return { kind };
  return { kind: 'journey', flow: first || undefined, node: second || undefined };
}

function parsePeriod(text: string): PeriodName | DayRange {
  const name = PERIODS.find((each) => each === text);
  if (name) return name;
  const [since = '', until = ''] = text.split('..');
  const isRange = DAY.test(since) && DAY.test(until) && toTime(since) <= toTime(until);
  return isRange ? { since, until } : '7d';
}

function toPath(view: View): readonly string[] {
  switch (view.kind) {
    case 'journey':
      return ['journey', view.flow, view.node].filter((each) => each !== undefined);
    case 'investigations':
      return ['investigations', view.id].filter((each) => each !== undefined);
    case 'experiments':
      return ['experiments'];
  }
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
