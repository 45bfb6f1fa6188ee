import { type AlertCases, FAST, MINUTES } from '../alert-case';
import { toStates, toTimeline } from '../timeline';

const SHARED = { category: 'whatsapp', severity: 'warning', line: '1001' };
const UNKNOWN_FIRES = { alertname: 'WhatsappQualityUnknown', ...SHARED };
const STALE_FIRES = { alertname: 'WhatsappQualityStale', ...SHARED };

const RATING = 'whatsapp_phone_quality_rating{line="1001",rating="unknown"}';
const POLLED = 'whatsapp_state_observed_timestamp_seconds{kind="phone",id="1001",source="poll"}';
const TOLD = 'whatsapp_state_observed_timestamp_seconds{kind="phone",id="1001",source="webhook"}';

/** An hour is a minute here, five samples long. */
const UNKNOWN: AlertCases = {
  alert: 'WhatsappQualityUnknown',
  clock: FAST,
  cases: [
    {
      kind: 'fires',
      name: 'after six hours, until there is a rating',
      series: {
        [RATING]: toStates([
          [1, 40],
          [0, 20],
        ]),
      },
      firing: { '5m48s': [], '7m': [UNKNOWN_FIRES], '9m': [] },
    },
    {
      kind: 'below',
      name: 'five hours',
      series: {
        [RATING]: toStates([
          [0, 5],
          [1, 25],
          [0, 20],
        ]),
      },
      firing: { '5m48s': [], '7m': [] },
    },
    {
      kind: 'few',
      name: 'again and again, with ratings in between',
      series: {
        [RATING]: toStates([
          [1, 20],
          [0, 1],
          [1, 20],
          [0, 1],
          [1, 10],
        ]),
      },
      firing: { '7m': [], '10m': [] },
    },
    {
      kind: 'reset',
      name: 'a process that takes the place of another',
      series: {
        [RATING]: toTimeline([
          { steps: 20, from: 1 },
          { steps: 20, isGone: true },
        ]),
        [RATING.replace('}', ',instance="two"}')]: '_x21 1+0x19',
      },
      firing: { '7m': [UNKNOWN_FIRES] },
    },
    {
      kind: 'restart',
      name: 'a process that is away for less than half an hour',
      series: {
        [RATING]: toTimeline([
          { steps: 20, from: 1 },
          { steps: 2, isGone: true },
          { steps: 20, from: 1 },
        ]),
      },
      firing: { '7m': [UNKNOWN_FIRES] },
    },
  ],
};

/** Time begins at 0, so a number that was polled at 600 was polled ten minutes after the start. */
const STALE: AlertCases = {
  alert: 'WhatsappQualityStale',
  clock: MINUTES,
  cases: [
    {
      kind: 'fires',
      name: 'two hours after the last poll, until the next',
      series: {
        [POLLED]: toStates([
          [600, 150],
          [9000, 20],
        ]),
      },
      firing: { '129m': [], '140m': [STALE_FIRES], '160m': [] },
    },
    {
      kind: 'below',
      name: 'polled not quite two hours ago',
      series: { [POLLED]: '600+0x150' },
      firing: { '128m': [] },
    },
    {
      kind: 'few',
      name: 'a number of which only webhooks tell',
      series: { [TOLD]: '600+0x200' },
      firing: { '190m': [] },
    },
    {
      kind: 'reset',
      name: 'nothing, while another process polls',
      series: { [POLLED]: '600+0x200', [POLLED.replace('}', ',instance="two"}')]: '0+60x200' },
      firing: { '190m': [] },
    },
    {
      kind: 'restart',
      name: 'a process that polls in vain since it began',
      series: {
        [POLLED]: toTimeline([
          { steps: 60, from: 600 },
          { steps: 100, isGone: true },
        ]),
      },
      firing: { '128m': [], '140m': [STALE_FIRES] },
    },
  ],
};

/** The alerts about not knowing, with their cases. */
export const KNOWLEDGE_CASES: readonly AlertCases[] = [UNKNOWN, STALE];
