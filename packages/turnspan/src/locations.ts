import { TurnspanError } from '@turnspan/core';

/** Where something is kept. */
export type Location =
  | { readonly kind: 'file'; readonly file: string }
  | { readonly kind: 'redis' | 'postgres'; readonly url: string }
  | { readonly kind: 'memory' };

const KINDS: Readonly<Record<string, 'redis' | 'postgres'>> = {
  'redis:': 'redis',
  'rediss:': 'redis',
  'postgres:': 'postgres',
  'postgresql:': 'postgres',
};

/**
 * Reads a URL or the path of a file. URLs may hold passwords, so that errors do not show them.
 *
 * @throws TurnspanError `OPTION_INVALID` for a URL that leads nowhere we know
 */
export function parseLocation(name: string, text: string): Location {
  if (text === 'memory:') return { kind: 'memory' };
  const [, scheme] = /^([a-z][a-z0-9+.-]+:)\/\//i.exec(text) ?? [];
  if (scheme === undefined) return { kind: 'file', file: text.replace(/^file:/, '') };
  const kind = KINDS[scheme.toLowerCase()];
  if (kind && URL.canParse(text)) return { kind, url: text };
  if (scheme.toLowerCase() === 'file:' && URL.canParse(text)) {
    return { kind: 'file', file: decodeURIComponent(new URL(text).pathname) };
  }
  const wanted = 'the path of a file, or a URL that begins with redis://, rediss:// or postgres://';
  const detail = `Expected \`${name}\` to be ${wanted}, got one that begins with ${scheme}.`;
  throw new TurnspanError('OPTION_INVALID', { detail });
}
