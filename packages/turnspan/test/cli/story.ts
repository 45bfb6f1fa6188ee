import { join } from 'node:path';
import {
  type JourneyRef,
  type QualityChange,
  systemClock,
  type TrackerEvent,
  type VisitOutcome,
} from '@turnspan/core';
import type { Journal } from '@turnspan/journal';
import { createSqliteJournal } from '@turnspan/store-sqlite';
import { DAY, HOUR, MINUTE, NOW } from './run';

const DAYS = 40;
const JOURNEYS_A_DAY = 15;
/** The day from which on people are asked for a door code in words that nobody understands. */
export const FAULT_DAY = 30;
export const FLOWS: Readonly<Record<string, readonly string[]>> = {
  order: ['size', 'topping', 'street', 'door_code', 'confirm'],
  coupon: ['code', 'email', 'birthday'],
};

/** Writes forty days of a pizzeria whose rating falls into a journal, and gives its path. */
export async function writeStory(folder: string): Promise<string> {
  const file = join(folder, 'journal.db');
  const clock = { ...systemClock, now: () => NOW };
  await tellStory(createSqliteJournal({ file, onError: fail, clock, maxQueued: 1e6 }));
  return file;
}

/** Tells a journal of forty days of a pizzeria whose rating falls, and closes it. */
export async function tellStory(journal: Journal): Promise<void> {
  const random = createRandom();
  for (let number = 0; number < DAYS * JOURNEYS_A_DAY; number += 1) {
    const day = Math.floor(number / JOURNEYS_A_DAY);
    for (const flow of Object.keys(FLOWS)) {
      const startedAt = NOW - (DAYS - day) * DAY + Math.floor(random() * 20 * HOUR);
      const story = { flow, startedAt, random, day, id: `${flow} ${number}` };
      for (const event of toJourney(story)) journal.observe(event);
    }
  }
  journal.observe({ kind: 'quality_changed', at: RATING.at, change: RATING });
  for (let observedAt = RATING.at; observedAt <= NOW; observedAt += HOUR) {
    await journal.observed([{ ...RATING, observedAt }]);
  }
  await journal.flush();
  await journal.close();
}

/** The fall of the rating. */
export const RATING: QualityChange = {
  subject: { kind: 'phone', id: '106540352242922', name: 'Pizza Pronto' },
  attribute: 'rating',
  from: 'GREEN',
  value: 'YELLOW',
  at: NOW - 2 * DAY,
  observedAt: NOW - 2 * DAY,
  source: 'webhook',
};

interface Story {
  readonly flow: string;
  readonly startedAt: number;
  readonly random: () => number;
  readonly day: number;
  readonly id: string;
}

/** One journey, event by event: at each question people may be confused, and may fall silent. */
function* toJourney({ flow, startedAt, random, day, id }: Story): Generator<TrackerEvent> {
  const isFaulty = flow === 'order' && day >= FAULT_DAY;
  const user = { channel: 'whatsapp', line: '106540352242922', key: id };
  const run = { flow, variant: '', entry: 'user', sessionId: id, exposures: [] } as const;
  const journey: JourneyRef = { ...run, version: isFaulty ? 'v2' : 'v1', id, startedAt, user };
  yield { kind: 'journey_started', at: startedAt, journey, turn: undefined };
  const nodes = FLOWS[flow] ?? [];
  let at: number | undefined = startedAt;
  for (const [place, node] of nodes.entries()) {
    const isBad = isFaulty && node === 'door_code';
    const asked: Asked = { journey, index: place + 1, node, at };
    at = yield* toStep(asked, { isBad, isLast: place === nodes.length - 1, random });
    if (at === undefined) return;
  }
  yield toEnd(journey, { at, outcome: 'completed' });
}

interface Step {
  readonly isBad: boolean;
  readonly isLast: boolean;
  readonly random: () => number;
}

/** One question; gives when it was answered, if it was. */
function* toStep(
  asked: Asked,
  { isBad, isLast, random }: Step,
): Generator<TrackerEvent, number | undefined> {
  const { journey, at } = asked;
  if (random() < (isBad ? 0.3 : 0.03)) yield toConfusion(asked);
  if (random() < (isBad ? 0.4 : 0.06)) {
    yield toVisit(asked, { outcome: 'dropped', seconds: DAY / 1000 });
    yield toEnd(journey, { at: at + DAY, outcome: 'dropped' });
    return undefined;
  }
  const seconds = Math.round(10 + random() * 80);
  yield toVisit(asked, { outcome: isLast ? 'completed' : 'advanced', seconds });
  const answeredAt = at + seconds * 1000;
  yield toResponse({ ...asked, at: answeredAt, seconds: Math.round(4 + random() * 12) / 10 });
  return answeredAt;
}

interface Asked {
  readonly journey: JourneyRef;
  readonly index: number;
  readonly node: string;
  readonly at: number;
}

function toVisitRef({ journey, index, node, at }: Asked) {
  const asked = { enteredAt: at, askedAt: at };
  return { journey, index, node, kind: 'question', variant: '', ...asked } as const;
}

function toTurn({ journey, index, at }: Asked) {
  const { user, sessionId } = journey;
  const turn = { id: `${journey.id} ${index}`, user, startedAt: at, proactive: false } as const;
  const heard = { inputKind: 'text', messageKey: undefined } as const;
  return { ...turn, ...heard, session: { id: sessionId }, trace: undefined };
}

function toConfusion(asked: Asked): TrackerEvent {
  const about = { visit: toVisitRef(asked), turn: toTurn(asked) };
  return { kind: 'node_confused', at: asked.at + MINUTE, signal: 'no_match', ...about };
}

function toVisit(
  asked: Asked,
  { outcome, seconds }: { readonly outcome: VisitOutcome; readonly seconds: number },
): TrackerEvent {
  const at = asked.at + seconds * 1000;
  const isReply = outcome !== 'dropped';
  return {
    kind: 'visit_settled',
    at,
    visit: toVisitRef(asked),
    turn: undefined,
    outcome,
    waitSeconds: isReply ? seconds : undefined,
    processingSeconds: isReply ? 0.4 : undefined,
    repliedAt: isReply ? at : undefined,
    inputKind: isReply ? 'text' : undefined,
    match: isReply ? 'matched' : undefined,
    openedBy: undefined,
    loopPeriod: undefined,
  };
}

function toResponse(asked: Asked & { readonly seconds: number }): TrackerEvent {
  const { at, index, seconds } = asked;
  const times = { first: index === 1, seconds, feltSeconds: undefined };
  const { flow } = asked.journey;
  return { kind: 'responded', at, turn: toTurn(asked), flow, responder: 'bot', ...times };
}

function toEnd(
  journey: JourneyRef,
  { at, outcome }: { readonly at: number; readonly outcome: 'completed' | 'dropped' },
): TrackerEvent {
  const seconds = (at - journey.startedAt) / 1000;
  return { kind: 'journey_ended', at, journey, turn: undefined, outcome, seconds, turns: 3 };
}

/** The same numbers from 0 to 1 in every run. */
function createRandom(): () => number {
  let state = 7;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

function fail(error: unknown): never {
  throw error;
}
