import { type AlertCase, type AlertCases, DAY, FAST, type Firing, HOUR, PAST } from '../alert-case';
import { type Stretch, toTimeline } from '../timeline';

/** What of a ratio differs from alert to alert. */
export interface RatioSubject {
  readonly firing: Firing;
  readonly toSeries: (counts: Counts) => Readonly<Record<string, string>>;
  /** Whether it fires without a past as well. */
  readonly isAbsolute?: boolean;
}

/** Two counters in promtool's notation. */
export interface Counts {
  readonly part: string;
  readonly rest: string;
}

/** Increases within an hour. */
export type Pace = readonly [part: number, rest: number];

/** How many a day, of which how many, before and now. */
export interface Paces {
  readonly before: Pace;
  readonly above: Pace;
  readonly below: Pace;
  readonly few: Pace;
  /** So many more than before, of so few, as come about by chance. @default no such case */
  readonly chance?: Pace;
}

/** After the past and the day that is compared with it, and a little longer than alerts wait. */
const END = '97m';

/** Creates the cases of an alert that compares a ratio with its past. */
export function createRatioCases(
  alert: string,
  { firing, toSeries, isAbsolute = false }: RatioSubject,
  { before, above, below, few, chance }: Paces,
): AlertCases {
  const past = (pace: Pace) => ({ pace, steps: PAST });
  const day = (pace: Pace) => ({ pace, steps: DAY + 2 * HOUR, PAST });
  const half = (pace: Pace) => ({ pace, steps: DAY / 2 + HOUR, PAST });
  const at = (stretches: readonly Paced[]) => toSeries(toCounts(stretches));
  const cases: readonly AlertCase[] = [
    {
      kind: 'fires',
      name: 'above the past, and no more once the past has caught up',
      series: at([past(before), day(above), day(before), half(before)]),
      firing: { '72m': [], [END]: [firing], '124m': [] },
    },
    {
      kind: 'below',
      name: 'more than before, but not as many as matter',
      series: at([past(before), day(below)]),
      firing: { [END]: [] },
    },
    {
      kind: 'few',
      name: 'a handful of people',
      series: at([past(before), day(few)]),
      firing: { [END]: [] },
    },
    {
      kind: isAbsolute ? 'fires' : 'few',
      name: isAbsolute ? 'without a past as well' : 'no past to compare with',
      series: at([day(above), day(above)]),
      firing: { '24m': isAbsolute ? [firing] : [] },
    },
    {
      kind: 'reset',
      name: 'counters that begin again within the day',
      series: at([past(before), half(above), { ...half(above), isReset: true }]),
      firing: { [END]: [firing] },
    },
    {
      kind: 'reset',
      name: 'nothing, when counters begin again and all is as before',
      series: at([past(before), half(before), { ...half(before), isReset: true }]),
      firing: { '85m': [], '86m': [], [END]: [] },
    },
    {
      kind: 'restart',
      name: 'a process that is away for about half an hour, in the middle of the alert',
      series: at([
        past(before),
        day(above),
        { pace: above, steps: 3, isGone: true },
        { ...half(above), isReset: true },
      ]),
      firing: { [END]: [firing], '98m30s': [firing], '100m': [firing] },
    },
  ];
  if (chance === undefined) return { alert, clock: FAST, cases };
  const byChance: AlertCase = {
    kind: 'few',
    name: 'twice as many as before, but only a dozen',
    series: at([past(before), day(chance)]),
    firing: { '96m': [], [END]: [] },
  };
  return { alert, clock: FAST, cases: [...cases, byChance] };
}

interface Paced {
  readonly pace: Pace;
  readonly steps: number;
  readonly isReset?: boolean;
  readonly isGone?: boolean;
}

function toCounts(stretches: readonly Paced[]): Counts {
  const of = (index: 0 | 1) =>
    toTimeline(
      stretches.map(({ pace, steps, isReset, isGone = false }): Stretch => {
        const stretch = { steps, by: pace[index] / HOUR, isGone };
        return isReset ? { ...stretch, from: 0 } : stretch;
      }),
    );
  return { part: of(0), rest: of(1) };
}
