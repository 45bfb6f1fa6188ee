import type { VNode } from 'preact';
import type { TroubleLevel } from '../language/dictionary';
import { usePage } from '../page';

const LEVELS: readonly TroubleLevel[] = ['none', 'slight', 'bad', 'severe', 'unknown'];

/** What widths and colours mean. */
export function Legend(): VNode {
  const { text } = usePage();
  return (
    <div class="legend">
      <span>
        <i class="width" aria-hidden="true" />
        {text.journey.legendWidth}
      </span>
      <span>
        <i class="stub" aria-hidden="true" />
        {text.journey.legendStub}
      </span>
      <span class="levels">
        {text.journey.legendColour}:
        {LEVELS.map((level) => (
          <span key={level}>
            <i class={`level ${level}`} aria-hidden="true" />
            {text.levels[level]}
          </span>
        ))}
      </span>
      <span id="map-hint" class="hint">
        {text.journey.mapHint}
      </span>
    </div>
  );
}
