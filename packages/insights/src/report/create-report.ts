import type { JourneyHourRow, VisitHourRow } from '@turnspan/journal';
import { type Answer, found, notEnough } from '../answer';
import { type Improvement, modelCompletion } from '../journeys/completion';
import { rankConfusion } from '../journeys/confusion';
import { measureDropOff } from '../journeys/drop-off';
import { rankLoops } from '../journeys/loops';
import { rankSlowNodes, type SlowNode } from '../journeys/slow-nodes';
import { findUnexpectedDropOff, type UnexpectedDropOff } from '../movements/unexpected-drop-off';
import { findLastSteps, findVariants } from '../paths/variants';
import { groupBy } from '../places';
import { findNegativeChanges } from '../quality/negative-changes';
import { measureRisk } from '../quality/risk-index';
import { findResponseChanges } from '../response/response-changes';
import { findResponsePeaks } from '../response/response-peaks';
import { measureResponseTimes } from '../response/response-times';
import { measureProportion } from '../statistics/proportion';
import { toFindings, toHeadline } from './findings';
import { leaveOutParents } from './leave-out-parents';
import type { ReportRows } from './read-report-rows';
import type { CompletionReport, PathReport, QualityReport, Report, ResponseReport } from './report';
import { type ReportQuery, toPeriodDays, toWholeHours } from './row-source';

/** Answers where people leave, why, and what it costs, with bounds; the worst comes first, in words. */
export function createReport(rows: ReportRows, query: ReportQuery): Report {
  const { flow, since, until } = toWholeHours(query);
  const period = { since, until };
  const inside = (each: { readonly hour: number }) => each.hour >= since && each.hour < until;
  const [visits, signals] = [rows.visits.filter(inside), rows.signals.filter(inside)];
  const { nodeJourneys, waits, loops } = rows;
  const journeys = rows.journeys.filter((row) => flow === undefined || row.flow === flow);
  const asked = leaveOutParents(visits);
  const analyses = {
    dropOff: measureDropOff({ visits: asked, signals, journeys: nodeJourneys }),
    unexpected: findUnexpected(leaveOutParents(rows.visits), query),
    confusion: rankConfusion({ visits: asked, signals, journeys: nodeJourneys, waits }),
    loops: rankLoops({ loops, journeys }),
    completion: reportCompletion(journeys, rows.transitions),
    slow: findSlow(rows, query),
    quality: reportQuality(rows, query),
  };
  const findings = toFindings(analyses);
  const counted = { visits: sumCounts(visits), journeys: sumCounts(journeys) };
  return {
    period,
    flow,
    ...counted,
    headline: toHeadline(findings, counted),
    findings,
    ...analyses,
    responses: reportResponses(rows, query),
    paths: reportPaths(rows),
    countedSince: rows.countedSince > since ? rows.countedSince : undefined,
  };
}

const LAST_DAYS = 7;

function findUnexpected(
  visits: readonly VisitHourRow[],
  query: ReportQuery,
): Answer<readonly UnexpectedDropOff[]> {
  const { days, end, utcOffsetMinutes } = toPeriodDays(toWholeHours(query));
  if (days < 1) return notEnough('No day of the period is over.', { had: 0, needed: 1 });
  const window = { at: end - 1, days: Math.min(days, LAST_DAYS), utcOffsetMinutes };
  const nodes = findUnexpectedDropOff(visits, window);
  if (nodes.length > 0) return found(nodes);
  return notEnough('No node has been seen for two weeks before.', { had: 0, needed: 14 });
}

function reportCompletion(
  journeys: readonly JourneyHourRow[],
  transitions: ReportRows['transitions'],
): readonly CompletionReport[] {
  const steps = groupBy(transitions, ({ flow }) => flow);
  return [...groupBy(journeys, ({ flow }) => flow)]
    .map(([flow, rows]) => {
      const of = (outcome: JourneyHourRow['outcome']) =>
        measureProportion(
          sumCounts(rows.filter((row) => row.outcome === outcome)),
          sumCounts(rows),
        );
      const improvements = findImprovements(steps.get(flow) ?? []);
      return { flow, completed: of('completed'), dropped: of('dropped'), improvements };
    })
    .sort((a, b) => b.completed.total - a.completed.total);
}

const NEEDED_JOURNEYS = 30;

function findImprovements(steps: ReportRows['transitions']): Answer<readonly Improvement[]> {
  const journeys = sumCounts(steps.filter(({ from }) => from === ''));
  if (journeys < NEEDED_JOURNEYS) {
    const reason = 'Of too few journeys the way is known.';
    return notEnough(reason, { had: journeys, needed: NEEDED_JOURNEYS });
  }
  const model = modelCompletion(steps);
  return model.kind === 'found' ? found(model.value.improvements) : model;
}

/** Day by day, so that only those days count that are rows of their own. */
function findSlow({ visits, byDaysFrom }: ReportRows, query: ReportQuery): readonly SlowNode[] {
  const { since } = toWholeHours(query);
  const { utcOffsetMinutes } = toPeriodDays(toWholeHours(query));
  const days = visits.filter(({ hour }) => hour >= Math.max(since, byDaysFrom));
  return rankSlowNodes(days, { utcOffsetMinutes });
}

function reportResponses(
  { responses, responsesByHours }: ReportRows,
  query: ReportQuery,
): ResponseReport {
  const { utcOffsetMinutes } = toPeriodDays(toWholeHours(query));
  return {
    times: measureResponseTimes(responses),
    changes: findResponseChanges(responses, { utcOffsetMinutes }),
    peaks: findResponsePeaks(responsesByHours),
  };
}

function reportPaths({ paths }: ReportRows): PathReport {
  return {
    journeys: new Set(paths.map(({ journey_id }) => journey_id)).size,
    variants: findVariants(paths, { limit: 5 }),
    lastSteps: findLastSteps(paths, { limit: 5 }),
  };
}

function reportQuality(
  { visits, signals, messages, changes, timeline }: ReportRows,
  query: ReportQuery,
): QualityReport {
  const { days, end } = toPeriodDays(toWholeHours(query));
  const tooShort = notEnough('No day of the period is over.', { had: 0, needed: 1 });
  return {
    risk: days < 1 ? tooShort : measureRisk({ visits, signals, messages }, { at: end }),
    worsened: findNegativeChanges(changes),
    states: timeline.filter(({ to }) => to === undefined || to >= query.until),
  };
}

function sumCounts(rows: readonly { readonly count: number }[]): number {
  return rows.reduce((sum, { count }) => sum + count, 0);
}
