import type { JourneyOutcome, VisitOutcome } from '@turnspan/core';
import type {
  JourneyHourRow,
  JourneyRow,
  RunHour,
  VisitHourRow,
  VisitRow,
} from '@turnspan/journal';

export const HOUR_MS = 3_600_000;
export const DAY_MS = 24 * HOUR_MS;

/** Monday, 5 January 2026, noon. */
export const NOON: number = Date.UTC(2026, 0, 5, 12);

export const RUN_HOUR: RunHour = {
  hour: NOON,
  flow: 'book',
  version: 'v1',
  variant: '',
  channel: 'whatsapp',
  line: '1',
};

export function visitHour(fields: Partial<VisitHourRow>): VisitHourRow {
  return {
    ...RUN_HOUR,
    node: 'name',
    outcome: 'advanced',
    count: 1,
    wait_count: fields.count ?? 1,
    wait_seconds_sum: 0,
    processing_seconds_sum: 0,
    ...fields,
  };
}

export function journeyHour(fields: Partial<JourneyHourRow>): JourneyHourRow {
  return {
    ...RUN_HOUR,
    entry: 'user',
    outcome: 'completed',
    count: 1,
    seconds_sum: 0,
    turns_sum: 0,
    ...fields,
  };
}

export function visit(fields: Partial<VisitRow>): VisitRow {
  return {
    flow: 'book',
    version: 'v1',
    variant: '',
    channel: 'whatsapp',
    line: '1',
    user_key: 'u',
    session_id: 's',
    journey_id: 'j',
    visit_index: 0,
    node: 'name',
    at: NOON,
    kind: 'question',
    outcome: 'advanced',
    entered_at: NOON,
    asked_at: NOON,
    wait_seconds: null,
    processing_seconds: null,
    input_kind: null,
    match: null,
    loop_period: null,
    ...fields,
  };
}

export function journey(fields: Partial<JourneyRow>): JourneyRow {
  return {
    flow: 'book',
    version: 'v1',
    variant: '',
    channel: 'whatsapp',
    line: '1',
    user_key: 'u',
    session_id: 's',
    journey_id: 'j',
    at: NOON,
    entry: 'user',
    outcome: 'completed',
    started_at: NOON,
    seconds: 0,
    turns: 0,
    ...fields,
  };
}

/** The visits of a journey through these nodes; the last one ends so. */
export function path(
  journey_id: string,
  nodes: readonly string[],
  outcome: VisitOutcome,
): readonly VisitRow[] {
  return nodes.map((node, visit_index) =>
    visit({
      journey_id,
      visit_index,
      node,
      outcome: visit_index === nodes.length - 1 ? outcome : 'advanced',
    }),
  );
}

/** So many journeys that ended so. */
export function ended(outcome: JourneyOutcome, count: number): JourneyHourRow {
  return journeyHour({ outcome, count });
}
