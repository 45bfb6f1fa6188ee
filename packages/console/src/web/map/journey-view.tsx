import type { VNode } from 'preact';
import { useEffect } from 'preact/hooks';
import type { FlowsDocument } from '../../documents/flows';
import type { JourneyDocument } from '../../documents/journey';
import { NodeCard } from '../node/node-card';
import { usePage } from '../page';
import { Later } from '../parts/later';
import { Loaded } from '../parts/loaded';
import { QualityTimeline } from '../quality/quality-timeline';
import type { View } from '../route';
import { useDocument } from '../use-document';
import { FlowHead } from './flow-head';
import { Headline } from './headline';
import { JourneyPanel } from './journey-panel';

/** The first thing that one sees: what is wrong, the map, and the rating below it. */
export function JourneyView({
  view,
}: {
  readonly view: Extract<View, { readonly kind: 'journey' }>;
}): VNode {
  const page = usePage();
  const { period, attempt } = page;
  const flows = useDocument<FlowsDocument>({ name: 'flows', parameters: { ...period }, attempt });
  return (
    <Loaded
      loading={flows}
      show={(document) => {
        const flow = view.flow ?? document.flows[0]?.flow;
        if (flow === undefined) return <NoFlows />;
        return <FlowView key={flow} flow={flow} node={view.node} flows={document} />;
      }}
    />
  );
}

/** Without journeys there may still be a rating. */
function NoFlows(): VNode {
  const { text } = usePage();
  return (
    <>
      <p class="too-little">{text.journey.noFlows}</p>
      <QualityTimeline flow={undefined} />
    </>
  );
}

function FlowView({
  flow,
  node,
  flows,
}: {
  readonly flow: string;
  readonly node: string | undefined;
  readonly flows: FlowsDocument;
}): VNode {
  const { period, attempt, route, announce, text } = usePage();
  const { version } = route;
  const parameters = { flow, version, ...period };
  const journey = useDocument<JourneyDocument>({ name: 'journey', parameters, attempt });
  useEffect(() => {
    if (journey.kind === 'ready') announce(text.shell.loaded(flow));
  }, [journey.kind === 'ready' ? journey.document : undefined]);
  return (
    <div class={node === undefined ? 'journey' : 'journey with-card'}>
      <div class="journey-main">
        <Loaded
          loading={journey}
          show={(document) => (
            <>
              <FlowHead journey={document} flows={flows} />
              <Headline journey={document} />
              <Later>
                <JourneyPanel journey={document} openNode={node} />
              </Later>
            </>
          )}
        />
        {journey.kind !== 'loading' || journey.previous ? (
          <Later>
            <QualityTimeline flow={flow} />
          </Later>
        ) : null}
      </div>
      {node !== undefined && <NodeCard key={node} flow={flow} node={node} />}
    </div>
  );
}
