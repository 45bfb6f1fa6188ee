import { Tracker } from '../src';
import { FlowGraph } from '../src/flow-graph';
import { Scenario } from './support/scenario';

const ORDER = {
  id: 'order',
  nodes: [
    { id: 'size', kind: 'question' },
    { id: 'thanks', kind: 'message' },
  ],
  edges: [{ from: 'size', to: 'thanks' }],
} as const;

describe('the graph of flows', () => {
  it('joins what is declared with what users were seen to do', () => {
    const scenario = new Scenario();
    scenario.tracker.declare(ORDER);

    scenario.hear('hi').begin('order').say('welcome').ask('size').done();
    scenario.hear('big').answer().say('thanks').end().done();

    const [flow] = scenario.tracker.flows();
    expect(flow?.nodes.map(({ id }) => id)).toEqual(['size', 'thanks', 'welcome']);
    expect(flow?.edges).toEqual([
      { from: 'size', to: 'thanks', declared: true, observed: true },
      { from: 'welcome', to: 'size', declared: false, observed: true },
    ]);
  });

  it.each([
    ['a node', { nodes: [...ORDER.nodes, { id: 'new', kind: 'action' }] }],
    ['the kind of a node', { nodes: [{ id: 'size', kind: 'action' }, ORDER.nodes[1]] }],
    ['an edge', { edges: [] }],
    ['a text', { content: 'How big?' }],
  ] as const)('gives a flow another version when %s changes', (_, change) => {
    const graph = new FlowGraph();
    graph.declare(ORDER);
    const before = graph.version('order');

    const changed = graph.declare({ ...ORDER, ...change });

    expect(changed).toBe(true);
    expect(before).toMatch(/^[0-9a-f]{8}$/);
    expect(graph.version('order')).not.toBe(before);
  });

  it('knows what was seen on an edge also after the flow was edited', () => {
    const graph = new FlowGraph();
    graph.declare(ORDER);
    graph.observeEdge('order', { from: 'size', to: 'thanks' });

    graph.declare({ ...ORDER, content: 'new texts' });

    expect(graph.toFlows()[0]?.edges).toMatchObject([{ declared: true, observed: true }]);
  });

  it('gives a flow that nobody declared no version, before and after it was seen', () => {
    const scenario = new Scenario();

    scenario.meet('order', 'size');
    scenario.hear('big').answer().replace('order').done();

    const versions = scenario.told('journey_started').map(({ journey }) => journey.version);
    expect(versions).toEqual(['', '']);
    expect(scenario.tracker.flows()).toMatchObject([{ id: 'order', version: '' }]);
  });

  it('learns that a node is a question when it asks', () => {
    const tracker = new Tracker();
    const turn = tracker.startTurn({ channel: 'web', line: 'bot', userId: 'a', inputKind: 'text' });
    const journey = tracker.begin(turn, { flow: 'order', parents: [], save: () => {} });
    tracker.enter(turn, journey, { id: 'size', kind: 'action' });

    tracker.aboutToAsk(turn, journey);

    expect(tracker.flows()[0]?.nodes).toEqual([{ id: 'size', kind: 'question' }]);
  });

  it('stays bounded, whatever nodes come up', () => {
    const graph = new FlowGraph();
    graph.declare(ORDER);

    for (let step = 0; step < 5_000; step += 1) {
      graph.observeNode('order', { id: `node${step}`, kind: 'message' });
      graph.observeEdge('order', { from: `node${step}`, to: 'size' });
    }

    const [flow] = graph.toFlows();
    expect(flow?.nodes).toHaveLength(2_000);
    expect(flow?.edges).toHaveLength(2_000);
  });
});
