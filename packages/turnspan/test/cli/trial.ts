import { join } from 'node:path';
import {
  type JourneyOutcome,
  type JourneyRef,
  type SharedState,
  systemClock,
  type TrackerEvent,
  TurnspanError,
} from '@turnspan/core';
import { type ExperimentOptions, parseDeclaration } from '@turnspan/experiments';
import type { Journal } from '@turnspan/journal';
import { createSqliteJournal, createSqliteStore } from '@turnspan/store-sqlite';
import { shareDeclaration } from '../../src/experiments/shared-declarations';
import { sharePause } from '../../src/experiments/shared-pauses';
import { DAY, HOUR, MINUTE, NOW } from './run';

/** The experiment of these tests: splitting the question helps, and being rude does harm. */
export const ASK_DOOR: ExperimentOptions = {
  variants: ['one-question', 'split', 'rude'],
  flow: 'address',
};
const RATES: Readonly<Record<string, number>> = { 'one-question': 0.6, split: 0.72, rude: 0.5 };
const USERS = 1800;
const DAYS = 20;
const PAUSED_BECAUSE = 'Pause rude: 9 % of its journeys failed, of one-question’s 1 %.';

/** Where a bot has left what it knows of its experiments. */
export interface Trial {
  readonly journal: string;
  readonly store: string;
}

/** Writes twenty days of an experiment with three variants, of which one is paused, as a bot does. */
export async function writeTrial(folder: string): Promise<Trial> {
  const place = { journal: join(folder, 'journal.sqlite'), store: join(folder, 'store.sqlite') };
  const clock = { ...systemClock, now: () => NOW };
  await tellTrial(
    createSqliteJournal({ file: place.journal, onError: fail, clock, maxQueued: 1e6 }),
  );
  const store = createSqliteStore({ file: place.store, clock, onError: fail });
  await tellStore(store.shared);
  store.close();
  return place;
}

/** Tells a journal of the twenty days, and closes it. */
export async function tellTrial(journal: Journal): Promise<void> {
  const random = createRandom();
  for (let number = 0; number < USERS; number += 1) {
    const variant = ASK_DOOR.variants[Math.floor(random() * 3)] ?? '';
    const at = NOW - 22 * DAY + Math.floor((number / USERS) * DAYS * DAY);
    const isReached = random() < (RATES[variant] ?? 0);
    for (const event of toVisitOf({ number, variant, at, isReached })) journal.observe(event);
  }
  // Whoever came after this one is not counted yet, although the answer is known.
  for (const event of toOpenJourney()) journal.observe(event);
  await journal.flush();
  await journal.close();
}

/** Tells a store how the experiments are declared, and that a variant is paused. */
export async function tellStore(shared: SharedState): Promise<void> {
  const declaration = parseDeclaration('ask-door', ASK_DOOR);
  await shareDeclaration(shared, declaration, NOW - 22 * DAY);
  const old = parseDeclaration('ask-door', { ...ASK_DOOR, salt: 'before' });
  await shareDeclaration(shared, old, NOW - 60 * DAY);
  const pay = parseDeclaration('pay', { variants: ['card', 'cash'], flow: 'pay' });
  await shareDeclaration(shared, pay, NOW - DAY);
  const pause = { experiment: 'ask-door', salt: 'ask-door', variant: 'rude', isPaused: true };
  await sharePause(shared, { ...pause, at: NOW - 9 * DAY, because: PAUSED_BECAUSE });
}

interface Visitor {
  readonly number: number;
  readonly variant: string;
  readonly at: number;
  readonly isReached: boolean;
}

function* toVisitOf({ number, variant, at, isReached }: Visitor): Generator<TrackerEvent> {
  const journey = toJourney(`user-${number}`, variant, at);
  yield { kind: 'journey_started', at, journey, turn: undefined };
  yield toShown(journey, variant, at + MINUTE);
  const outcome = toOutcome(isReached, variant, number);
  const endedAt = at + (isReached ? 10 * MINUTE : DAY);
  const seconds = (endedAt - at) / 1000;
  yield {
    kind: 'journey_ended',
    at: endedAt,
    journey,
    turn: undefined,
    outcome,
    seconds,
    turns: 3,
  };
}

function toOutcome(isReached: boolean, variant: string, number: number): JourneyOutcome {
  if (isReached) return 'completed';
  return variant === 'rude' && number % 5 === 0 ? 'failed' : 'dropped';
}

function* toOpenJourney(): Generator<TrackerEvent> {
  const at = NOW - 12 * HOUR;
  const journey = toJourney('undecided', 'split', at);
  yield { kind: 'journey_started', at, journey, turn: undefined };
  yield toShown(journey, 'split', at + MINUTE);
}

function toJourney(key: string, variant: string, startedAt: number): JourneyRef {
  const user = { channel: 'whatsapp', line: '106540352242922', key };
  const exposure = { experiment: 'ask-door', variant, since: 1 };
  return {
    ...{ id: `journey of ${key}`, flow: 'address', version: 'v1', startedAt, user },
    ...{ variant: `ask-door:${variant}`, entry: 'user', sessionId: key, exposures: [exposure] },
  };
}

function toShown(journey: JourneyRef, variant: string, at: number): TrackerEvent {
  const { user, sessionId } = journey;
  const turn = { id: `${journey.id} 1`, user, startedAt: at, proactive: false } as const;
  const heard = { inputKind: 'text', messageKey: undefined, trace: undefined } as const;
  return {
    kind: 'variant_shown',
    at,
    journey,
    turn: { ...turn, ...heard, session: { id: sessionId } },
    shown: {
      ...{ experiment: 'ask-door', salt: 'ask-door', variant, flow: 'address' },
      ...{ reason: 'store', counts: true, first: true, since: at },
    },
  };
}

/** The same numbers from 0 to 1 in every run. */
function createRandom(): () => number {
  let state = 11;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

function fail(error: unknown): never {
  if (error instanceof TurnspanError) throw error;
  throw new Error(String(error));
}
