'use strict';
const { startMeta } = require('../bot/pizza-bot');
const { startBotProcess } = require('../bot/start-bot');
const { load } = require('../load');
const { waitFor } = require('../servers/process');
const { startRedis } = require('../servers/redis');
const { startBalancer } = require('./balancer');
const { readHours } = require('./journal-hours');
const { Crowd } = require('./crowd');
const { addUp } = load('@turnspan/testing');

/** Longer than anything that is stopped, so that it goes on where it was. */
const PATIENCE_MS = 150_000;
/** A machine that is busy must not look like a store that fails, nor a stopped process like a dead one. */
const INBOX = { timeoutMs: 10_000, leaseMs: 10 * 60_000 };

/** Starts processes of the bot on one store and one port, and customers who talk to them. */
async function startCompany({ processes, store, journalUrl, dropAfterMs, isTwice, inbox = INBOX }) {
  const storage = await startRedis({ isDurable: false });
  const graph = await startMeta();
  const balancer = await startBalancer({ isTwice });
  const config = {
    graphUrl: graph.url,
    storageUrl: storage.url,
    store,
    journal: journalUrl ? { url: journalUrl } : false,
    dropAfterMs,
    ackAfterMs: PATIENCE_MS,
    inbox,
    port: 0,
  };
  const started = Array.from({ length: processes }, () => startBotProcess(config));
  const bots = (await Promise.all(started)).map((bot) => ({
    bot,
    open: balancer.add(bot.webhookUrl),
  }));
  const crowd = new Crowd({ graph, webhookUrl: balancer.url });
  const askAll = (question) => Promise.all(bots.map(({ bot }) => bot.ask(question)));
  const tellJournal = async (name, report) => {
    await askAll('shutdown');
    const rows = await readHours(journalUrl);
    return report.ledger(`${name}_journal`, crowd.checkJournal(rows));
  };
  return {
    crowd,
    bots,
    duplicates: balancer.duplicates,
    startTalking: (people) => startTalking(crowd, people),
    /** Waits until all who are silent were dropped, and holds the counters against the ledger. */
    async tell(name, report) {
      report.figure(`${name}_customers`, crowd.size, 'people');
      report.figure(`${name}_silent`, crowd.silent, 'people');
      report.figure(`${name}_messages_of_the_bots`, graph.sent.length, 'messages');
      await waitForDrops({ ask: () => bots[0].bot.ask('metrics'), dropAfterMs, report });
      await askAll('sweep');
      const isRight = report.ledger(name, crowd.check(await askAll('metrics')));
      const isWritten = journalUrl ? await tellJournal(name, report) : true;
      const noise = (await askAll('noise')).flat();
      tellNoise({ name, report, isRight: isRight && isWritten, noise });
    },
    async close() {
      await Promise.all(bots.map(({ bot }) => bot.kill()));
      balancer.close();
      await graph.close();
      await storage.stop();
    },
  };
}

function startTalking(crowd, people) {
  let isOver = false;
  const talking = crowd.talk({ people, isOver: () => isOver });
  // It is waited for in the end.
  talking.catch(() => {});
  return {
    end() {
      isOver = true;
      return talking;
    },
  };
}

async function waitForDrops({ ask, dropAfterMs, report }) {
  const countWaiting = async () =>
    addUp([await ask()])
      .filter(({ name }) => name === 'conversation_waiting')
      .reduce((sum, { value }) => sum + value, 0);
  const isNobodyLeft = async () => {
    const waiting = await countWaiting();
    report.progress(`${waiting} people still wait`);
    return waiting === 0;
  };
  const what = 'the end of all silence';
  await waitFor(isNobodyLeft, { what, timeoutMs: dropAfterMs + 90_000 });
}

/** What was contained is no failure; where a number is wrong, it may say why. */
function tellNoise({ name, report, isRight, noise }) {
  report.figure(`${name}_contained`, noise.length, 'errors');
  if (isRight) return;
  for (const text of new Set(noise)) report.say(`  contained was ${text}`);
}

module.exports = { startCompany };
