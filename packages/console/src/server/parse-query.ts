import type { Period } from '../documents/flows';
import type { JourneyQuery, NodeQuery, QualityQuery } from '../source';

/** A question that cannot be answered as it is asked; the message says why. */
export class BadQuery extends Error {}

const LONGEST_NAME = 200;
const DAY_MS = 86_400_000;
const LONGEST_DAYS = 400;

/** Reads the period of a question. */
export function parsePeriod(parameters: URLSearchParams): Period {
  const since = parseTime(parameters, 'since');
  const until = parseTime(parameters, 'until');
  if (until <= since) throw new BadQuery('`until` has to be later than `since`.');
  if (until - since > LONGEST_DAYS * DAY_MS) {
    throw new BadQuery(`A period has at most ${LONGEST_DAYS} days.`);
  }
  return { since, until };
}

/** Reads a question about a flow. */
export function parseJourneyQuery(parameters: URLSearchParams): JourneyQuery {
  const version = parseOptional(parameters, 'version');
  return {
    flow: parseName(parameters, 'flow'),
    period: parsePeriod(parameters),
    ...(version !== undefined && { version }),
  };
}

/** Reads a question about a node. */
export function parseNodeQuery(parameters: URLSearchParams): NodeQuery {
  return { ...parseJourneyQuery(parameters), node: parseName(parameters, 'node') };
}

/** Reads a question about the history of quality. */
export function parseQualityQuery(parameters: URLSearchParams): QualityQuery {
  const flow = parseOptional(parameters, 'flow');
  return { period: parsePeriod(parameters), ...(flow !== undefined && { flow }) };
}

/** Reads a name that has to be there. */
export function parseName(parameters: URLSearchParams, name: string): string {
  const value = parseOptional(parameters, name);
  if (value === undefined) throw new BadQuery(`\`${name}\` is missing.`);
  return value;
}

function parseOptional(parameters: URLSearchParams, name: string): string | undefined {
  const value = parameters.get(name);
  if (value === null || value === '') return undefined;
  if (value.length > LONGEST_NAME) {
    throw new BadQuery(`\`${name}\` has at most ${LONGEST_NAME} characters.`);
  }
  return value;
}

function parseTime(parameters: URLSearchParams, name: string): number {
  const text = parseName(parameters, name);
  if (!/^\d{1,15}$/.test(text)) throw new BadQuery(`\`${name}\` is a time in whole milliseconds.`);
  return Number(text);
}
