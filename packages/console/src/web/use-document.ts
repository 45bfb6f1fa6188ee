import { useEffect, useState } from 'preact/hooks';

/** A document on its way, here, or not to be had. */
export type Loading<T> =
  | { readonly kind: 'loading'; readonly previous: T | undefined }
  | { readonly kind: 'ready'; readonly document: T }
  | { readonly kind: 'missing' }
  | { readonly kind: 'failed'; readonly sentence: string };

/** What to ask for. */
export interface Wanted {
  readonly name: string;
  readonly parameters: Readonly<Record<string, string | number | undefined>>;
  /** Another number asks again. */
  readonly attempt: number;
}

/** Asks the server for a document, and again when the question changes; undefined asks nothing. */
export function useDocument<T>(wanted: Wanted | undefined): Loading<T> {
  const [state, setState] = useState<Loading<T>>({ kind: 'loading', previous: undefined });
  const url = wanted && toUrl(wanted);
  useEffect(() => {
    if (url === undefined) return undefined;
    const controller = new AbortController();
    setState((before) => ({
      kind: 'loading',
      previous: before.kind === 'ready' ? before.document : undefined,
    }));
    load<T>(url, controller.signal).then(
      (loaded) => !controller.signal.aborted && setState(loaded),
      () => !controller.signal.aborted && setState({ kind: 'failed', sentence: '' }),
    );
    return () => controller.abort();
  }, [url, wanted?.attempt]);
  return state;
}

/** What there is to show: the document, or the one before while another is on its way. */
export function toShown<T>(loading: Loading<T>): T | undefined {
  if (loading.kind === 'ready') return loading.document;
  return loading.kind === 'loading' ? loading.previous : undefined;
}

function toUrl({ name, parameters }: Wanted): string {
  const query = new URLSearchParams();
  for (const [key, value] of Object.entries(parameters)) {
    if (value !== undefined) query.set(key, String(value));
  }
  const base = document.getElementById('app')?.dataset.base ?? '/';
  return `${base}data/${name}${query.size > 0 ? `?${query}` : ''}`;
}

async function load<T>(url: string, signal: AbortSignal): Promise<Loading<T>> {
  const response = await fetch(url, { signal, headers: { accept: 'application/json' } });
  // The session is over: the same address shows the login form now.
  if (response.status === 401) location.reload();
  const body = await response.json();
  if (response.ok) return { kind: 'ready', document: body };
  if (response.status === 404) return { kind: 'missing' };
  return { kind: 'failed', sentence: String(body.error ?? '') };
}
