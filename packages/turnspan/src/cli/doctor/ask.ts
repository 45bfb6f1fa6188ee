import { toObject, toText } from '@turnspan/whatsapp';
import type { CommandIo } from '../command-io';

/** What a server answered, or why none did. */
export type Asked =
  | { readonly kind: 'answer'; readonly status: number; readonly body: string }
  | { readonly kind: 'silence'; readonly reason: string };

const TIMEOUT_MS = 10_000;
/** Metrics of a large bot fit; what is longer is not read on. */
const MAX_LENGTH = 4_000_000;

/** Asks a server once and takes its answer as it is: redirections are not followed, as by Meta. */
export async function ask(
  { fetch }: Pick<CommandIo, 'fetch'>,
  url: string,
  init: RequestInit = {},
): Promise<Asked> {
  try {
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    const response = await fetch(url, { ...init, redirect: 'manual', signal });
    const body = (await response.text()).slice(0, MAX_LENGTH);
    return { kind: 'answer', status: response.status, body };
  } catch (error) {
    return { kind: 'silence', reason: toReason(error) };
  }
}

/** An address without what may be secret in it. */
export function withoutQuery(url: string): string {
  const { origin, pathname } = new URL(url);
  return origin + pathname;
}

/** Only the code of the error: its text may quote what was sent. */
function toReason(error: unknown): string {
  const { name, cause } = toObject(error);
  if (name === 'TimeoutError') return `no answer in ${TIMEOUT_MS / 1000} s`;
  return toText(toObject(cause).code) ?? toText(toObject(error).code) ?? 'no connection';
}
