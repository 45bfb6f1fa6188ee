import { type AlertCases, FAST, HOUR, MINUTES, PAST } from '../alert-case';
import { type Stretch, toTimeline } from '../timeline';

const WHERE = { channel: 'whatsapp', line: '1001' };
const SLOW_FIRES = {
  alertname: 'ConversationResponseSlow',
  category: 'conversation',
  severity: 'warning',
  responder: 'bot',
  ...WHERE,
};
const UNANSWERED_FIRES = {
  alertname: 'ConversationUnanswered',
  category: 'conversation',
  severity: 'critical',
  ...WHERE,
};

/** Answers within an hour, by how long they took. */
interface Pace {
  readonly second: number;
  readonly seconds?: number;
  readonly halfMinute?: number;
}

interface Paced extends Omit<Stretch, 'by'> {
  readonly pace: Pace;
}

const WELL: Pace = { second: 100 };
const PEAK: Pace = { second: 70, halfMinute: 30 };

function toResponses(stretches: readonly Paced[], responder = 'bot'): Record<string, string> {
  const labels = `flow="order",channel="whatsapp",line="1001",responder="${responder}"`;
  const count = (of: (pace: Pace) => number) =>
    toTimeline(stretches.map(({ pace, ...stretch }) => ({ ...stretch, by: of(pace) / HOUR })));
  const upToSecond = count(({ second }) => second);
  const upToSeconds = count(({ second, seconds = 0 }) => second + seconds);
  const all = count(({ second, seconds = 0, halfMinute = 0 }) => second + seconds + halfMinute);
  const bucket = `conversation_response_seconds_bucket{${labels}`;
  return {
    [`${bucket},le="1"}`]: upToSecond,
    [`${bucket},le="2"}`]: upToSeconds,
    [`${bucket},le="10"}`]: upToSeconds,
    [`${bucket},le="30"}`]: all,
    [`${bucket},le="+Inf"}`]: all,
    [`conversation_response_seconds_count{${labels}}`]: all,
    [`conversation_response_seconds_sum{${labels}}`]: all,
  };
}

const past = (pace: Pace): Paced => ({ pace, steps: PAST });
const hours = (pace: Pace, number: number): Paced => ({ pace, steps: number * HOUR });

const SLOW: AlertCases = {
  alert: 'ConversationResponseSlow',
  clock: FAST,
  cases: [
    {
      kind: 'fires',
      name: 'above the same hour of the week before',
      series: toResponses([past(WELL), hours(PEAK, 3), hours(WELL, 5)]),
      firing: { '72m': [], '74m30s': [SLOW_FIRES], '79m': [] },
    },
    {
      kind: 'below',
      name: 'more than twice as long, but never slow',
      series: toResponses([past(WELL), hours({ second: 70, seconds: 30 }, 3)]),
      firing: { '74m30s': [] },
    },
    {
      kind: 'below',
      name: 'as slow as at this hour of the week before',
      series: toResponses([
        hours(WELL, 24),
        hours(PEAK, 4),
        hours(WELL, 2 * 24 + 20),
        hours(PEAK, 4),
      ]),
      firing: { '98m': [] },
    },
    {
      kind: 'below',
      name: 'people, who are given more time',
      series: toResponses([past(WELL), hours(PEAK, 3)], 'agent'),
      firing: { '74m30s': [] },
    },
    {
      kind: 'few',
      name: 'a handful of answers',
      series: toResponses([past(WELL), hours({ second: 14, halfMinute: 6 }, 3)]),
      firing: { '74m30s': [] },
    },
    {
      kind: 'few',
      name: 'no week before',
      series: toResponses([hours(WELL, 3), hours(PEAK, 6)]),
      firing: { '6m': [], '8m30s': [] },
    },
    {
      kind: 'reset',
      name: 'counters that begin again',
      series: toResponses([past(WELL), hours(PEAK, 2), { ...hours(PEAK, 3), from: 0 }]),
      firing: { '74m': [SLOW_FIRES], '74m24s': [SLOW_FIRES], '76m': [SLOW_FIRES] },
    },
    {
      kind: 'restart',
      name: 'a process that is away for about half an hour',
      series: toResponses([
        past(WELL),
        hours(PEAK, 2),
        { pace: PEAK, steps: 2, isGone: true },
        { ...hours(PEAK, 3), from: 0 },
      ]),
      firing: { '74m': [SLOW_FIRES], '74m24s': [SLOW_FIRES], '77m': [SLOW_FIRES] },
    },
  ],
};

const PEOPLE = 'conversation_unanswered{channel="whatsapp",line="1001"}';
const OLDEST = 'conversation_oldest_unanswered_timestamp_seconds{channel="whatsapp",line="1001"}';
const inTwo = (selector: string) => selector.replace('}', ',instance="two"}');

/** Time begins at 0, so what came at 600 came ten minutes after the start. */
const UNANSWERED: AlertCases = {
  alert: 'ConversationUnanswered',
  clock: MINUTES,
  cases: [
    {
      kind: 'fires',
      name: 'until they are answered',
      series: { [PEOPLE]: '5+0x50 0+0x20', [OLDEST]: '600+0x50' },
      firing: { '25m': [], '35m': [UNANSWERED_FIRES], '55m': [] },
    },
    {
      kind: 'below',
      name: 'many, but none for long',
      series: { [PEOPLE]: '50+0x40', [OLDEST]: '600+0x24 1500+0x15' },
      firing: { '24m': [], '35m': [] },
    },
    {
      kind: 'few',
      name: 'four, for long',
      series: { [PEOPLE]: '4+0x90', [OLDEST]: '600+0x90' },
      firing: { '85m': [] },
    },
    {
      kind: 'reset',
      name: 'those of two processes together',
      series: {
        [PEOPLE]: '2+0x50',
        [OLDEST]: '600+0x50',
        [inTwo(PEOPLE)]: '3+0x50',
        [inTwo(OLDEST)]: '1200+0x50',
      },
      firing: { '35m': [UNANSWERED_FIRES] },
    },
    {
      kind: 'restart',
      name: 'ends with the process, which alone knew who waits',
      series: {
        [PEOPLE]: toTimeline([
          { steps: 40, from: 9 },
          { steps: 3, isGone: true },
          { steps: 20, from: 0 },
        ]),
        [OLDEST]: toTimeline([
          { steps: 40, from: 600 },
          { steps: 3, isGone: true },
        ]),
      },
      firing: { '39m': [UNANSWERED_FIRES], '41m': [], '60m': [] },
    },
  ],
};

/** The alerts about answers, with their cases. */
export const RESPONSE_CASES: readonly AlertCases[] = [SLOW, UNANSWERED];
