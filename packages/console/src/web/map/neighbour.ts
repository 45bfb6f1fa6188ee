import type { PlacedNode } from './layout';

/** The keys that go from node to node. */
export const DIRECTIONS: Readonly<Record<string, { readonly x: number; readonly y: number }>> = {
  ArrowRight: { x: 1, y: 0 },
  ArrowLeft: { x: -1, y: 0 },
  ArrowDown: { x: 0, y: 1 },
  ArrowUp: { x: 0, y: -1 },
};

/** How much worse it is to be aside than to be far. */
const ASIDE = 2.5;

/** The nearest node in the direction of a key; undefined at the edge, or for another key. */
export function findNeighbour(
  nodes: readonly PlacedNode[],
  from: PlacedNode,
  key: string,
): PlacedNode | undefined {
  const direction = DIRECTIONS[key];
  if (!direction) return undefined;
  const toCost = ({ x, y }: PlacedNode) => {
    const along = (x - from.x) * direction.x + (y - from.y) * direction.y;
    const aside = Math.abs((x - from.x) * direction.y) + Math.abs((y - from.y) * direction.x);
    return along > 1 ? along + ASIDE * aside : Number.POSITIVE_INFINITY;
  };
  const [nearest] = nodes
    .map((node) => ({ node, cost: toCost(node) }))
    .filter(({ cost }) => Number.isFinite(cost))
    .sort((a, b) => a.cost - b.cost);
  return nearest?.node;
}
