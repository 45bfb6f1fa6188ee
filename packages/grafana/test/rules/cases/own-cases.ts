import { type AlertCases, type Firing, MINUTES } from '../alert-case';
import { type Stretch, toStates, toTimeline } from '../timeline';

const TURNSPAN = { category: 'turnspan', severity: 'warning' };

/** Every alert about Turnspan itself, and about the limits of its requests, with its cases. */
export const OWN_CASES: readonly AlertCases[] = [
  createTroubleCases('TurnspanContainedErrors', 'turnspan_contained_errors_total', {
    above: 1,
    below: 0.25,
    few: 4,
  }),
  createTroubleCases('TurnspanJournalLosing', 'turnspan_journal_dropped_total', {
    above: 1,
    below: 0,
    few: 0,
  }),
  createGaugeCases('TurnspanSweeperBehind', 'turnspan_sweep_lag_seconds', {
    firing: { alertname: 'TurnspanSweeperBehind', ...TURNSPAN },
    above: 61,
    below: 60,
    isHeld: true,
  }),
  createGaugeCases('TurnspanLabelOverflow', 'turnspan_label_overflow_total{label="node"}', {
    firing: { alertname: 'TurnspanLabelOverflow', ...TURNSPAN, label: 'node' },
    above: 1,
    below: 0,
    isHeld: false,
  }),
  createGaugeCases('WhatsappGraphBudgetLow', 'whatsapp_graph_usage_ratio{kind="app"}', {
    firing: {
      alertname: 'WhatsappGraphBudgetLow',
      category: 'whatsapp',
      severity: 'warning',
      kind: 'app',
    },
    above: 0.91,
    below: 0.9,
    isHeld: false,
  }),
];

interface Paces {
  /** Failures a minute. */
  readonly above: number;
  readonly below: number;
  /** Failures at once. */
  readonly few: number;
}

function createTroubleCases(alert: string, counter: string, paces: Paces): AlertCases {
  const firing = { alertname: alert, ...TURNSPAN };
  const by = paces.above;
  const at = (...stretches: readonly Stretch[]) => ({ [counter]: toTimeline(stretches) });
  return {
    alert,
    clock: MINUTES,
    cases: [
      {
        kind: 'fires',
        name: 'while it goes on, and a quarter of an hour longer',
        series: at({ steps: 30 }, { steps: 30, by }, { steps: 40 }),
        firing: { '30m': [], '55m': [firing], '90m': [] },
      },
      {
        kind: 'below',
        name: 'now and then',
        series: at({ steps: 90, by: paces.below }),
        firing: { '30m': [], '80m': [] },
      },
      {
        kind: 'few',
        name: 'some at once',
        series: at({ steps: 30 }, { steps: 60, from: paces.few }),
        firing: { '32m': [], '40m': [] },
      },
      {
        kind: 'reset',
        name: 'a counter that begins again',
        series: at({ steps: 30, by }, { steps: 30, by, from: 0 }),
        firing: { '29m': [firing], '31m': [firing], '50m': [firing] },
      },
      {
        kind: 'restart',
        name: 'a process that is away for some minutes',
        series: at({ steps: 30, by }, { steps: 4, isGone: true }, { steps: 30, by, from: 0 }),
        firing: { '29m': [firing], '33m': [firing], '50m': [firing] },
      },
    ],
  };
}

interface GaugeSubject {
  readonly firing: Firing;
  readonly above: number;
  readonly below: number;
  /** Whether the alert goes on while a process restarts, or begins again after it. */
  readonly isHeld: boolean;
}

function createGaugeCases(
  alert: string,
  gauge: string,
  { firing, above, below, isHeld }: GaugeSubject,
): AlertCases {
  return {
    alert,
    clock: MINUTES,
    cases: [
      {
        kind: 'fires',
        name: 'and ends with what it is about',
        series: {
          [gauge]: toStates([
            [0, 10],
            [above, 20],
            [0, 20],
          ]),
        },
        firing: { '9m': [], '20m': [firing], '40m': [] },
      },
      {
        kind: 'below',
        name: 'as much as is still well',
        series: { [gauge]: `${below}+0x30` },
        firing: { '20m': [] },
      },
      {
        kind: 'few',
        name: 'for a few samples',
        series: {
          [gauge]: toStates([
            [0, 10],
            [above, 4],
            [0, 20],
          ]),
        },
        firing: { '13m': [], '16m': [], '20m': [] },
      },
      {
        kind: 'reset',
        name: 'one of two processes',
        series: { [gauge]: '0+0x30', [withInstance(gauge)]: `${above}+0x30` },
        firing: { '20m': [firing] },
      },
      {
        kind: 'restart',
        name: isHeld ? 'goes on' : 'ends and begins again',
        series: {
          [gauge]: toTimeline([
            { steps: 20, from: above },
            { steps: 3, isGone: true },
            { steps: 20, from: above },
          ]),
        },
        firing: { '19m': [firing], '22m': isHeld ? [firing] : [], '35m': [firing] },
      },
    ],
  };
}

function withInstance(gauge: string): string {
  return gauge.includes('{') ? gauge.replace('}', ',instance="two"}') : `${gauge}{instance="two"}`;
}
