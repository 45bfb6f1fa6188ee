'use strict';
const { heapBytes } = require('./heap');
const { startBotkitCustomers } = require('./soak/botkit-customers');
const { CoreCustomers } = require('./soak/core-customers');
const { weighWaiting } = require('./soak/weigh-waiting');

const summary =
  'a million turns in one process: the heap does not grow, no visit is lost or counted twice';

/**
 * A turn of Botkit takes a hundred times longer than one of the tracker, so that of a million turns
 * a part goes through Botkit and real webhooks, and the rest, in between, straight to a tracker.
 */
const SIZES = {
  full: {
    botkit: { turns: 60_000, customers: 200 },
    tracker: { turns: 940_000, customers: 20_000 },
    firstSample: 200_000,
  },
  short: {
    botkit: { turns: 5_000, customers: 30 },
    tracker: { turns: 55_000, customers: 2_000 },
    firstSample: 30_000,
  },
};
const MAX_GROWTH = 0.05;

async function run({ short, report }) {
  const size = short ? SIZES.short : SIZES.full;
  report.figure('waiting_user', await weighWaiting(), 'B');
  const botkit = await startBotkitCustomers(size.botkit);
  const core = new CoreCustomers(size.tracker.customers);
  let before;
  await botkit.play(async () => {
    const share = Math.min(1, botkit.played() / size.botkit.turns);
    await core.play(Math.floor(share * size.tracker.turns) - core.played);
    const total = core.played + botkit.played();
    if (total >= size.firstSample) before ??= await heapBytes();
    report.progress(`${total} turns`);
  });
  await core.play(size.tracker.turns - core.played);
  const after = await heapBytes();
  report.figure('turns', core.played + botkit.played(), 'turns');
  report.figure('turns_through_botkit', botkit.played(), 'turns');
  tellHeap(report, before, after);
  report.ledger('botkit', await botkit.close());
  report.ledger('tracker', await core.close());
}

function tellHeap(report, before, after) {
  const growth = (after - before) / before;
  report.figure('heap_at_first', before / 2 ** 20, 'MiB');
  report.figure('heap_in_the_end', after / 2 ** 20, 'MiB');
  report.figure('heap_growth', growth * 100, '%');
  const sentence = `The heap grew by ${(growth * 100).toFixed(1)} % (at most ${MAX_GROWTH * 100} %).`;
  report.holds(growth < MAX_GROWTH, sentence);
}

module.exports = { run, summary };
