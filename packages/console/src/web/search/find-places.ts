import type { FlowSummary } from '../../documents/flows';

/** A flow or a node that fits what somebody typed. */
export interface FoundPlace {
  readonly flow: string;
  /** Undefined where the flow itself fits. */
  readonly node: string | undefined;
  readonly text: string | undefined;
}

const MOST = 12;

/** Finds flows by name and nodes by name or text; names that begin so come first. */
export function findPlaces(flows: readonly FlowSummary[], typed: string): readonly FoundPlace[] {
  const wanted = fold(typed);
  if (wanted === '') return [];
  const places = flows.flatMap(({ flow, nodes }): readonly FoundPlace[] => [
    { flow, node: undefined, text: undefined },
    ...nodes.map(({ node, text }) => ({ flow, node, text })),
  ]);
  return places
    .map((place) => ({ place, rank: toRank(place, wanted) }))
    .filter(({ rank }) => rank < NO_FIT)
    .sort((a, b) => a.rank - b.rank)
    .slice(0, MOST)
    .map(({ place }) => place);
}

const NO_FIT = 3;

function toRank({ flow, node, text }: FoundPlace, wanted: string): number {
  const name = fold(node ?? flow);
  if (name.startsWith(wanted)) return 0;
  if (name.includes(wanted)) return 1;
  return fold(text ?? '').includes(wanted) ? 2 : NO_FIT;
}

/** Without capitals and accents, and with spaces for what stands between the words of a name. */
function fold(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').replace(/[_-]+/g, ' ').trim().toLowerCase();
}
