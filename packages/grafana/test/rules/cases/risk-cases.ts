import { type AlertCases, DAY, FAST, HOUR, PAST } from '../alert-case';
import { type Stretch, toTimeline } from '../timeline';

const FIRES = {
  alertname: 'WhatsappQualityAtRisk',
  category: 'whatsapp',
  severity: 'warning',
  line: '1001',
};

const GREEN = 'whatsapp_phone_quality_rating{line="1001",rating="green"}';
const YELLOW_TEMPLATE =
  'whatsapp_template_quality_rating{template="order_ready",language="en",rating="yellow"}';

/** Events within an hour. */
interface Pace {
  readonly sent: number;
  readonly read: number;
  readonly optOuts: number;
  readonly held: number;
}

type Paced = Omit<Stretch, 'by'> & { readonly pace: Pace };

const WELL: Pace = { sent: 1000, read: 700, optOuts: 1, held: 1 };
const RISING: Pace = { ...WELL, optOuts: 2.5, held: 2.5 };
const END = '97m';

/** The series of a line that sends. */
function toTraffic(stretches: readonly Paced[]): Record<string, string> {
  const count = (of: (pace: Pace) => number) =>
    toTimeline(stretches.map(({ pace, ...stretch }) => ({ ...stretch, by: of(pace) / HOUR })));
  const messages = 'whatsapp_messages_total{line="1001",category="marketing"';
  return {
    [`${messages},status="sent"}`]: count(({ sent }) => sent),
    [`${messages},status="delivered"}`]: count(({ sent }) => sent),
    [`${messages},status="read"}`]: count(({ read }) => read),
    'whatsapp_message_failures_total{line="1001",class="negative_feedback",code="131048"}': count(
      ({ held }) => held,
    ),
    'whatsapp_opt_outs_total{line="1001",flow="order",node="size"}': count(
      ({ optOuts }) => optOuts,
    ),
  };
}

const past = (pace: Pace): Paced => ({ pace, steps: PAST });
const day = (pace: Pace): Paced => ({ pace, steps: DAY + 2 * HOUR });
const half = (pace: Pace): Paced => ({ pace, steps: DAY / 2 + HOUR });
const LONG = PAST + 2 * DAY;

/** The alert about quality that is still green, with its cases. */
export const RISK_CASES: readonly AlertCases[] = [
  {
    alert: 'WhatsappQualityAtRisk',
    clock: FAST,
    cases: [
      {
        kind: 'fires',
        name: 'while people opt out and messages are held back more than before',
        series: { [GREEN]: `1+0x${LONG}`, ...toTraffic([past(WELL), day(RISING)]) },
        firing: { '72m': [], [END]: [FIRES] },
      },
      {
        kind: 'fires',
        name: 'while fewer messages are read, and a template is yellow',
        series: {
          [GREEN]: `1+0x${LONG}`,
          [YELLOW_TEMPLATE]: `1+0x${LONG}`,
          ...toTraffic([past(WELL), day({ ...WELL, read: 400 })]),
        },
        firing: { '72m': [], [END]: [FIRES] },
      },
      {
        kind: 'below',
        name: 'one sign alone',
        series: {
          [GREEN]: `1+0x${LONG}`,
          ...toTraffic([past(WELL), day({ ...WELL, optOuts: 2.5 })]),
        },
        firing: { [END]: [] },
      },
      {
        kind: 'below',
        name: 'reads that have fallen by little, and a yellow template',
        series: {
          [GREEN]: `1+0x${LONG}`,
          [YELLOW_TEMPLATE]: `1+0x${LONG}`,
          ...toTraffic([past(WELL), day({ ...WELL, read: 600 })]),
        },
        firing: { [END]: [] },
      },
      {
        kind: 'below',
        name: 'a number that is not green',
        series: { [GREEN]: `0+0x${LONG}`, ...toTraffic([past(WELL), day(RISING)]) },
        firing: { [END]: [] },
      },
      {
        kind: 'few',
        name: 'four opt-outs and four messages held back',
        series: {
          [GREEN]: `1+0x${LONG}`,
          ...toTraffic([past(WELL), day({ sent: 10, read: 7, optOuts: 4 / 26, held: 4 / 26 })]),
        },
        firing: { [END]: [] },
      },
      {
        kind: 'reset',
        name: 'counters that begin again',
        series: {
          [GREEN]: `1+0x${LONG}`,
          ...toTraffic([past(WELL), half(RISING), { ...half(RISING), from: 0 }]),
        },
        firing: { [END]: [FIRES] },
      },
      {
        kind: 'restart',
        name: 'a process that does not know the rating for a while',
        series: {
          [GREEN]: toTimeline([
            { steps: PAST + DAY + 2 * HOUR, from: 1 },
            { steps: 2, isGone: true },
            { steps: DAY, from: 1 },
          ]),
          ...toTraffic([
            past(WELL),
            day(RISING),
            { pace: RISING, steps: 2, isGone: true },
            { ...half(RISING), from: 0 },
          ]),
        },
        firing: { [END]: [FIRES], '98m12s': [FIRES], '99m': [FIRES] },
      },
    ],
  },
];
