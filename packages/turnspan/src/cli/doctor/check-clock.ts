import type { Fetch } from '@turnspan/whatsapp';
import type { CommandIo } from '../command-io';
import { formatDuration } from '../format-time';
import { type Check, named, ok, type Patient, skipped, wrong } from './check';

/** `Date` tells whole seconds only, and an answer takes a while. */
const TOLERATED_MS = 30_000;

/** A fetch that compares clocks on the way. */
export function watchClock({ fetch, now }: CommandIo): {
  readonly fetch: Fetch;
  readonly skewMs: () => number | undefined;
} {
  let skewMs: number | undefined;
  return {
    fetch: async (url, init) => {
      const response = await fetch(url, init);
      const theirs = Date.parse(response.headers.get('date') ?? '');
      if (!Number.isNaN(theirs)) skewMs ??= now() - theirs;
      return response;
    },
    skewMs: () => skewMs,
  };
}

/** Looks at the clock of this machine, which ages and delays are measured with. */
export function checkClock({ skewMs }: Pick<Patient, 'skewMs'>): Check {
  const skew = skewMs();
  if (skew === undefined) return named('clock', skipped('The Graph API told no time.'));
  const difference = formatDuration(Math.abs(skew));
  if (Math.abs(skew) <= TOLERATED_MS) {
    return named('clock', ok(`Within ${difference === '0 s' ? '1 s' : difference} of Meta's.`));
  }
  const found = `It is ${difference} ${skew > 0 ? 'ahead of' : 'behind'} Meta's.`;
  return named('clock', wrong(found, 'Let this machine keep time, by NTP.'));
}
