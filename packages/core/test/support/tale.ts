import type { TrackerEvent } from '../../src';

export type EventOf<K extends TrackerEvent['kind']> = Extract<TrackerEvent, { kind: K }>;

/** An event as it was when it was told: later changes of what it points at do not show. */
export function freeze(event: TrackerEvent): TrackerEvent {
  const plain = JSON.parse(JSON.stringify(event)) as TrackerEvent;
  return event.kind === 'error_contained' ? { ...event } : plain;
}

/** What the events tell of journeys and visits, one line each. */
export function toTale(events: readonly TrackerEvent[]): string[] {
  return events.flatMap((event) => toLine(event) ?? []);
}

function toLine(event: TrackerEvent): string | undefined {
  if (event.kind === 'journey_started') {
    return `begin ${event.journey.flow} (${event.journey.entry})`;
  }
  if (event.kind === 'journey_ended') return `end ${event.journey.flow}: ${event.outcome}`;
  const verb = VERBS[event.kind];
  if (verb === undefined || !('visit' in event) || event.visit === undefined) return undefined;
  return `${verb} ${event.visit.journey.flow}/${event.visit.node}${detailOf(event)}`;
}

const VERBS: Partial<Record<TrackerEvent['kind'], string>> = {
  node_entered: 'enter',
  node_asked: 'ask',
  visit_settled: 'leave',
  visit_stalled: 'stall',
  node_confused: 'confuse',
  node_looped: 'loop',
  node_returned: 'return',
};

function detailOf(event: TrackerEvent): string {
  if (event.kind === 'visit_settled') return `: ${event.outcome}`;
  if (event.kind === 'node_confused') return `: ${event.signal}`;
  return event.kind === 'node_looped' ? `: ${event.period}` : '';
}
