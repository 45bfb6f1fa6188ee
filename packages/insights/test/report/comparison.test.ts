import { type ComparisonQuery, compareReports, readComparisonRows } from '../../src';
import { DAYS, END } from '../support/simulated/plan';
import { simulateMonth } from '../support/simulated/simulate-month';
import { createMemorySource } from './memory-source';

const DAY = 86_400_000;
const FROM = DAYS - 14;
const PLACE = { flow: 'book', node: 'c' };
const SECOND = { since: END - 14 * DAY, until: END };

async function compare(query: ComparisonQuery) {
  const { visits, journeys } = simulateMonth({
    seed: 5,
    faults: [{ kind: 'overlong', place: PLACE, from: FROM }],
    innocents: [{ kind: 'new_version', flow: 'book', from: FROM }],
  });
  const source = createMemorySource({ hours: { visit_hours: visits, journey_hours: journeys } });
  return compareReports(await readComparisonRows(source, query), query);
}

it.each<ComparisonQuery>([
  { kind: 'periods', before: { since: END - 28 * DAY, until: END - 14 * DAY }, after: SECOND },
  {
    kind: 'versions',
    flow: 'book',
    before: 'v1',
    after: 'v2',
    period: { since: END - 35 * DAY, until: END },
  },
])(
  'the node that got worse is first, and the fall of completion is dated: $kind',
  async (query) => {
    const { kind, flows, nodes } = await compare(query);

    const book = flows.find(({ flow }) => flow === 'book');
    expect(kind).toBe('observational');
    expect(nodes[0]).toMatchObject(PLACE);
    expect(book?.completed).toMatchObject({
      kind: 'found',
      value: { difference: { high: expect.any(Number) }, changes: { kind: 'found' } },
    });
    const completed = book?.completed.kind === 'found' ? book.completed.value : undefined;
    expect(completed?.difference.high).toBeLessThan(0);
    const dates = completed?.changes.kind === 'found' ? completed.changes.value : [];
    expect(dates[0]?.at).toBe(SECOND.since);
  },
);

it('a flow of which one side knows nothing cannot be compared', async () => {
  const period = { since: END - 35 * DAY, until: END };

  const { flows } = await compare({
    kind: 'versions',
    flow: 'book',
    before: 'v0',
    after: 'v2',
    period,
  });

  expect(flows[0]?.completed).toMatchObject({ kind: 'not_enough_data' });
});
