import type { ExampleTrace } from '@turnspan/console';
import type { Answer, Investigation } from '@turnspan/insights';
import type { Journal } from '@turnspan/journal';

/** Stands for the session in the address of a trace. */
export const SESSION_PLACE = '{sessionId}';

/** Where examples are read from, and where their traces are. */
export interface TraceParts {
  readonly journal: Pick<Journal, 'visitsOf'>;
  /** Undefined where nobody says it: then there are no examples. */
  readonly traceUrl: string | undefined;
}

const DAY_MS = 86_400_000;
const MOST_SUSPECTS = 3;
const EACH = 3;
/** What is suspected moved within a week. */
const WINDOW_MS = 7 * DAY_MS;

/** The last people whom the suspected steps lost, as sessions whose traces can be read. */
export async function tellTraces(
  answer: Answer<Investigation>,
  { journal, traceUrl }: TraceParts,
): Promise<readonly ExampleTrace[]> {
  if (traceUrl === undefined || answer.kind !== 'found') return [];
  const { suspects, at } = answer.value;
  const found: ExampleTrace[] = [];
  for (const { subject } of suspects.slice(0, MOST_SUSPECTS)) {
    if (subject.kind !== 'node') continue;
    const { flow, node } = subject;
    const period = { since: at - WINDOW_MS, until: at };
    const lost = { outcome: 'dropped', limit: EACH } as const;
    const visits = await journal.visitsOf({ flow, node, ...period, ...lost });
    for (const { session_id: sessionId, at: lostAt } of visits.filter(
      (each) => each.node === node,
    )) {
      const url = traceUrl.replaceAll(SESSION_PLACE, encodeURIComponent(sessionId));
      found.push({ sessionId, flow, node, at: lostAt, url });
    }
  }
  return found;
}
