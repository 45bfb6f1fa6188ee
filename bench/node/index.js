'use strict';
const { measureInTurns, shrink } = require('../harness/rounds');
const { estimate, toRatios } = require('../harness/statistics');
const { startStopwatch } = require('../harness/stopwatch');
const { createVisitors } = require('./visitors');

const summary = 'what each node of a conversation costs, beside prom-client and a plain span';

/** A node costs what a turn with many takes more than one with few. */
const FEW = 5;
const MANY = 55;
const SIZES = { full: { rounds: 21, turns: 150 }, short: { rounds: 9, turns: 60 } };
const MAX_US = { metrics: 1, spans: 8 };
/** Far above what it is, as only a ratio to prom-client is judged on a busy machine. */
const MAX_RATIO_SHORT = 12;

async function run({ short, share, report }) {
  const { rounds, turns } = shrink(short ? SIZES.short : SIZES.full, share);
  const visitors = createVisitors();
  const subjects = Object.entries(visitors).map(([name, visit]) => [
    name,
    () => measureNode(visit, turns),
  ]);
  await measureInTurns(Object.fromEntries(subjects), 3);
  const times = await measureInTurns(Object.fromEntries(subjects), rounds);
  report.figure('the same again (noise)', estimate(toRatios(times.again, times.tracker)), {
    unit: '×',
  });
  tell(report, times, { limits: short ? {} : MAX_US });
  const ratio = estimate(toRatios(times.metrics, times.promClient));
  report.figure('with metrics, against the same updates of prom-client', ratio, {
    unit: '×',
    ...(short && { max: MAX_RATIO_SHORT, isLenient: true }),
  });
}

function tell(report, times, { limits }) {
  const rows = [
    ['tracker', 'the tracker alone'],
    ['metrics', 'with metrics'],
    ['spans', 'with metrics and recorded spans'],
    ['promClient', 'the same updates of prom-client, without a tracker'],
    ['plainSpan', 'a plain span of OpenTelemetry, without a tracker'],
  ];
  for (const [name, label] of rows) {
    report.figure(label, estimate(times[name]), { unit: 'µs', max: limits[name] });
  }
  const added = (name, base) => estimate(times[name].map((time, at) => time - times[base][at]));
  report.figure('metrics add', added('metrics', 'tracker'), { unit: 'µs' });
  report.figure('spans add', added('spans', 'metrics'), { unit: 'µs' });
}

function measureNode(visit, turns) {
  const many = measureTurns(visit, MANY, turns);
  const few = measureTurns(visit, FEW, turns);
  return (many - few) / (MANY - FEW);
}

/** The microseconds of a turn with so many nodes. */
function measureTurns(visit, count, turns) {
  const nodes = Array.from({ length: count }, (_, index) => `node${index}`);
  const stop = startStopwatch();
  for (let turn = 0; turn < turns; turn += 1) visit(nodes);
  return stop().threadUs / turns;
}

module.exports = { run, summary };
