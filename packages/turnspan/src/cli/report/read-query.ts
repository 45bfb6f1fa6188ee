import type { ReportPeriod } from '@turnspan/insights';
import type { CommandArguments, CommandOption } from '../command';
import type { CommandIo } from '../command-io';
import { parseTime } from '../parse-time';
import { UsageError } from '../usage-error';

/** One flow instead of all. */
export const FLOW_OPTION: CommandOption = {
  name: 'flow',
  value: 'NAME',
  meaning: 'only this flow',
};

/** Reads from when to when; a period that ends before it begins is refused. */
export function readPeriod(
  { values }: CommandArguments,
  { now }: Pick<CommandIo, 'now'>,
  usual: string,
): ReportPeriod {
  const at = now();
  const since = parseTime('since', values.since ?? usual, at);
  const until = values.until === undefined ? at : parseTime('until', values.until, at);
  if (since < until) return { since, until };
  throw new UsageError('--since has to be before --until, which is now if it is not given.');
}

/** Refuses a flow that nobody was seen in, and says which one may be meant. */
export function checkFlow(flow: string | undefined, known: readonly string[]): void {
  if (flow === undefined || known.length === 0 || known.includes(flow)) return;
  const [closest] = known
    .map((name) => ({ name, distance: measureDistance(flow, name) }))
    .sort((a, b) => a.distance - b.distance);
  const isClose = closest && closest.distance <= Math.max(2, flow.length / 3);
  const advice = isClose ? `Did you mean ${closest.name}?` : `There are ${known.join(', ')}.`;
  throw new UsageError(`In this period nobody was in a flow ${flow}. ${advice}`);
}

/** How many letters have to be changed, added or left out (Levenshtein 1966). */
function measureDistance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (const [line, letter] of [...one].entries()) {
    const next = [line + 1];
    for (let index = 1; index <= other.length; index += 1) {
      const change = (row[index - 1] ?? 0) + Number(letter !== other[index - 1]);
      next.push(Math.min(change, (row[index] ?? 0) + 1, (next[index - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
