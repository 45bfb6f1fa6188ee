import { TurnspanError } from '@turnspan/core';

/** What a setting takes: the words say it, the function knows it. */
export interface Expected {
  readonly words: string;
  readonly fits: (value: unknown) => boolean;
}

/** Braces would make a template of it, and a slash at its end two slashes of the next one. */
export const ADDRESS: Expected = {
  words: 'an address that begins with https:// or http:// and has no slash at its end',
  fits: (value) => typeof value === 'string' && /^https?:\/\/[^\s{}"]*[^\s{}"/]$/.test(value),
};

/** Expects a number that fits. */
export function isNumber(words: string, fits: (value: number) => boolean): Expected {
  return {
    words,
    fits: (value) => typeof value === 'number' && Number.isFinite(value) && fits(value),
  };
}

/** Expects one of some words. */
export function isOneOf(choices: readonly string[]): Expected {
  return {
    words: `one of ${choices.join(', ')}`,
    fits: (value) => typeof value === 'string' && choices.includes(value),
  };
}

/** Refuses a value that is not as expected. */
export function checkValue(name: string, value: unknown, { words, fits }: Expected): void {
  if (!fits(value)) throw refuse(`Expected \`${name}\` to be ${words}, got ${describe(value)}.`);
}

/** Refuses names that nothing is known by. */
export function checkNames(given: object, known: readonly string[], place = ''): void {
  const unknown = Object.keys(given).find((name) => !known.includes(name));
  if (unknown === undefined) return;
  throw refuse(`There is no setting \`${place}${unknown}\`; there are ${known.join(', ')}.`);
}

/** Gives an object as what it is, and refuses everything else. */
export function readObject(value: unknown, name: string): Readonly<Record<string, unknown>> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    return value as Readonly<Record<string, unknown>>;
  }
  throw refuse(`Expected ${name} to be an object, got ${describe(value)}.`);
}

/** Makes the error of an option that was given wrongly. */
export function refuse(detail: string): TurnspanError {
  return new TurnspanError('OPTION_INVALID', { detail });
}

function describe(value: unknown): string {
  if (value === undefined || value === null) return 'nothing';
  if (Array.isArray(value)) return 'an array';
  if (typeof value === 'object') return 'an object';
  return typeof value === 'string' ? JSON.stringify(value) : String(value);
}
