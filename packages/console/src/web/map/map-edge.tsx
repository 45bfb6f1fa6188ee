import type { VNode } from 'preact';
import { usePage } from '../page';
import { type PlacedEdge, type Point, toPath, toTurningPath } from './layout';

/** A way between two nodes, as wide as people are many. */
export function MapEdge({
  placed: { edge, points, width, isBack },
  direction,
  isNear,
}: {
  readonly placed: PlacedEdge;
  readonly direction: 'LR' | 'TB';
  /** True if it begins or ends at the node that is looked at. */
  readonly isNear: boolean;
}): VNode {
  const { format } = usePage();
  const middle = toMiddle(points);
  return (
    <g class={`edge ${isBack ? 'back' : ''} ${isNear ? 'near' : ''}`}>
      <path
        d={isBack ? toTurningPath(points) : toPath(points, direction)}
        stroke-width={width.toFixed(1)}
      />
      {isNear && (
        <text x={middle.x} y={middle.y + 4} text-anchor="middle">
          {format.count(edge.people)}
        </text>
      )}
    </g>
  );
}

function toMiddle(points: readonly Point[]): Point {
  const after = points[Math.floor(points.length / 2)] ?? { x: 0, y: 0 };
  const before = points.length % 2 === 0 ? (points[points.length / 2 - 1] ?? after) : after;
  return { x: (before.x + after.x) / 2, y: (before.y + after.y) / 2 };
}
