import type { Answer } from '../answer';
import { type CalendarOptions, toDay } from '../calendar';
import type { DailyValue } from '../daily';
import { type DatedChange, findDatedChanges } from '../movements/dated-changes';
import { groupBy } from '../places';
import type { ChangePointOptions } from '../statistics/change-point';
import type { TimedResponse } from './response-peaks';

/** The days from which on responses took longer or shorter, in seconds, oldest first. */
export function findResponseChanges(
  responses: readonly TimedResponse[],
  options: ChangePointOptions & CalendarOptions = {},
): Answer<readonly DatedChange[]> {
  const answer = findDatedChanges(toLogarithms(responses, options), options);
  if (answer.kind !== 'found') return answer;
  const value = answer.value.map((change) => ({
    ...change,
    before: Math.exp(change.before),
    after: Math.exp(change.after),
  }));
  return { kind: 'found', value };
}

/** One slow day counts as much as one fast one. */
function toLogarithms(
  responses: readonly TimedResponse[],
  calendar: CalendarOptions,
): readonly DailyValue[] {
  const days = groupBy(responses, ({ hour }) => toDay(hour, calendar));
  return [...days].flatMap(([day, rows]) => {
    const count = rows.reduce((sum, row) => sum + row.count, 0);
    const seconds = rows.reduce((sum, row) => sum + row.seconds_sum, 0);
    return count > 0 && seconds > 0 ? [{ day, value: Math.log(seconds / count) }] : [];
  });
}
