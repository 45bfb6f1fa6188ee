import type { ConsoleSource, JourneyQuery, Period, QualityQuery } from '@turnspan/console';
import { QUALITY_KINDS, type QualityFact, type Timestamp } from '@turnspan/core';
import { type RowSource, toWholeHours } from '@turnspan/insights';
import type { Journal, TimelineEntry } from '@turnspan/journal';
import { readFlowRows } from './flow-rows';
import { Inquiries, type InquirySource } from './inquiries';
import { type KnownSteps, NO_STEPS } from './known-steps';
import { tellExperiments } from './tell-experiments';
import { tellFlows } from './tell-flows';
import { tellJourney } from './tell-journey';
import { tellNode } from './tell-node';
import { tellQuality, toPointMs } from './tell-quality';

/** What the page is fed with besides a journal. */
export interface SourceOptions {
  /** @default nothing is known but what the journal has */
  readonly steps?: KnownSteps;
  readonly now: () => Timestamp;
  /** What the bot's processes share: how experiments are declared, and what is paused. @default nothing */
  readonly facts?: (() => Promise<readonly QualityFact[]>) | undefined;
  /** The address of a session's traces, with `{sessionId}`. @default no traces are shown */
  readonly traceUrl?: string | undefined;
}

/** What a journal has to answer so that a page can be fed from it. */
export type PageJournal = InquirySource & Pick<Journal, 'shownVariants' | 'exposed'>;

/** Feeds the page from a journal, and from the bot where it runs. */
export function createConsoleSource(
  journal: PageJournal,
  { steps = NO_STEPS, now, facts = async () => [], traceUrl }: SourceOptions,
): ConsoleSource {
  const inquiries = new Inquiries(journal, { steps, now, traceUrl });
  const readParts = async <Q extends JourneyQuery>(query: Q) => ({
    query,
    steps,
    rows: await readFlowRows(journal, query),
    history: await readHistory(journal, query),
  });
  return {
    flows: async ({ period }) => tellFlows(await readFlowRows(journal, { period }), period, steps),
    journey: async (query) => tellJourney(await readParts(query)),
    node: async (query) => tellNode(await readParts(query)),
    quality: async (query) => {
      const rows = await readQuality(journal, query);
      const investigations = await inquiries.list();
      return tellQuality({ ...rows, investigations }, toWholeHours(query.period));
    },
    investigations: async () => ({ investigations: await inquiries.summarize() }),
    investigation: (id) => inquiries.tell(id),
    experiments: () => tellExperiments({ journal, facts }),
  };
}

function readHistory(journal: RowSource, { flow, period }: JourneyQuery) {
  return journal.hours('journey_hours', { ...toWholeHours(period), flow });
}

async function readQuality(journal: RowSource, { period, flow }: QualityQuery) {
  const whole = toWholeHours(period);
  const query = { ...whole, flow, stepMs: toPointMs(whole) };
  const [visits, journeys, responses] = await Promise.all([
    journal.hours('visit_hours', query),
    journal.hours('journey_hours', query),
    journal.hours('response_hours', query),
  ]);
  return { visits, journeys, responses, timeline: await readTimeline(journal, whole) };
}

async function readTimeline(
  journal: RowSource,
  { since, until }: Period,
): Promise<readonly TimelineEntry[]> {
  const entries: TimelineEntry[] = [];
  for (const kind of QUALITY_KINDS) {
    for (const entry of await journal.timeline({ kind, since, until })) entries.push(entry);
  }
  return entries;
}
