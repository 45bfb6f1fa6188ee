import type { VNode } from 'preact';
import { useRef } from 'preact/hooks';
import type { JourneyDocument } from '../../documents/journey';
import { saveSvg } from '../export/save-svg';
import { usePage } from '../page';
import { DisplaySwitch } from '../parts/display-switch';
import { Panel } from '../parts/panel';
import { JourneyMap } from './journey-map';
import { JourneyTable } from './journey-table';
import { Legend } from './legend';
import { saveJourney } from './save-journey';

/** The journey as a map or as a table, to look at and to take away. */
export function JourneyPanel({
  journey,
  openNode,
}: {
  readonly journey: JourneyDocument;
  readonly openNode: string | undefined;
}): VNode {
  const { text, route } = usePage();
  const drawing = useRef<SVGGElement>(null);
  const isMap = route.display === 'map';
  const savePicture = () => {
    if (drawing.current) void saveSvg(`turnspan-${journey.flow}`, drawing.current);
  };
  const tools = (
    <>
      <DisplaySwitch />
      {isMap && (
        <button type="button" class="quiet" onClick={savePicture}>
          {text.shell.png}
        </button>
      )}
      <button type="button" class="quiet" onClick={() => saveJourney(journey)}>
        {text.shell.csv}
      </button>
    </>
  );
  return (
    <Panel title={text.journey.mapLabel} tools={tools}>
      {isMap ? (
        <>
          <JourneyMap journey={journey} openNode={openNode} drawing={drawing} />
          <Legend />
        </>
      ) : (
        <JourneyTable journey={journey} />
      )}
    </Panel>
  );
}
