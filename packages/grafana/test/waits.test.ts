import { describeWith } from '../../../test/support/servers/binary';
import { recordedQuantile } from '../src/dashboards/queries';
import { RECORDED } from '../src/recorded';
import { fillVariables } from './dashboard-queries';
import { MINUTES } from './rules/alert-case';
import { runTest, toInputSeries } from './rules/promtool';

const { nodes, variants } = RECORDED.replyWait;
const NOTHING = '0x180';
/** An answer a minute, in the second of three hours. */
const ANSWERS = '0x60 1+1x59 60x60';

/**
 * Two processes. At one node people answer within 10 seconds, and in a variant within a minute;
 * another node gets its only answer in the third hour, and with it its series.
 */
const SERIES: Readonly<Record<string, string>> = Object.fromEntries(
  ['one', 'two'].flatMap((instance) => {
    const name = (labels: string) =>
      `conversation_reply_wait_seconds_bucket{instance="${instance}",flow="order",${labels}}`;
    return [
      [`turnspan_contained_errors_total{instance="${instance}"}`, NOTHING],
      ...['10', '60', '+Inf'].flatMap((le) => [
        [name(`node="size",le="${le}"`), ANSWERS],
        [name(`node="size",variant="b",le="${le}"`), le === '10' ? NOTHING : ANSWERS],
        [name(`node="late",le="${le}"`), '_x130 1x50'],
      ]),
    ];
  }),
);

interface Expectation {
  readonly query: string;
  readonly at: string;
  readonly value: number;
}

const EXPECTATIONS: Readonly<Record<string, Expectation>> = {
  'answers of a node in all variants of all processes': {
    query: `${nodes}{node="size",le="+Inf"}`,
    at: '120m',
    value: 240,
  },
  'only those of the bucket': { query: `${nodes}{node="size",le="10"}`, at: '120m', value: 120 },
  'none of the hour before': { query: `${nodes}{node="size",le="60"}`, at: '180m', value: 0 },
  'the first answer of a node': { query: `${nodes}{node="late",le="60"}`, at: '180m', value: 2 },
  'the answers in a variant': {
    query: `${variants}{variant="b",le="+Inf"}`,
    at: '120m',
    value: 120,
  },
  'nothing as a variant where there is none': {
    query: `count(${variants}) by (variant)`,
    at: '120m',
    value: 3,
  },
  'enough for nine of ten, as a panel asks for them': {
    query: `${toQuery(0.9, nodes, 'flow, node')} and on (node) ${nodes}{node="size"}`,
    at: '180m',
    value: 50,
  },
  'enough for the median of a variant, as a panel asks for it': {
    query: toQuery(0.5, variants, 'flow, variant'),
    at: '180m',
    value: 35,
  },
};

function toQuery(share: number, name: string, by: string): string {
  return fillVariables(recordedQuantile(share, name, { by }), { __range: '3h' });
}

describeWith('promtool', (promtool) => {
  it(`the rules record ${Object.keys(EXPECTATIONS).join(', ')}`, () => {
    const complaints = runTest(promtool, MINUTES, {
      interval: MINUTES.interval,
      input_series: toInputSeries('bot', SERIES),
      promql_expr_test: Object.values(EXPECTATIONS).map(({ query, at, value }) => ({
        expr: `round(sum(${query}), 0.001)`,
        eval_time: at,
        exp_samples: [{ labels: '{}', value }],
      })),
    });

    expect(complaints).toEqual([]);
  });
});
