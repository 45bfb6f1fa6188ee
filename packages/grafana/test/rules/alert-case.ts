/** What a case shows of its alert. */
export const CASE_KINDS = ['fires', 'below', 'few', 'reset', 'restart'] as const;

/** One of {@link CASE_KINDS}. */
export type CaseKind = (typeof CASE_KINDS)[number];

/** Labels of an alert that fires, without those that it always has. */
export type Firing = Readonly<Record<string, string>>;

/** What Prometheus is told, and what it has to make of it. */
export interface AlertCase {
  readonly kind: CaseKind;
  readonly name: string;
  /** Series in promtool's notation, by selector; each gets a `job` of its own and, unless it has one, `instance`. */
  readonly series: Readonly<Record<string, string>>;
  /** All alerts that fire, by promtool's notation of the time. */
  readonly firing: Readonly<Record<string, readonly Firing[]>>;
}

/** The cases of one alert. */
export interface AlertCases {
  readonly alert: string;
  /** How the time of the series runs. */
  readonly clock: Clock;
  readonly cases: readonly AlertCase[];
}

/** How time runs in a test. */
export interface Clock {
  /** How far apart samples and evaluations are. */
  readonly interval: string;
  /** By how much every duration is shortened. */
  readonly factor: number;
  /** Days of the past that the present is compared with. */
  readonly pastDays: number;
}

/** Durations as they are by default, a sample a minute. */
export const MINUTES: Clock = { interval: '1m', factor: 1, pastDays: 7 };

/** An hour within a minute and five samples in it; three days are past enough, and half the work. */
export const FAST: Clock = { interval: '12s', factor: 1 / 60, pastDays: 3 };

/** Samples of a {@link FAST} hour. */
export const HOUR = 5;

/** Samples of a {@link FAST} day. */
export const DAY = 24 * HOUR;

/** Samples of all the past that {@link FAST} compares with. */
export const PAST = FAST.pastDays * DAY;
