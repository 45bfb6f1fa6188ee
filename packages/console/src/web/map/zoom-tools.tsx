import type { VNode } from 'preact';
import { usePage } from '../page';
import type { Zoom } from './use-zoom';

/** The buttons on the map. */
export function ZoomTools({ zoom }: { readonly zoom: Zoom }): VNode {
  const { text } = usePage();
  const tools = [
    { label: text.journey.zoomIn, sign: '+', run: () => zoom.scaleBy(1.3) },
    { label: text.journey.zoomOut, sign: '−', run: () => zoom.scaleBy(1 / 1.3) },
    { label: text.journey.fit, sign: '⤢', run: () => zoom.fit() },
  ];
  return (
    <div class="zoom-tools">
      {tools.map(({ label, sign, run }) => (
        <button key={sign} type="button" aria-label={label} title={label} onClick={run}>
          {sign}
        </button>
      ))}
    </div>
  );
}
