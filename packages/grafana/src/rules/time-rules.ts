import type { RuleConfig } from '../config';
import { toDuration } from '../durations';
import { maxBy, sumBy } from '../promql';
import { RECORDED, type RecordedTimes } from '../recorded';
import type { RecordingRule } from '../rule-file';

type TimedMetric =
  | 'conversation_response_seconds'
  | 'conversation_first_response_seconds'
  | 'conversation_felt_response_seconds';

interface Times {
  readonly names: RecordedTimes;
  readonly metric: TimedMetric;
  readonly labels: readonly string[];
}

const RESPONDER = ['job', 'channel', 'line', 'responder'];

const TIMES: readonly Times[] = [
  { names: RECORDED.response, metric: 'conversation_response_seconds', labels: RESPONDER },
  {
    names: RECORDED.firstResponse,
    metric: 'conversation_first_response_seconds',
    labels: RESPONDER,
  },
  {
    names: RECORDED.feltResponse,
    metric: 'conversation_felt_response_seconds',
    labels: ['job', 'channel', 'line'],
  },
];

/** Records response times, and those of the same hour of the same weekday. */
export function createTimeRules(config: RuleConfig): readonly RecordingRule[] {
  return TIMES.flatMap((times) => [
    ...createHourRules(times, config),
    ...createWeekdayRules(times, config),
  ]);
}

function createHourRules({ names, metric, labels }: Times, config: RuleConfig): RecordingRule[] {
  const increase = (suffix: string) => `increase(${metric}_${suffix}[${hour}])`;
  const hour = toDuration(config.durations.hour);
  const buckets = sumBy([...labels, 'le'], increase('bucket'));
  return [
    { record: names.count, expr: sumBy(labels, increase('count')) },
    { record: names.mean, expr: `${sumBy(labels, increase('sum'))} / (${names.count} > 0)` },
    {
      record: names.p90,
      expr: `histogram_quantile(0.9, ${buckets}) and ${names.count} > 0`,
    },
  ];
}

function createWeekdayRules({ names, labels }: Times, config: RuleConfig): RecordingRule[] {
  const expr = (name: string) => {
    const weeks = [1, 2].map((weeks) => createWeekAgo(name, { names, config, weeks }));
    return maxBy(labels, weeks.join(' or '));
  };
  return [
    { record: names.meanSameWeekday, expr: expr(names.mean) },
    { record: names.p90SameWeekday, expr: expr(names.p90) },
  ];
}

interface WeekAgo {
  readonly names: RecordedTimes;
  readonly config: RuleConfig;
  readonly weeks: number;
}

/** The label keeps the weeks apart, which would otherwise be the same series. */
function createWeekAgo(name: string, { names, config, weeks }: WeekAgo): string {
  const { durations, thresholds } = config;
  const ago = `offset ${toDuration(weeks * durations.week)}`;
  const counted = `${names.count} ${ago} >= ${thresholds.responseSample}`;
  return `label_replace(${name} ${ago} and ${counted}, "weeks", "${weeks}", "", "")`;
}
