import { createDashboards } from '../src/dashboards';
import { readDataQueries, readPanels } from './dashboard-queries';

/*
 * Grafana's node graph finds its parts by the names of columns: those of circles and arrows are in its
 * documentation under "Data API".
 */
const [panel] = createDashboards()
  .flatMap(readPanels)
  .filter(({ type }) => type === 'nodeGraph');
const queries = panel === undefined ? [] : readDataQueries(panel);
const transformations = panel?.transformations ?? [];

/** The labels of the answers, which become columns. */
function readLabels(expr: string): readonly string[] {
  return /^sum by \(([^)]*)\)/.exec(expr)?.[1]?.split(', ') ?? [];
}

/** The queries whose tables are joined, in the order of the joins. */
const joined = transformations
  .filter(({ id }) => id === 'merge')
  .map(({ filter }) => new RegExp(String(filter?.options).slice(1, -1)));

const copies = transformations
  .filter(({ id }) => id === 'calculateField')
  .map(({ options }) => ({ to: options.alias, from: options.reduce.include }));

describe('the node graph', () => {
  it('gets circles with an id and titles, and arrows with two ends', () => {
    const [circles, arrows] = joined.map((pattern) =>
      queries.filter(({ refId = '' }) => pattern.test(refId)).map(({ expr }) => readLabels(expr)),
    );

    expect(circles).toEqual(circles?.map(() => ['id', 'title', 'subtitle']));
    expect(arrows).toEqual(arrows?.map(() => ['id', 'source', 'target']));
    expect((circles?.length ?? 0) + (arrows?.length ?? 0)).toBe(queries.length);
  });

  it('gets numbers in columns of the names it looks for', () => {
    expect(copies.map(({ to }) => to)).toEqual([
      'mainstat',
      'secondarystat',
      'arc__dropped',
      'arc__kept',
      'arc__unreached',
    ]);
  });

  it('takes them from the values of its queries, each once', () => {
    const taken = copies.flatMap(({ from }) => from);

    expect(taken.sort()).toEqual(queries.map(({ refId }) => `Value #${refId}`).sort());
  });

  it('colors every part of a ring', () => {
    const arcs = panel?.options.nodes.arcs.map(({ field }: { field: string }) => field);

    expect(arcs).toEqual(copies.map(({ to }) => to).filter((to) => to.startsWith('arc__')));
  });
});
