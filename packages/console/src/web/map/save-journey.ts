import type { JourneyDocument } from '../../documents/journey';
import { saveCsv } from '../export/csv';

const HEAD = [
  'flow',
  'node',
  'kind',
  'people',
  'settled',
  'dropped',
  'drop_off',
  'drop_off_low',
  'drop_off_high',
  'confusion',
  'confusion_low',
  'confusion_high',
  'loops',
  'waiting',
  'trouble',
] as const;

/** Gives the reader the steps of a journey and the ways between them as a file. */
export function saveJourney({ flow, nodes, edges }: JourneyDocument): void {
  const steps = nodes.map((node) => [
    flow,
    node.node,
    node.kind,
    node.people,
    node.settled,
    node.dropped?.count,
    node.dropped?.rate,
    node.dropped?.low,
    node.dropped?.high,
    node.confused?.rate,
    node.confused?.low,
    node.confused?.high,
    node.loops,
    node.waiting,
    node.trouble.kind === 'found' ? node.trouble.value.score : undefined,
  ]);
  const ways = edges.map(({ from, to, people }) => [flow, from, to, people]);
  saveCsv(`turnspan-${flow}`, [HEAD, ...steps, [], ['flow', 'from', 'to', 'people'], ...ways]);
}
