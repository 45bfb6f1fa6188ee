import type { JourneyRef, QualityFact, TrackerEvent, UserRef, VisitRef } from '@turnspan/core';
import type { JournalRecord } from './records';
import type { ExposureRow, JourneyRow, RunColumns, VisitRow } from './tables';
import { toHour, toWholeMs } from './whole-ms';

type EventOf<K extends TrackerEvent['kind']> = Extract<TrackerEvent, { readonly kind: K }>;

/** What the journal keeps of an event; undefined if nothing. */
export function toRecord(event: TrackerEvent): JournalRecord | undefined {
  const record = toFreshRecord(event);
  return record && event.again && 'row' in record ? { ...record, again: true } : record;
}

function toFreshRecord(event: TrackerEvent): JournalRecord | undefined {
  switch (event.kind) {
    case 'quality_changed':
      return {
        kind: 'quality_change',
        change: { ...copyFact(event.change), from: event.change.from },
      };
    case 'quality_event':
      return toQualityEvent(event);
    case 'preference_changed':
      return toPreferenceChange(event);
    case 'visit_settled':
      return { kind: 'visit', row: toVisitRow(event) };
    case 'journey_ended':
      return { kind: 'journey', row: toJourneyRow(event) };
    case 'journey_started':
      return toJourneyStart(event);
    case 'node_returned':
      return toReturn(event);
    case 'node_confused':
      return toConfusion(event);
    case 'responded':
      return toResponse(event);
    case 'delivery':
      return toDelivery(event);
    case 'variant_shown':
      return toExposure(event);
    case 'flow_declared':
    case 'turn_started':
    case 'turn_ended':
    case 'inbound_received':
    case 'node_entered':
    case 'node_asked':
    case 'node_looped':
    case 'visit_stalled':
    case 'message_sent':
    case 'webhook':
    case 'clock_skewed':
    case 'error_contained':
      return undefined;
  }
}

/** A fact that nobody changes, with whole milliseconds. */
export function copyFact(fact: QualityFact): QualityFact {
  return {
    ...fact,
    subject: { ...fact.subject },
    at: toWholeMs(fact.at),
    observedAt: toWholeMs(fact.observedAt),
    ...(fact.until !== undefined && { until: toWholeMs(fact.until) }),
  };
}

function toQualityEvent({ at, signal }: EventOf<'quality_event'>): JournalRecord {
  const { kind, id, name = null, language = null, accountId = null } = signal.subject;
  const row = { at: toWholeMs(at), kind, subject: id, name, language, account: accountId };
  return { kind: 'quality_event', row: { ...row, event: signal.event } };
}

function toPreferenceChange(event: EventOf<'preference_changed'>): JournalRecord {
  const { at, user, value, place } = event;
  const { flow = null, node = null } = place ?? {};
  const row = { at: toWholeMs(at), ...toPerson(user), value, flow, node };
  return { kind: 'preference_change', row };
}

function toVisitRow(event: EventOf<'visit_settled'>): VisitRow {
  const { visit, outcome } = event;
  return {
    journey_id: visit.journey.id,
    visit_index: visit.index,
    node: visit.node,
    at: toWholeMs(event.at),
    kind: visit.kind,
    ...toRun(visit.journey, visit.variant),
    outcome,
    entered_at: toWholeMs(visit.enteredAt),
    asked_at: visit.askedAt === undefined ? null : toWholeMs(visit.askedAt),
    wait_seconds: event.waitSeconds ?? null,
    processing_seconds: event.processingSeconds ?? null,
    input_kind: event.inputKind ?? null,
    match: event.match ?? null,
    loop_period: event.loopPeriod ?? null,
  };
}

function toJourneyRow({
  at,
  journey,
  outcome,
  seconds,
  turns,
}: EventOf<'journey_ended'>): JourneyRow {
  return {
    journey_id: journey.id,
    at: toWholeMs(at),
    ...toRun(journey),
    entry: journey.entry,
    outcome,
    started_at: toWholeMs(journey.startedAt),
    seconds,
    turns,
  };
}

function toJourneyStart({ at, journey }: EventOf<'journey_started'>): JournalRecord {
  const { id, entry } = journey;
  const row = { journey_id: id, at: toWholeMs(at), ...toRun(journey), entry };
  const experiments = journey.exposures.map(({ experiment }) => experiment);
  return { kind: 'journey_start', row, ...(experiments.length > 0 && { experiments }) };
}

function toReturn({ at, visit }: EventOf<'node_returned'>): JournalRecord {
  const asked_at = visit.askedAt === undefined ? null : toWholeMs(visit.askedAt);
  const entered_at = toWholeMs(visit.enteredAt);
  return { kind: 'return', row: { ...toPlace(visit), at: toWholeMs(at), entered_at, asked_at } };
}

function toConfusion({ at, visit, signal }: EventOf<'node_confused'>): JournalRecord {
  return { kind: 'confusion', row: { ...toPlace(visit), at: toWholeMs(at), signal } };
}

function toResponse(event: EventOf<'responded'>): JournalRecord {
  const { turn, flow = null, responder, first, seconds, feltSeconds = null } = event;
  const { channel, line } = turn.user;
  const row = {
    turn_id: turn.id,
    at: toWholeMs(event.at),
    channel,
    line,
    flow,
    responder,
    first: first ? 1 : 0,
    seconds,
    felt_seconds: feltSeconds,
  } as const;
  return { kind: 'response', row };
}

function toDelivery({ at, signal, flow = '', node = '' }: EventOf<'delivery'>): JournalRecord {
  const { channel, line, status, failure } = signal;
  const hour = toHour(at);
  const cause = { class: failure?.class ?? '', code: failure?.code ?? '' };
  return { kind: 'delivery', row: { hour, channel, line, flow, node, status, ...cause, count: 1 } };
}

function toExposure({ turn, journey, shown }: EventOf<'variant_shown'>): JournalRecord {
  const { experiment, salt, variant, flow, reason, counts, since } = shown;
  const own = journey?.exposures.find((each) => each.experiment === experiment);
  const row: ExposureRow = {
    ...{ experiment, salt, ...toPerson(turn.user), at: toWholeMs(since), variant },
    ...{ other_variant: null, flow, journey_id: journey?.id ?? null },
    ...{ visit_index: own?.since ?? 1, reason },
    counts: counts ? 1 : 0,
  };
  return { kind: 'exposure', row };
}

function toPlace({ journey, index, node, variant }: VisitRef) {
  return { journey_id: journey.id, visit_index: index, node, ...toRun(journey, variant) };
}

function toRun(journey: JourneyRef, variant: string = journey.variant): RunColumns {
  const { flow, version, sessionId, user } = journey;
  return { flow, version, variant, ...toPerson(user), session_id: sessionId };
}

function toPerson({ channel, line, key }: UserRef) {
  return { channel, line, user_key: key };
}
