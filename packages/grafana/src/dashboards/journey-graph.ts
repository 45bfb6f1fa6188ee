import {
  ArcOptionBuilder,
  EdgeOptionsBuilder,
  NodeOptionsBuilder,
} from '@grafana/grafana-foundation-sdk/nodegraph';
import { ratio, shared, sum, total } from './queries';
import { column } from './targets';
import { copyColumns, mergeQueries } from './transformations';
import { createGraph } from './visuals/graph';

const PLACE = 'flow, node';
const NODE_QUERIES = ['visits', 'waiting', 'dropped', 'kept', 'unreached'];
const EDGE_QUERIES = ['passages', 'shares'];

/**
 * Draws the flow as it was walked. Grafana finds circles by the columns `id`, `title`, `subtitle`,
 * `mainstat`, `secondarystat` and `arc__…`, arrows by `source` and `target`. Labels become columns of
 * their own name; values are copied into columns of the right one. An arrow to a circle that is not
 * there would stop the panel, so every end of an arrow is a circle, too.
 */
export function createJourneyGraph(): ReturnType<typeof createGraph> {
  return createGraph({
    key: 'journey-graph',
    title: 'Which ways do people take?',
    description:
      'Each circle is a node: visits in the time range, and people who owe an answer there now. Its ring is red by the share of settled visits that were dropped, grey where nobody came. Each arrow tells how often it was taken, and by which share of those who went on from there.',
    unit: 'short',
    height: 18,
    targets: [
      column(toCircles(createVisits()), 'visits'),
      column(toCircles(everywhere(createWaiting())), 'waiting'),
      column(toCircles(createDropped()), 'dropped'),
      column(toCircles(`(1 - (${createDropped()})) * (${createVisits()} > bool 0)`), 'kept'),
      column(toCircles(`${createVisits()} == bool 0`), 'unreached'),
      column(toArrows(createPassages()), 'passages'),
      column(toArrows(createShares()), 'shares'),
    ],
  })
    .transformations([
      mergeQueries(NODE_QUERIES),
      mergeQueries(EDGE_QUERIES),
      copyColumns([toValue('visits'), toValue('passages')], 'mainstat'),
      copyColumns([toValue('waiting'), toValue('shares')], 'secondarystat'),
      copyColumns([toValue('dropped')], 'arc__dropped'),
      copyColumns([toValue('kept')], 'arc__kept'),
      copyColumns([toValue('unreached')], 'arc__unreached'),
    ])
    .nodes(
      new NodeOptionsBuilder()
        .mainStatUnit('visits')
        .secondaryStatUnit('waiting')
        .arcs([
          new ArcOptionBuilder().field('arc__dropped').color('red'),
          new ArcOptionBuilder().field('arc__kept').color('green'),
          new ArcOptionBuilder().field('arc__unreached').color('gray'),
        ]),
    )
    .edges(new EdgeOptionsBuilder().mainStatUnit('times').secondaryStatUnit('%'));
}

function toValue(query: string): string {
  return `Value #${query}`;
}

function createVisits(): string {
  return everywhere(`round(${total('conversation_node_entries_total', { by: PLACE })})`);
}

function createWaiting(): string {
  return shared('conversation_waiting', { by: PLACE });
}

/** Share of the settled visits; 0 where none is settled. */
function createDropped(): string {
  const exits = 'conversation_node_exits_total';
  const dropped = total(exits, { by: PLACE, where: 'outcome="dropped"' });
  return everywhere(ratio(dropped, total(exits, { by: PLACE })));
}

function createPassages(): string {
  return `round(${total('conversation_transitions_total', { by: 'flow, from, to' })})`;
}

/** Per cent of the passages that begin at the same node. */
function createShares(): string {
  const passages = total('conversation_transitions_total', { by: 'flow, from, to' });
  const all = total('conversation_transitions_total', { by: 'flow, from' });
  return `100 * ${passages} / on (flow, from) group_left () (${all} > 0) or 0 * ${passages}`;
}

/** Gives every node a value, 0 at least: those that were entered, and those at an end of an arrow. */
function everywhere(query: string): string {
  const ends = ['from', 'to'].map((end) => {
    const passages = total('conversation_transitions_total', { by: `flow, ${end}` });
    return sum(`label_replace(${passages}, "node", "$1", "${end}", "(.*)")`, PLACE);
  });
  const entries = total('conversation_node_entries_total', { by: PLACE });
  return `(${query} or 0 * (${[entries, ...ends].join(' or ')}))`;
}

function toCircles(query: string): string {
  const id = `label_join(${query}, "id", "/", "flow", "node")`;
  const title = `label_replace(${id}, "title", "$1", "node", "(.*)")`;
  return sum(`label_replace(${title}, "subtitle", "$1", "flow", "(.*)")`, 'id, title, subtitle');
}

function toArrows(query: string): string {
  const id = `label_join(${query}, "id", "/", "flow", "from", "to")`;
  const source = `label_join(${id}, "source", "/", "flow", "from")`;
  return sum(`label_join(${source}, "target", "/", "flow", "to")`, 'id, source, target');
}
