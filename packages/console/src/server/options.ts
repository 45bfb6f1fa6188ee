import type { IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { type OnError, TurnspanError } from '@turnspan/core';
import type { ConsoleSource } from '../source';

/** What the page shows, and who may see it. A token, `authorize` or both are needed. */
export interface ConsoleOptions {
  /** Where the page gets what it shows. */
  readonly source: ConsoleSource;
  /** Lets in whoever has it: in the login form, in a link as `?token=`, or as `Authorization: Bearer`. */
  readonly token?: string;
  /** The host's own way of telling who may see the page; asked first. */
  readonly authorize?: (request: IncomingMessage) => boolean | Promise<boolean>;
  /**
   * Where the page is mounted.
   * @default '/'
   */
  readonly path?: string;
  /**
   * How long somebody who logged in stays so.
   * @default 12 hours
   */
  readonly sessionMs?: number;
  /**
   * How long the source may take before the page hears that it is too slow.
   * @default 15000
   */
  readonly timeoutMs?: number;
  /** @default Date.now */
  readonly now?: () => number;
  /**
   * Hears of a source that fails; who looks at the page does not hear why.
   * @default nobody hears of it
   */
  readonly onError?: OnError;
  /**
   * The folder of the page's own files.
   * @default what the package brings along
   */
  readonly assets?: string;
}

/** Options in which nothing is left open. */
export interface ReadConsoleOptions
  extends Required<Omit<ConsoleOptions, 'token' | 'authorize'>>,
    Pick<ConsoleOptions, 'token' | 'authorize'> {}

const SHORTEST_TOKEN = 16;
const SESSION_MS = 12 * 60 * 60 * 1000;
/** The same from the sources and from what is built of them. */
const ASSETS = join(__dirname, '..', '..', 'dist', 'web');

/** Fills in the defaults, and refuses what would show the page to everybody. */
export function readOptions({
  path = '/',
  sessionMs = SESSION_MS,
  timeoutMs = 15_000,
  now = Date.now,
  onError = () => undefined,
  assets = ASSETS,
  ...rest
}: ConsoleOptions): ReadConsoleOptions {
  if (rest.token === undefined && rest.authorize === undefined) {
    refuse('Expected `token` or `authorize`, got neither: the page would be open to everybody.');
  }
  if (rest.token !== undefined && rest.token.length < SHORTEST_TOKEN) {
    refuse(
      `Expected \`token\` to have at least ${SHORTEST_TOKEN} characters, got ${rest.token.length}.`,
    );
  }
  if (!path.startsWith('/')) {
    refuse(`Expected \`path\` to begin with a slash, got ${JSON.stringify(path)}.`);
  }
  checkDuration('sessionMs', sessionMs);
  checkDuration('timeoutMs', timeoutMs);
  return { path: path.replace(/\/+$/, ''), sessionMs, timeoutMs, now, onError, assets, ...rest };
}

function checkDuration(name: string, value: number): void {
  if (!Number.isFinite(value) || value <= 0) {
    refuse(`Expected \`${name}\` to be a number of milliseconds above 0, got ${value}.`);
  }
}

function refuse(detail: string): never {
  throw new TurnspanError('OPTION_INVALID', { detail });
}
