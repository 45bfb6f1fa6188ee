import { createHash } from 'node:crypto';
import type { Waiting } from '../../src';
import { Journey, Visit } from '../../src/journey';
import { encodePosition } from '../../src/position';
import { START } from './clock';

const FLOWS = ['order', 'support', 'onboarding', 'returns'];
const NODES = ['size', 'crust', 'address', 'confirm', 'name', 'email', 'topping', 'payment'];
const MINUTE = 60_000;

/** A person who waits, as the tracker puts them on the list; another one for each number. */
export function createWait(number: number, origin: string): Waiting {
  const hash = createHash('sha256').update(String(number)).digest('base64url');
  const user = { channel: 'whatsapp', line: 'line-1', key: hash.slice(0, number % 2 ? 22 : 43) };
  const startedAt = START + 7 * number;
  const node = pick(NODES, number);
  const journey = new Journey({
    id: hash.slice(12, 24),
    user,
    flow: pick(FLOWS, number >> 3),
    version: '',
    entry: 'user',
    startedAt,
    session: { id: hash.slice(24, 36) },
  });
  const id = `${origin}.${journey.id}.2.${node}`;
  const visit = new Visit(journey, {
    index: 2,
    node,
    kind: 'question',
    enteredAt: startedAt + 3,
    claimId: id,
  });
  visit.processingMs = (number % 10_000) / 1_000;
  visit.askedAt = startedAt + 4;
  visit.stallAt = visit.askedAt + 30 * MINUTE;
  visit.dropAt = startedAt + 24 * 60 * MINUTE;
  journey.visit = visit;
  journey.turns = 1;
  journey.visits = 2;
  for (const each of [pick(NODES, number + 3), node]) journey.trail.ask(each);
  return {
    id,
    user,
    flow: journey.flow,
    node,
    position: encodePosition(journey),
    parents: [],
    // The clock of the tracker has fractions of a millisecond.
    stallAt: visit.stallAt + (number % 1_000) / 1_000,
    dropAt: visit.dropAt,
  };
}

function pick(names: readonly string[], number: number): string {
  return names[number % names.length] ?? '';
}
