import { join } from 'node:path';
import {
  type DeliveryStatus,
  type JourneyRef,
  systemClock,
  type TrackerEvent,
} from '@turnspan/core';
import { createSqliteJournal } from '@turnspan/store-sqlite';
import { DAY, MINUTE, NOW } from './run';

const LINE = '106540352242922';
/** Of a hundred messages of a template, how many met with what. */
interface Course {
  readonly delivered: number;
  readonly read: number;
  readonly replied: number;
  readonly completed: number;
  readonly optedOut: number;
}

const COURSES: Readonly<Record<string, Course>> = {
  offer_plain: { delivered: 97, read: 70, replied: 20, completed: 12, optedOut: 1 },
  offer_loud: { delivered: 97, read: 50, replied: 14, completed: 6, optedOut: 4 },
};
const HUNDREDS = 5;

/** Writes what came of two templates that an experiment sends, and gives the path of the journal. */
export async function writeTemplates(folder: string): Promise<string> {
  const file = join(folder, 'journal.db');
  const clock = { ...systemClock, now: () => NOW };
  const journal = createSqliteJournal({ file, onError: fail, clock, maxQueued: 1e6 });
  for (const [node, course] of Object.entries(COURSES)) {
    for (let number = 0; number < 100 * HUNDREDS; number += 1) {
      for (const event of toEvents(node, number, course)) journal.observe(event);
    }
  }
  await journal.close();
  return file;
}

function* toEvents(node: string, number: number, course: Course): Generator<TrackerEvent> {
  const percent = number % 100;
  const at = NOW - 5 * DAY + number * MINUTE;
  const user = { channel: 'whatsapp', line: LINE, key: `${node} ${number}` };
  yield toDelivery(node, 'sent', at);
  if (percent < course.delivered) yield toDelivery(node, 'delivered', at);
  if (percent < course.read) yield toDelivery(node, 'read', at);
  const place = { flow: 'promo', node, at };
  if (percent >= 100 - course.optedOut) {
    yield { kind: 'preference_changed', at, user, value: 'stop', place };
  }
  const journey: JourneyRef = {
    ...{ id: user.key, flow: 'promo', version: 'v1', startedAt: at, user, entry: 'template' },
    ...{ variant: `offer:${node}`, sessionId: user.key, exposures: [] },
  };
  yield toVisit(journey, percent < course.replied);
  const outcome = percent < course.completed ? 'completed' : 'dropped';
  const seconds = 60;
  yield {
    kind: 'journey_ended',
    at: at + MINUTE,
    journey,
    turn: undefined,
    outcome,
    seconds,
    turns: 2,
  };
}

function toDelivery(node: string, status: DeliveryStatus, at: number): TrackerEvent {
  const signal = { kind: 'delivery', channel: 'whatsapp', line: LINE, status, at } as const;
  return { kind: 'delivery', at, signal, flow: 'promo', node, seconds: undefined };
}

function toVisit(journey: JourneyRef, isReply: boolean): TrackerEvent {
  const { startedAt, variant } = journey;
  const node = variant.split(':')[1] ?? '';
  const asked = { enteredAt: startedAt, askedAt: startedAt };
  const at = startedAt + MINUTE;
  return {
    kind: 'visit_settled',
    at,
    visit: { journey, index: 1, node, kind: 'question', variant, ...asked },
    turn: undefined,
    outcome: isReply ? 'advanced' : 'dropped',
    waitSeconds: isReply ? 60 : undefined,
    processingSeconds: undefined,
    repliedAt: isReply ? at : undefined,
    inputKind: isReply ? 'text' : undefined,
    match: isReply ? 'matched' : undefined,
    openedBy: undefined,
    loopPeriod: undefined,
  };
}

function fail(error: unknown): never {
  throw error;
}
