import { type AlertCases, type Firing, MINUTES } from '../alert-case';
import { toTimeline } from '../timeline';

/** A gauge of which one series is 1 while the alert is due. */
export interface StateSubject {
  readonly firing: Firing;
  readonly state: Gauge;
  /** What does not alert, though it looks alike. */
  readonly other: Gauge;
}

/** Name and labels of a gauge, and its value where 1 is not meant. */
export interface Gauge {
  readonly name: string;
  readonly labels: Firing;
  readonly value?: number;
  /** Value of a state that is over. */
  readonly end?: number;
}

/** Creates the cases of an alert about a state. */
export function createStateCases(
  alert: string,
  { firing, state, other }: StateSubject,
): AlertCases {
  const { value = 1, end = 0 } = state;
  const of = (gauge: Gauge, instance: string) => {
    const labels = Object.entries({ ...gauge.labels, instance });
    return `${gauge.name}{${labels.map(([label, word]) => `${label}="${word}"`).join(',')}}`;
  };
  const on = (steps: number) => ({ from: value, steps });
  const off = (steps: number) => ({ from: end, steps });
  return {
    alert,
    clock: MINUTES,
    cases: [
      {
        kind: 'fires',
        name: 'and ends with the state',
        series: { [of(state, 'one')]: toTimeline([off(10), on(20), off(30)]) },
        firing: { '9m': [], '20m': [firing], '40m': [] },
      },
      {
        kind: 'below',
        name: 'a state that only looks alike',
        series: { [of(other, 'one')]: `${other.value ?? 1}+0x30` },
        firing: { '20m': [] },
      },
      {
        kind: 'few',
        name: 'a single sample',
        series: { [of(state, 'one')]: toTimeline([off(10), on(1), off(20)]) },
        firing: { '10m': [], '12m': [], '20m': [] },
      },
      {
        kind: 'reset',
        name: 'a process that takes the place of another',
        series: {
          [of(state, 'one')]: toTimeline([on(20), { steps: 20, isGone: true }]),
          [of(state, 'two')]: `_x22 ${value}+0x20`,
        },
        firing: { '18m': [firing], '21m': [firing], '35m': [firing] },
      },
      {
        kind: 'restart',
        name: 'a process that does not know the state for some minutes',
        series: {
          [of(state, 'one')]: toTimeline([on(20), { steps: 4, isGone: true }, on(20)]),
        },
        firing: { '18m': [firing], '22m': [firing], '24m': [firing], '40m': [firing] },
      },
    ],
  };
}
