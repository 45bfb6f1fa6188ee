import { Graph, layout } from '@dagrejs/dagre';
import type { JourneyDocument, JourneyEdge, JourneyNode } from '../../documents/journey';

/** A point of the drawing. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A node and where its middle is. */
export interface PlacedNode extends Point {
  readonly node: JourneyNode;
  /** How wide the stub of those who leave is. */
  readonly lostWidth: number;
}

/** A way and the points that it leads through. */
export interface PlacedEdge {
  readonly edge: JourneyEdge;
  readonly points: readonly Point[];
  readonly width: number;
  /** True if it leads back. */
  readonly isBack: boolean;
}

/** A drawing of a journey. */
export interface Drawing {
  readonly nodes: readonly PlacedNode[];
  readonly edges: readonly PlacedEdge[];
  readonly width: number;
  readonly height: number;
  readonly direction: 'LR' | 'TB';
}

/** How large a node is drawn, the stub below it included. */
export const NODE = { width: 156, height: 74, stub: 30 } as const;
const WIDEST = 28;
const NARROWEST = 1.5;

/** Places the nodes of a journey from left to right, or from top to bottom. */
export function drawJourney(
  { nodes, edges }: Pick<JourneyDocument, 'nodes' | 'edges'>,
  direction: 'LR' | 'TB',
): Drawing {
  const graph = new Graph({ multigraph: false });
  const gaps = direction === 'LR' ? { nodesep: 26, ranksep: 44 } : { nodesep: 22, ranksep: 26 };
  graph.setGraph({ rankdir: direction, ...gaps, edgesep: 18, marginx: 8, marginy: 8 });
  graph.setDefaultEdgeLabel(() => ({}));
  const size = { width: NODE.width, height: NODE.height + NODE.stub };
  for (const { node } of nodes) graph.setNode(node, { ...size });
  const known = new Set(nodes.map(({ node }) => node));
  const drawn = edges.filter(({ from, to }) => from !== to && known.has(from) && known.has(to));
  const most = Math.max(
    1,
    ...edges.map(({ people }) => people),
    ...nodes.map((each) => each.people),
  );
  for (const { from, to, people } of drawn) {
    graph.setEdge(from, to, { weight: 1 + Math.round((people / most) * 8) });
  }
  layout(graph);
  const toWidth = (people: number) => Math.max(NARROWEST, (people / most) * WIDEST);
  const { width = 0, height = 0 } = graph.graph();
  return {
    width,
    height,
    direction,
    nodes: nodes.map((node) => {
      const lost = node.dropped?.count ?? 0;
      return { node, ...toTop(graph.node(node.node)), lostWidth: lost > 0 ? toWidth(lost) : 0 };
    }),
    edges: drawn.map((edge) => {
      const ends = { from: toTop(graph.node(edge.from)), to: toTop(graph.node(edge.to)) };
      const inner = (graph.edge(edge.from, edge.to).points ?? []).slice(1, -1);
      const isBack = direction === 'LR' ? ends.to.x < ends.from.x : ends.to.y < ends.from.y;
      const points = isBack ? leadBack(ends, inner) : leadOn(ends, inner, direction);
      return { edge, isBack, width: toWidth(edge.people), points };
    }),
  };
}

interface Ends {
  readonly from: Point;
  readonly to: Point;
}

/** The middle of the box, without the stub below it. */
function toTop({ x = 0, y = 0 }: { readonly x?: number; readonly y?: number }): Point {
  return { x, y: y - NODE.stub / 2 };
}

/** From the side of one box to the side of the other; between neighbours nothing is in the way. */
function leadOn({ from, to }: Ends, inner: readonly Point[], direction: 'LR' | 'TB'): Point[] {
  const isFar =
    direction === 'LR'
      ? to.x - from.x > 1.5 * (NODE.width + 44)
      : to.y - from.y > 1.5 * (NODE.height + NODE.stub + 26);
  const between = isFar ? inner.map((point) => shiftUp(point, direction)) : [];
  return direction === 'LR'
    ? [
        { x: from.x + NODE.width / 2 - 3, y: from.y },
        ...between,
        { x: to.x - NODE.width / 2 + 3, y: to.y },
      ]
    : [
        { x: from.x, y: from.y + NODE.height / 2 - 3 },
        ...between,
        { x: to.x, y: to.y - NODE.height / 2 + 3 },
      ];
}

function shiftUp({ x, y }: Point, direction: 'LR' | 'TB'): Point {
  return direction === 'LR' ? { x, y: y - NODE.stub / 2 } : { x, y };
}

/** Over the boxes or under them, whichever the layout has left free. */
function leadBack({ from, to }: Ends, inner: readonly Point[]): Point[] {
  const turn = inner[Math.floor(inner.length / 2)] ?? from;
  const side = turn.y < (from.y + to.y) / 2 ? -1 : 1;
  const reach = (side * NODE.height) / 2;
  return [{ x: from.x, y: from.y + reach }, ...inner, { x: to.x, y: to.y + reach }];
}

/** A smooth line through points that begins and ends in the direction of the journey. */
export function toPath(points: readonly Point[], direction: 'LR' | 'TB'): string {
  const [first, ...rest] = points;
  if (!first) return '';
  const bends = rest.map((point, index) => {
    const before = points[index] ?? first;
    const middle = { x: (before.x + point.x) / 2, y: (before.y + point.y) / 2 };
    const bend =
      direction === 'LR'
        ? [
            { x: middle.x, y: before.y },
            { x: middle.x, y: point.y },
          ]
        : [
            { x: before.x, y: middle.y },
            { x: point.x, y: middle.y },
          ];
    return `C${[...bend, point].map(toPair).join(' ')}`;
  });
  return `M${toPair(first)}${bends.join('')}`;
}

/** A smooth line that may turn around. */
export function toTurningPath(points: readonly Point[]): string {
  const [first, ...rest] = points;
  const last = rest.at(-1);
  if (!first || !last) return '';
  const bends = rest.slice(0, -1).map((point, index) => {
    const next = rest[index + 1] ?? point;
    const isLast = index === rest.length - 2;
    const end = isLast ? last : { x: (point.x + next.x) / 2, y: (point.y + next.y) / 2 };
    return `Q${toPair(point)} ${toPair(end)}`;
  });
  return `M${toPair(first)}${bends.length > 0 ? bends.join('') : `L${toPair(last)}`}`;
}

function toPair({ x, y }: Point): string {
  return `${x.toFixed(1)},${y.toFixed(1)}`;
}
