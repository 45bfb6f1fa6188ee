import { type AlertCases, type Firing, MINUTES } from '../alert-case';
import { type Stretch, toTimeline } from '../timeline';

/** What of failing sends differs from alert to alert. */
interface FailureSubject {
  readonly firing: Firing;
  readonly toSeries: (failed: string, sent: string) => Readonly<Record<string, string>>;
  /** Failures a minute, and what goes well. */
  readonly above: readonly [failed: number, sent: number];
  readonly below: readonly [failed: number, sent: number];
}

const LINE = { line: '1001' };
const WHATSAPP = { category: 'whatsapp' };
const BLOCKED = { severity: 'critical', sending: 'blocked' };

const toMessages = (reason: string) => (failed: string, sent: string) => ({
  [`whatsapp_message_failures_total{line="1001",class="${reason}",code="1"}`]: failed,
  'whatsapp_messages_total{line="1001",category="utility",status="failed"}': failed,
  'whatsapp_messages_total{line="1001",category="utility",status="sent"}': sent,
});

const toVisits = (failed: string, sent: string) => ({
  'conversation_node_exits_total{flow="order",node="size",outcome="undelivered"}': failed,
  'conversation_node_exits_total{flow="order",node="size",outcome="advanced"}': sent,
});

const SUBJECTS: Readonly<Record<string, FailureSubject>> = {
  WhatsappSendsRefused: {
    firing: { ...WHATSAPP, ...BLOCKED, ...LINE, class: 'billing' },
    toSeries: toMessages('billing'),
    above: [2, 8],
    below: [0.6, 9.4],
  },
  WhatsappSendsFailing: {
    firing: { ...WHATSAPP, severity: 'warning', ...LINE, class: 'unreachable' },
    toSeries: toMessages('unreachable'),
    above: [4, 6],
    below: [2.2, 7.8],
  },
  WhatsappMessagesUndelivered: {
    firing: { ...WHATSAPP, ...BLOCKED },
    toSeries: toVisits,
    above: [4, 6],
    below: [2.2, 7.8],
  },
  WhatsappNegativeFeedback: {
    firing: { ...WHATSAPP, severity: 'critical', ...LINE },
    toSeries: toMessages('negative_feedback'),
    above: [1, 99],
    below: [0.55, 99.45],
  },
};

/** Every alert about messages that fail, with its cases. */
export const FAILURE_CASES: readonly AlertCases[] = Object.entries(SUBJECTS).map(
  ([alert, subject]) => createFailureCases(alert, subject),
);

function createFailureCases(alert: string, subject: FailureSubject): AlertCases {
  const firing = { alertname: alert, ...subject.firing };
  const [failed, sent] = subject.above;
  const both = (toStretches: (by: number) => readonly Stretch[], pace = subject.above) =>
    subject.toSeries(toTimeline(toStretches(pace[0])), toTimeline(toStretches(pace[1])));
  return {
    alert,
    clock: MINUTES,
    cases: [
      {
        kind: 'fires',
        name: 'while messages fail',
        series: subject.toSeries(
          toTimeline([{ steps: 60 }, { steps: 60, by: failed }, { steps: 130 }]),
          toTimeline([{ steps: 250, by: sent }]),
        ),
        firing: { '60m': [], '110m': [firing], '240m': [] },
      },
      {
        kind: 'fires',
        name: 'when all of it happens between two scrapes, in a series that is new',
        series: {
          turnspan_contained_errors_total: '0+0x120',
          ...subject.toSeries('_x70 60+0x50', toTimeline([{ steps: 120, by: 1 }])),
        },
        firing: { '69m': [], '80m': [firing] },
      },
      {
        kind: 'below',
        name: 'a share that is too small, or not certainly too large',
        series: both((by) => [{ steps: 120, by }], subject.below),
        firing: { '60m': [], '110m': [] },
      },
      {
        kind: 'few',
        name: 'nine of nine',
        series: subject.toSeries(
          toTimeline([{ steps: 60 }, { steps: 9, by: 1 }, { steps: 60 }]),
          '0+0x130',
        ),
        firing: { '70m': [], '80m': [], '110m': [] },
      },
      {
        kind: 'reset',
        name: 'counters that begin again',
        series: both((by) => [
          { steps: 90, by },
          { steps: 60, by, from: 0 },
        ]),
        firing: { '80m': [firing], '91m': [firing], '140m': [firing] },
      },
      {
        kind: 'restart',
        name: 'a process that is away for some minutes',
        series: both((by) => [
          { steps: 90, by },
          { steps: 5, by, isGone: true },
          { steps: 60, by, from: 0 },
        ]),
        firing: { '80m': [firing], '93m': [firing], '97m': [firing], '150m': [firing] },
      },
    ],
  };
}
