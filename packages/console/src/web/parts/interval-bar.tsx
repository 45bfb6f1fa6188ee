import type { Proportion } from '@turnspan/insights';
import type { VNode } from 'preact';
import { usePage } from '../page';

/** A rate as a dot, and its interval as a line, from 0 to 100 %. */
export function IntervalBar({
  rate,
  tone = 'plain',
}: {
  readonly rate: Proportion | undefined;
  readonly tone?: 'plain' | 'bad' | 'good';
}): VNode {
  const { format } = usePage();
  const isKnown = rate?.rate !== undefined;
  return (
    <span class={`interval ${tone}`}>
      <span class="interval-words">{format.rate(rate)}</span>
      <svg viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
        <line class="interval-axis" x1="0" x2="100" y1="4" y2="4" />
        {isKnown && (
          <>
            <line class="interval-reach" x1={rate.low * 100} x2={rate.high * 100} y1="4" y2="4" />
            <line
              class="interval-rate"
              x1={(rate.rate ?? 0) * 100}
              x2={(rate.rate ?? 0) * 100}
              y1="0"
              y2="8"
            />
          </>
        )}
      </svg>
    </span>
  );
}
