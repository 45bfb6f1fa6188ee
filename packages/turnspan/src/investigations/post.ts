import { TurnspanError } from '@turnspan/core';

const DEADLINE_MS = 5000;

/** How a message is posted. */
export interface PostOptions {
  /** Ends it before its time. */
  readonly signal: AbortSignal;
  /** @default 5000 */
  readonly deadlineMs?: number | undefined;
}

/** Posts JSON once. Rejects, without the address, if it is not taken in time. */
export async function post(
  url: string,
  body: string,
  { signal, deadlineMs = DEADLINE_MS }: PostOptions,
): Promise<void> {
  const deadline = new AbortController();
  const timer = setTimeout(() => deadline.abort(), deadlineMs);
  const end = () => deadline.abort();
  signal.addEventListener('abort', end);
  try {
    const headers = { 'content-type': 'application/json' };
    const request = { method: 'POST', headers, body, redirect: 'manual' as const };
    const response = await fetch(url, { ...request, signal: deadline.signal });
    await response.body?.cancel();
    if (!response.ok) throw new Error(`it answered ${response.status}`);
  } catch (error) {
    throw unsent(deadline.signal.aborted ? `no answer in ${deadlineMs} ms` : describe(error));
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', end);
  }
}

/** The cause is left out: errors of a fetch may quote the address, which is a secret at Slack. */
function unsent(reason: string): TurnspanError {
  const detail = `The address in \`investigations.webhook\` did not take it: ${reason}. Check the address and what it answers to a POST.`;
  return new TurnspanError('INVESTIGATION_UNSENT', { detail });
}

function describe(error: unknown): string {
  const { message, cause } = error as { readonly message?: string; readonly cause?: unknown };
  const { code } = (cause ?? {}) as { readonly code?: unknown };
  return typeof code === 'string' ? code : (message ?? 'it failed');
}
