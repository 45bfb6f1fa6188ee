import type { ReportPeriod } from '@turnspan/insights';
import type { Journal } from '@turnspan/journal';
import { formatTime } from '../format-time';

/** Says that a period is empty, and where there is something. */
export async function sayNothingThere(
  journal: Pick<Journal, 'rows'>,
  { since, until }: ReportPeriod,
): Promise<string> {
  const [first] = await journal.rows('visit_hours', { limit: 1 });
  const between = `between ${formatTime(since)} and ${formatTime(until)} (UTC)`;
  if (!first) return `The journal has no visits yet, neither ${between} nor before.`;
  const begins = formatTime(Number(first.hour));
  return `Nothing was settled ${between}. The visits of the journal begin at ${begins}; try --since ${begins.slice(0, 10)}.`;
}
