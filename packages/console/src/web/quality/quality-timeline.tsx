import type { VNode } from 'preact';
import { useRef } from 'preact/hooks';
import type { QualityDocument } from '../../documents/quality';
import { usePage } from '../page';
import { Loaded } from '../parts/loaded';
import { Panel } from '../parts/panel';
import { useDocument } from '../use-document';
import { Marks } from './marks';
import { QualityTable } from './quality-table';
import { savePicture, saveQuality } from './save-quality';
import { SeriesChart } from './series-chart';
import { StateTrack } from './state-track';

/** What WhatsApp thought of the business, and what the bot did meanwhile, on one axis. */
export function QualityTimeline({ flow }: { readonly flow: string | undefined }): VNode {
  const { period, attempt } = usePage();
  const quality = useDocument<QualityDocument>({
    name: 'quality',
    parameters: { flow, ...period },
    attempt,
  });
  return <Loaded loading={quality} show={(document) => <Shown quality={document} />} />;
}

function Shown({ quality }: { readonly quality: QualityDocument }): VNode {
  const { text, route } = usePage();
  const timeline = useRef<HTMLDivElement>(null);
  const isMap = route.display === 'map';
  const tools = (
    <>
      {isMap && (
        <button
          type="button"
          class="quiet"
          onClick={() => timeline.current && savePicture(timeline.current)}
        >
          {text.shell.png}
        </button>
      )}
      <button type="button" class="quiet" onClick={() => saveQuality(quality)}>
        {text.shell.csv}
      </button>
    </>
  );
  return (
    <Panel title={text.quality.title} tools={tools}>
      {quality.tracks.length === 0 && <p class="too-little">{text.quality.noTracks}</p>}
      {isMap ? (
        <div ref={timeline} class="timeline">
          <Marks marks={quality.marks} />
          {quality.tracks.map((track) => (
            <StateTrack key={`${track.subject.id}/${track.attribute}/${track.key}`} track={track} />
          ))}
          {quality.series.map((series, index) => (
            <SeriesChart
              key={series.name}
              series={series}
              isLast={index === quality.series.length - 1}
            />
          ))}
        </div>
      ) : (
        <QualityTable quality={quality} />
      )}
      <p class="hint">{text.quality.hint}</p>
    </Panel>
  );
}
