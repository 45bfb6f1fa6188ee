'use strict';
// The pizza bot in a process of its own; its parent says by IPC what it is to do. Its storage is
// a Redis that is the bot's own and never fails.
const { load } = require('../load');
const { turnspan } = require('../../packages/turnspan');
const { startPizzaBot } = require('./pizza-bot');
const { RedisStorage } = require('./redis-storage');
const { openStore } = require('./open-store');
const { Redis } = load('ioredis');

const {
  graphUrl,
  storageUrl,
  store: at,
  journal,
  dropAfterMs,
  couponDropAfterMs = 5_000,
  ackAfterMs,
  port,
  aheadMs = 0,
  inbox,
  key,
  ledger,
} = JSON.parse(process.env.PROVE_BOT);

const noise = [];
/** Told at once, as the process may be killed before anybody asks. */
function note(text) {
  noise.push(text);
  process.send?.({ noise: text });
}
process.on('warning', ({ name, code, message }) => note(`${name} ${code} ${message}`));
process.on('unhandledRejection', (reason) => note(`unhandled ${reason?.stack ?? reason}`));

const storage = new Redis(storageUrl);
storage.on('error', () => {});
const clock = { now: () => Date.now() + aheadMs, tick: () => performance.now() };
const store = openStore(at, clock);
let stopsWhenHolding = false;

/** The store, except that on demand the process is stopped right after deadlines were handed to it. */
const observed = {
  origin: store.origin,
  claimsKeptMs: store.claimsKeptMs,
  shared: store.shared,
  inbox: store.inbox,
  wait: (waiting) => store.wait(waiting),
  untold: store.untold,
  claim: (id, reason, by) => store.claim(id, reason, by),
  settle: (due) => store.settle(due),
  summary: () => store.summary(),
  takeDue: async (request) => {
    const due = await store.takeDue(request);
    if (stopsWhenHolding && due.length > 0) {
      stopsWhenHolding = false;
      process.kill(process.pid, 'SIGSTOP');
    }
    return due;
  },
};

const plugin = turnspan({
  data: false,
  ...clock,
  journal,
  store: observed,
  privacy: { key },
  metrics: { port: 0 },
  sweepIntervalMs: 250,
  stallAfterMs: 24 * 60 * 60 * 1000,
  dropAfterMs,
  flows: {
    order: { goal: 'placed' },
    menu: { menu: 'choice' },
    coupon: { dropAfterMs: couponDropAfterMs },
  },
  onError: (error) => note(`contained ${error?.stack ?? error}`),
});

const answer = {
  metrics: () => plugin.metrics(),
  shutdown: () => plugin.shutdown(),
  sweep: () => plugin.sweep(),
  noise: () => noise,
  stopWhenHolding: () => {
    stopsWhenHolding = true;
  },
};

process.on('message', async ({ id, question }) => {
  const reply = await Promise.resolve()
    .then(() => answer[question]())
    .catch((error) => {
      note(String(error));
    });
  process.send({ id, reply: reply ?? null });
});
process.on('disconnect', () => process.exit());

startPizzaBot({
  graph: { url: graphUrl },
  plugin,
  port,
  storage: new RedisStorage(storage),
  ledger,
  adapter: {
    // What a stopped process was in the middle of goes on when it does.
    ...(ackAfterMs && { ackAfterMs, timeoutMs: ackAfterMs, turnTimeoutMs: ackAfterMs }),
    inbox: { store: store.inbox, key, ...inbox },
    onError: (error) => note(`adapter ${error?.stack ?? error}`),
  },
}).then(
  ({ webhookUrl }) => process.send({ webhookUrl }),
  (error) => {
    process.send({ failed: error.stack });
    process.exit(1);
  },
);
