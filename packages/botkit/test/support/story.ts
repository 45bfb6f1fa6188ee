import type { RecordedEvent } from './recorded-event';

type VisitEvent = Extract<RecordedEvent, { visit: { index: number } }>;

/** What happened to journeys and visits, one line each: what a person would tell of it. */
export function story(events: readonly RecordedEvent[]): readonly string[] {
  const lines = events.flatMap((event) => line(event) ?? []);
  return [...lines, ...openVisits(events).map((place) => `${place} is open`)];
}

/** Passages from node to node. */
export function transitions(events: readonly RecordedEvent[]): readonly string[] {
  return events.flatMap((event) =>
    event.kind === 'node_entered' && event.from !== undefined
      ? [`${event.visit.journey.flow}: ${event.from} > ${event.visit.node}`]
      : [],
  );
}

/** Nodes in the order they were entered. */
export function entered(events: readonly RecordedEvent[]): readonly string[] {
  return events.flatMap((event) => (event.kind === 'node_entered' ? [placeOf(event)] : []));
}

function line(event: RecordedEvent): string | undefined {
  if (event.kind === 'journey_started')
    return `${event.journey.flow} begins: ${event.journey.entry}`;
  if (event.kind === 'journey_ended') return `${event.journey.flow} ends: ${event.outcome}`;
  if (event.kind === 'visit_settled') return `${placeOf(event)} ${settlement(event)}`;
  if (event.kind === 'node_confused') return `${placeOf(event)} confused: ${event.signal}`;
  if (event.kind === 'node_looped') return `${placeOf(event)} looped: ${event.period}`;
  if (event.kind === 'node_returned') return `${placeOf(event)} returned`;
  if (event.kind === 'visit_stalled') return `${placeOf(event)} stalled`;
  if (event.kind === 'turn_ended' && event.error !== undefined) return `turn fails: ${event.error}`;
  if (event.kind === 'error_contained') return `contained: ${JSON.stringify(event.error)}`;
  return undefined;
}

function settlement(event: Extract<RecordedEvent, { kind: 'visit_settled' }>): string {
  const { outcome, waitSeconds, match, inputKind } = event;
  const wait = waitSeconds === undefined ? [] : [`after ${waitSeconds} s`];
  const kind = inputKind === undefined || inputKind === 'text' ? [] : [inputKind];
  return [outcome, ...wait, ...(match ? [match] : []), ...kind].join(', ');
}

function openVisits(events: readonly RecordedEvent[]): readonly string[] {
  const open = new Map<string, string>();
  for (const event of events) {
    if (event.kind === 'node_entered') open.set(visitKey(event), placeOf(event));
    if (event.kind === 'visit_settled') open.delete(visitKey(event));
  }
  return [...open.values()];
}

function placeOf({ visit }: Pick<VisitEvent, 'visit'>): string {
  return `${visit.journey.flow}/${visit.node}`;
}

/** Names one passage of one journey through one node. */
export function visitKey({ visit }: Pick<VisitEvent, 'visit'>): string {
  return `${visit.journey.id} #${visit.index}`;
}
