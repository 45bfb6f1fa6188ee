import type { Verdict } from '@turnspan/experiments';
import type { ExperimentState } from './known-experiments';

/** A verdict in a word or two; what has ended cannot be kept running. */
export function nameVerdict(
  { kind, variant = '' }: Pick<Verdict, 'kind' | 'variant'>,
  state: ExperimentState,
): string {
  switch (kind) {
    case 'keep_running':
      return state === 'running' || state === 'paused' ? 'keep running' : 'undecided';
    case 'ship':
      return `ship ${variant}`;
    case 'no_difference':
      return 'no difference';
    case 'invalid':
      return 'invalid';
  }
}

/** A difference in percentage points, with its sign. */
export function writePoints(difference: number): string {
  if (!Number.isFinite(difference)) return '–';
  const points = Number((difference * 100).toFixed(1));
  return `${points > 0 ? '+' : ''}${points}`.replace('-', '−');
}
