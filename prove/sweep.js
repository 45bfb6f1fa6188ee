'use strict';
const { setImmediate } = require('node:timers/promises');
const { median } = require('./statistics');
const { STORES } = require('./sweep/stores');

const summary =
  'settling who is due takes no longer with a million people waiting than with ten thousand';

const SMALL = 10_000;
const LARGE = { full: 1_000_000, short: 100_000 };
const REPEATS = { full: 31, short: 15 };
const WARM_UPS = 5;
const DUE = 500;
const MAX_RATIO = 1.5;
const LEASE_MS = 30_000;
const DAY = 24 * 60 * 60 * 1000;
/** How many waits are on their way to a store at once. */
const CHUNK = 500;

async function run({ short, report }) {
  const large = short ? LARGE.short : LARGE.full;
  const repeats = short ? REPEATS.short : REPEATS.full;
  for (const [name, open] of Object.entries(STORES)) {
    const { isLocal = false, stores, close } = await open();
    const stopwatch = isLocal ? startProcessorTime : startTime;
    const fills = [SMALL, large].map((size, index) => new Sweeps(stores[index], size, stopwatch));
    try {
      await proveStore(name, { fills, repeats }, report);
    } finally {
      await close();
    }
  }
}

async function proveStore(name, { fills, repeats }, report) {
  for (const fill of fills) await fill.fill((text) => report.progress(`${name}: ${text}`));
  // The first ones warm up what is compiled and cached, and what a server does after so many writes.
  for (let repeat = 0; repeat < WARM_UPS + repeats; repeat += 1) {
    const order = repeat % 2 === 0 ? fills : [...fills].reverse();
    for (const fill of order) await fill.settleDue(repeat >= WARM_UPS);
    report.progress(`${name}: ${repeat} of ${repeats}`);
  }
  const [small, big] = fills.map(({ times }) => median(times));
  const sizes = fills.map(({ size }) => size);
  report.figure(`${name}_settle_${DUE}_of_${sizes[0]}`, small, 'ms');
  report.figure(`${name}_settle_${DUE}_of_${sizes[1]}`, big, 'ms');
  report.figure(`${name}_ratio`, big / small, '');
  const sentence = `${name}: with ${sizes[1]} waiting it takes ${(big / small).toFixed(2)} times as long (less than ${MAX_RATIO} wanted).`;
  report.holds(big / small < MAX_RATIO, sentence);
  for (const { wrong } of fills) {
    report.holds(wrong === 0, `${name}: ${wrong} times not exactly the ${DUE} due were settled.`);
  }
}

/** A store with many who wait, of whom some are due each time. */
class Sweeps {
  times = [];
  /** How often something else than what was due was settled. */
  wrong = 0;
  #store;
  size;
  #stopwatch;
  #now = Date.now();
  #added = 0;

  constructor(store, size, stopwatch) {
    this.#store = store;
    this.size = size;
    this.#stopwatch = stopwatch;
  }

  /** Lets people wait whose deadlines are all over the next day. */
  async fill(onProgress) {
    while (this.#added < this.size) {
      const count = Math.min(CHUNK, this.size - this.#added);
      await this.#add(count, (index) => this.#now + DAY + (index % DAY));
      if (this.#added % 10_000 === 0) {
        onProgress(`${this.#added} of ${this.size} wait`);
        await setImmediate();
      }
    }
  }

  /** Lets some be due, and settles them as the sweeper does. */
  async settleDue(isMeasured) {
    await this.#add(DUE, () => this.#now - 1);
    const stop = this.#stopwatch();
    const request = { now: this.#now, limit: DUE, leaseMs: LEASE_MS };
    const due = await this.#store.takeDue(request);
    const settled = await this.#store.settle(due);
    if (isMeasured) this.times.push(stop());
    if (due.length !== DUE || settled.length !== DUE) this.wrong += 1;
  }

  async #add(count, deadlineOf) {
    const waits = [];
    for (let index = 0; index < count; index += 1) {
      this.#added += 1;
      waits.push(this.#store.wait(toWaiting(this.#added, deadlineOf(this.#added))));
    }
    await Promise.all(waits);
  }
}

/** How long something takes that other processes have a part in. */
function startTime() {
  const from = performance.now();
  return () => performance.now() - from;
}

/** How long this process works on something, whatever else the machine does. */
function startProcessorTime() {
  const from = process.cpuUsage();
  return () => {
    const { user, system } = process.cpuUsage(from);
    return (user + system) / 1000;
  };
}

function toWaiting(number, at) {
  const node = `node${number % 7}`;
  return {
    id: `turnspan.journey${number}.1.${node}`,
    user: { channel: 'whatsapp', line: '1', key: `user${number}` },
    flow: 'order',
    node,
    position: `a position of about this length, for the journey ${number}`,
    parents: [],
    stallAt: at,
    dropAt: at,
  };
}

module.exports = { run, summary };
