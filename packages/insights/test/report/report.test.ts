import { createReport, type Report, readRows } from '../../src';
import { END, type Fault, type Plan } from '../support/simulated/plan';
import { simulateMonth } from '../support/simulated/simulate-month';
import { createMemorySource } from './memory-source';

const DAY = 86_400_000;
const MONTH = { since: END - 35 * DAY, until: END };
const PLACE = { flow: 'book', node: 'c' };

function toSource(plan: Plan) {
  const rows = simulateMonth(plan);
  return createMemorySource({
    hours: {
      visit_hours: rows.visits,
      signal_hours: rows.signals,
      message_hours: rows.messages,
      journey_hours: rows.journeys,
      node_journey_hours: rows.nodeJourneys,
      loop_hours: rows.loops,
      wait_hours: rows.waits,
    },
  });
}

async function reportOn(plan: Plan, query: { flow?: string } = {}): Promise<Report> {
  const period = { ...MONTH, ...query };
  return createReport(await readRows(toSource(plan), period), period);
}

it.each<readonly [Fault, RegExp]>([
  [
    { kind: 'confusing', place: PLACE, from: 0 },
    /^The question c of book confuses people \(nothing/,
  ],
  [
    { kind: 'overlong', place: PLACE, from: 0 },
    /^At c of book, [\d,]+ of [\d,]+ people fell silent/,
  ],
  [
    { kind: 'loop', place: PLACE, back: 'b', from: 0 },
    /^In book, [\d,]+ people were sent in the circle (b → c → b|c → b → c)/,
  ],
  [{ kind: 'slow', place: PLACE, from: 0 }, /^The bot takes .+ at c of book/],
])('tells in words what is wrong, and nothing else: %j', async (fault, words) => {
  const { headline, findings } = await reportOn({ seed: 3, faults: [fault] });

  expect(findings.map(({ sentence }) => sentence)).toContainEqual(expect.stringMatching(words));
  expect(findings.map(({ place }) => place?.flow)).toEqual(findings.map(() => 'book'));
  expect(headline).toBe(findings[0]?.sentence);
});

it('a month in which nothing is planted has no finding', async () => {
  const { headline, findings, journeys } = await reportOn({ seed: 3 });

  expect(findings).toEqual([]);
  expect(headline).toBe(
    `Nothing stands out in ${journeys.toLocaleString('en-US')} journeys: every node is about like the others of its flow.`,
  );
});

it('a report on one flow holds its nodes against each other only', async () => {
  const report = await reportOn({ seed: 3 }, { flow: 'cancel' });

  const flows = [report.dropOff, report.confusion, report.completion, report.loops].flatMap(
    (list) => list.map(({ flow }) => flow),
  );
  expect([...new Set(flows)]).toEqual(['cancel']);
});

it('counts what is in the period, and holds it against what was before', async () => {
  const source = toSource({ seed: 3 });
  const week = { since: END - 7 * DAY, until: END };

  const report = createReport(await readRows(source, week), week);

  const counted = simulateMonth({ seed: 3 }).journeys.filter(({ hour }) => hour >= week.since);
  expect(report.journeys).toBe(counted.reduce((sum, { count }) => sum + count, 0));
  expect(report.unexpected.kind).toBe('found');
  expect(source.asked).toContainEqual(['visit_hours', END - 36 * DAY, END]);
});

it('a node that begins another flow is not to blame for who falls silent there', async () => {
  const { visits } = simulateMonth({ seed: 3 });
  const none = { wait_count: 0, wait_seconds_sum: 0, processing_seconds_sum: 0 };
  const parents = visits
    .filter(({ flow, node }) => flow === 'book' && node === 'a')
    .map((row) => ({ ...row, ...none, node: 'begins_payment', outcome: toOther(row.outcome) }));
  const source = createMemorySource({ hours: { visit_hours: [...visits, ...parents] } });

  const { dropOff, findings } = createReport(await readRows(source, MONTH), MONTH);

  expect(parents.length).toBeGreaterThan(0);
  expect(dropOff.map(({ node }) => node)).not.toContain('begins_payment');
  expect(findings).toEqual([]);
});

/** Most of those who came are dropped. */
function toOther(outcome: string): 'advanced' | 'dropped' {
  return outcome === 'dropped' ? 'advanced' : 'dropped';
}

it('says what there is too little of instead of a number', async () => {
  const source = createMemorySource({ hours: {} });
  const day = { since: END - DAY, until: END };

  const report = createReport(await readRows(source, day), day);

  expect(report.headline).toBe(
    'There is not enough to go on: 0 visits were settled in this period.',
  );
  expect(report.unexpected.kind).toBe('not_enough_data');
  expect(report.quality.risk.kind).toBe('not_enough_data');
  expect(report.responses.changes.kind).toBe('not_enough_data');
});

it('says from when on the younger sums are whole', async () => {
  const source = createMemorySource({ hours: {}, countedSince: END - DAY });

  const [late, early] = await Promise.all(
    [2 * DAY, DAY].map(async (ms) => {
      const period = { since: END - ms, until: END };
      return createReport(await readRows(source, period), period).countedSince;
    }),
  );

  expect([late, early]).toEqual([END - DAY, undefined]);
});

it('tells of the latest change for the worse', async () => {
  const rating = { kind: 'phone', subject: '1029', name: 'Lucky Shrub', attribute: 'rating' };
  const change = { ...rating, key: '', previous: 'GREEN', value: 'RED', at: END - DAY };
  const source = createMemorySource({ hours: {}, changes: [change] });
  const week = { since: END - 7 * DAY, until: END };

  const { findings } = createReport(await readRows(source, week), week);

  expect(findings.map(({ sentence }) => sentence)).toEqual([
    'The rating of phone Lucky Shrub went from GREEN to RED.',
  ]);
});

it('tells how far reading is, up to the end', async () => {
  const told: number[] = [];

  await readRows(createMemorySource({ hours: {} }), MONTH, {
    onProgress: (done) => told.push(done),
  });

  expect(told.at(-1)).toBe(1);
  expect(told).toEqual([...told].sort((a, b) => a - b));
});
