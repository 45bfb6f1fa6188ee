import { readExposures, writeExposures } from './exposures';
import { Journey, Visit } from './journey';
import type { TraceRef, UserRef } from './refs';
import { Trail } from './trail';
import {
  ENTRIES,
  type InputKind,
  JOURNEY_OUTCOMES,
  type Match,
  NODE_KINDS,
  type Timestamp,
} from './vocabulary';

/**
 * A position is where a user stands in a flow, as one short string that lives in the bot's own
 * dialog state: saved with the stack, gone with the dialog, readable by any process after any
 * restart. It is a JSON array whose first element is the version of this layout.
 */
const LAYOUT = 1;

/** What stands in the place of an outcome while the journey has none. */
const RUNNING = -1;
const ORPHANED = -2;

const INPUT_KINDS: readonly InputKind[] = ['text', 'media', 'event'];
const MATCHES: readonly Match[] = ['matched', 'default', 'accepted', 'unmatched'];

type VisitRow = readonly [
  claimId: string,
  index: number,
  node: string,
  kind: number,
  enteredAt: Timestamp,
  processingMs: number,
  askedAt: Timestamp | null,
  stallAt: Timestamp,
  dropAt: Timestamp,
  openedBy: string,
  repliedAt: Timestamp | null,
  inputKind: number,
  match: number,
  loopPeriod: number,
];

type Row = readonly [
  layout: number,
  id: string,
  flow: string,
  version: string,
  exposures: string,
  entry: number,
  startedAt: Timestamp,
  sessionId: string,
  turns: number,
  visits: number,
  goalReached: number,
  lastNode: string,
  nodes: readonly string[],
  path: string,
  stale: number,
  visit: VisitRow | null,
  standing: number,
];

/** Writes down where the journey stands. */
export function encodePosition(journey: Journey): string {
  const { nodes, path, stale } = journey.trail.toRecord();
  const row: Row = [
    LAYOUT,
    journey.id,
    journey.flow,
    journey.version,
    writeExposures(journey.exposures),
    ENTRIES.indexOf(journey.entry),
    Math.round(journey.startedAt),
    journey.sessionId,
    journey.turns,
    journey.visits,
    journey.goalReached ? 1 : 0,
    journey.lastNode ?? '',
    nodes,
    path,
    stale,
    journey.visit ? toVisitRow(journey.visit) : null,
    toStanding(journey),
  ];
  return JSON.stringify(row);
}

/** Reads a position back; undefined if it is none of ours or of a layout we do not know. */
export function decodePosition(position: unknown, user: UserRef): Journey | undefined {
  if (typeof position !== 'string') return undefined;
  try {
    const row: unknown = JSON.parse(position);
    return isRow(row) ? toJourney(row, user) : undefined;
  } catch {
    return undefined;
  }
}

/** The types of a row's elements: number, string, list of strings, visit or null, number or null. */
const ROW = 'nssssnnsnnnslsnvn';
const VISIT_ROW = 'snsnnnNnnsNnnn';

function isRow(value: unknown): value is Row {
  return Array.isArray(value) && value[0] === LAYOUT && hasShape(value, ROW);
}

function hasShape(row: readonly unknown[], shape: string): boolean {
  if (row.length !== shape.length) return false;
  for (let index = 0; index < shape.length; index += 1) {
    if (!isOf(shape[index], row[index])) return false;
  }
  return true;
}

function isOf(type: string | undefined, value: unknown): boolean {
  if (type === 's') return typeof value === 'string';
  if (type === 'l') return Array.isArray(value) && value.every((each) => typeof each === 'string');
  if (type === 'v') return value === null || (Array.isArray(value) && hasShape(value, VISIT_ROW));
  return typeof value === 'number' || (type === 'N' && value === null);
}

function toJourney(row: Row, user: UserRef): Journey {
  const [, id, flow, version, exposures, entry, startedAt, sessionId, turns, visits] = row;
  const [, , , , , , , , , , goalReached, lastNode, nodes, path, stale, visit, standing] = row;
  const start = { id, user, flow, version, startedAt, session: { id: sessionId } };
  const journey = new Journey({ ...start, entry: ENTRIES[entry] ?? 'user' });
  journey.exposures = readExposures(exposures);
  journey.turns = turns;
  journey.visits = visits;
  journey.goalReached = goalReached === 1;
  journey.lastNode = lastNode === '' ? undefined : lastNode;
  journey.trail = Trail.from({ nodes, path, stale });
  journey.visit = visit ? toVisit(journey, visit) : undefined;
  journey.abandoned = JOURNEY_OUTCOMES[standing];
  journey.ended = standing >= 0;
  journey.orphaned = standing === ORPHANED;
  return journey;
}

function toStanding({ abandoned, orphaned }: Journey): number {
  if (abandoned) return JOURNEY_OUTCOMES.indexOf(abandoned);
  return orphaned ? ORPHANED : RUNNING;
}

function toVisitRow(visit: Visit): VisitRow {
  return [
    visit.claimId,
    visit.index,
    visit.node,
    NODE_KINDS.indexOf(visit.kind),
    Math.round(visit.enteredAt),
    Math.round(visit.processingMs * 1000) / 1000,
    visit.askedAt === undefined ? null : Math.round(visit.askedAt),
    Math.round(visit.stallAt),
    Math.round(visit.dropAt),
    visit.openedBy ? `${visit.openedBy.traceId}-${visit.openedBy.spanId}` : '',
    visit.repliedAt === undefined ? null : Math.round(visit.repliedAt),
    visit.inputKind ? INPUT_KINDS.indexOf(visit.inputKind) : -1,
    visit.match ? MATCHES.indexOf(visit.match) : -1,
    visit.loopPeriod ?? 0,
  ];
}

function toVisit(journey: Journey, row: VisitRow): Visit {
  const [claimId, index, node, kind, enteredAt, processingMs, askedAt, stallAt, dropAt] = row;
  const [, , , , , , , , , openedBy, repliedAt, inputKind, match, loopPeriod] = row;
  const start = { claimId, index, node, kind: NODE_KINDS[kind] ?? 'question', enteredAt };
  const visit = new Visit(journey, start);
  visit.processingMs = processingMs;
  visit.askedAt = askedAt ?? undefined;
  visit.stallAt = stallAt;
  visit.dropAt = dropAt;
  visit.openedBy = toTraceRef(openedBy);
  visit.repliedAt = repliedAt ?? undefined;
  visit.inputKind = INPUT_KINDS[inputKind];
  visit.match = MATCHES[match];
  visit.loopPeriod = loopPeriod === 0 ? undefined : loopPeriod;
  return visit;
}

function toTraceRef(text: string): TraceRef | undefined {
  if (text === '') return undefined;
  const [traceId, spanId] = text.split('-');
  return traceId && spanId ? { traceId, spanId } : undefined;
}
