import type { RefObject, VNode } from 'preact';
import { useEffect, useMemo, useState } from 'preact/hooks';
import type { JourneyDocument } from '../../documents/journey';
import { usePage } from '../page';
import { type Drawing, drawJourney } from './layout';
import { MapEdge } from './map-edge';
import { MapNode } from './map-node';
import { DIRECTIONS, findNeighbour } from './neighbour';
import { useZoom, type Zoom } from './use-zoom';
import { ZoomTools } from './zoom-tools';

/** The journey as a drawing that can be walked through with the keyboard. */
export function JourneyMap({
  journey,
  openNode,
  drawing: drawn,
}: {
  readonly journey: JourneyDocument;
  readonly openNode: string | undefined;
  /** What is to be saved as a picture. */
  readonly drawing: RefObject<SVGGElement | null>;
}): VNode {
  const { text } = usePage();
  const direction = useDirection();
  const drawing = useMemo(() => drawJourney(journey, direction), [journey, direction]);
  const worst = journey.worst.kind === 'found' ? journey.worst.value : undefined;
  const focused = drawing.nodes.find(({ node }) => node.node === (openNode ?? worst));
  const zoom = useZoom(drawing, focused);
  const [near, setNear] = useState<string | undefined>(undefined);
  const lookedAt = near ?? openNode;
  const first = openNode ?? worst ?? drawing.nodes[0]?.node.node;
  return (
    <div class="map" style={{ '--width': drawing.width, '--height': drawing.height }}>
      {/* biome-ignore lint/a11y/useSemanticElements: a drawing cannot be a fieldset. */}
      <svg
        ref={zoom.svg}
        role="group"
        aria-label={`${text.journey.mapLabel} ${journey.flow}`}
        aria-describedby="map-hint"
        onKeyDown={(event) => press(event, drawing, zoom)}
        onFocusIn={({ target }) => setNear(readNode(target))}
        onFocusOut={() => setNear(undefined)}
        onPointerOver={({ target }) => setNear(readNode(target))}
      >
        <g ref={drawn} transform={zoom.transform}>
          {drawing.edges.map((placed) => (
            <MapEdge
              key={`${placed.edge.from}→${placed.edge.to}`}
              placed={placed}
              direction={direction}
              isNear={placed.edge.from === lookedAt || placed.edge.to === lookedAt}
            />
          ))}
          {drawing.nodes.map((placed) => (
            <MapNode
              key={placed.node.node}
              placed={placed}
              direction={direction}
              flow={journey.flow}
              isWorst={placed.node.node === worst}
              isOpen={placed.node.node === openNode}
              isFirst={placed.node.node === first}
            />
          ))}
        </g>
      </svg>
      <ZoomTools zoom={zoom} />
    </div>
  );
}

/** The arrow keys go from node to node, and the map follows. */
function press(event: KeyboardEvent, { nodes }: Drawing, zoom: Zoom): void {
  const from = nodes.find(({ node }) => node.node === readNode(event.target));
  const next = from && findNeighbour(nodes, from, event.key);
  if (event.key in DIRECTIONS) event.preventDefault();
  if (event.key === '+') zoom.scaleBy(1.3);
  if (event.key === '-') zoom.scaleBy(1 / 1.3);
  if (event.key === '0') zoom.fit();
  if (!next) return;
  const link = zoom.svg.current?.querySelector<SVGAElement>(
    `[data-node="${CSS.escape(next.node.node)}"]`,
  );
  link?.focus({ preventScroll: true });
  zoom.reveal(next);
}

function readNode(target: EventTarget | null): string | undefined {
  const link = target instanceof Element ? target.closest('[data-node]') : null;
  return link?.getAttribute('data-node') ?? undefined;
}

/** On a narrow screen a journey goes down, on a wide one to the right. */
function useDirection(): 'LR' | 'TB' {
  const query = useMemo(() => matchMedia('(max-width: 700px)'), []);
  const [isNarrow, setNarrow] = useState(query.matches);
  useEffect(() => {
    const change = () => setNarrow(query.matches);
    query.addEventListener('change', change);
    return () => query.removeEventListener('change', change);
  }, [query]);
  return isNarrow ? 'TB' : 'LR';
}
