'use strict';
const { installPeers } = require('../harness/peers');
const { estimate, toRatios } = require('../harness/statistics');
const { shrink } = require('../harness/rounds');
const { startWorker } = require('../harness/workers');
const { NEEDS_NODE, PACKAGES } = require('./receivers');
const { APP_SECRET, createBodies, postAll } = require('./requests');

const summary = 'signed webhooks a second, against the least that can be done and against peers';

const PROGRAM = require.resolve('./worker');
const SHAPES = {
  '1 update': { updates: 1, letters: 20, requests: 200 },
  '100 updates': { updates: 100, letters: 20, requests: 20 },
  '3 MB': { updates: 1000, letters: 2_700, requests: 3 },
};
const SIZES = {
  full: { shapes: Object.keys(SHAPES), rounds: 15, peers: Object.keys(NEEDS_NODE) },
  short: { shapes: ['1 update', '100 updates'], rounds: 5, peers: [] },
};
const WARM_UPS = 5;
const MIN_OF_FLOOR = 0.85;
/** Far below what it is on a busy machine. */
const MIN_OF_FLOOR_SHORT = 0.3;

async function run({ short, share, report }) {
  const size = shrink(short ? SIZES.short : SIZES.full, share);
  const peers = await findPeers(size.peers, report);
  const workers = {};
  try {
    for (const name of ['floor', 'again', 'ours', ...peers.names]) {
      workers[name] = await startReceiver(name, peers.folder);
    }
    for (const shape of size.shapes) {
      const times = await measureShape(workers, SHAPES[shape], size.rounds);
      tell(report, { shape, times, min: short ? MIN_OF_FLOOR_SHORT : MIN_OF_FLOOR, short });
    }
  } finally {
    for (const { worker } of Object.values(workers)) await worker.stop();
  }
}

async function findPeers(wanted, report) {
  if (wanted.length === 0) return { names: [] };
  const { folder, reason } = await installPeers();
  const version = Number(process.versions.node.split('.')[0]);
  const whyNot = (name) =>
    reason ?? (NEEDS_NODE[name] > version ? `it needs Node.js ${NEEDS_NODE[name]}` : undefined);
  for (const name of wanted.filter(whyNot)) report.missing(PACKAGES[name], whyNot(name));
  return { folder, names: wanted.filter((name) => !whyNot(name)) };
}

async function startReceiver(name, peers) {
  const receiver = name === 'again' ? 'floor' : name;
  const worker = await startWorker(PROGRAM, { receiver, peers, appSecret: APP_SECRET });
  return { worker, port: await worker.ask('port') };
}

/** Microseconds of a request, receiver by receiver; every round has webhooks of its own. */
async function measureShape(workers, { requests, ...content }, rounds) {
  const times = Object.fromEntries(Object.keys(workers).map((name) => [name, []]));
  for (let round = 0; round < WARM_UPS + rounds; round += 1) {
    const bodies = createBodies(requests, content);
    const order = Object.entries(workers);
    if (round % 2 === 1) order.reverse();
    for (const [name, { worker, port }] of order) {
      await worker.ask('begin');
      await postAll(port, bodies);
      const took = await worker.ask('end');
      if (round >= WARM_UPS) times[name].push(took / requests);
    }
  }
  return times;
}

function tell(report, { shape, times, min, short }) {
  const noise = estimate(toRatios(times.floor, times.again));
  report.figure(`${shape}: the floor`, estimate(times.floor.map(toRate)), { unit: 'a second' });
  report.figure(`${shape}: the same again (noise)`, noise, { unit: 'of the floor' });
  for (const name of Object.keys(times).filter((each) => !['floor', 'again'].includes(each))) {
    const label = PACKAGES[name] ?? name;
    const share = estimate(toRatios(times.floor, times[name]));
    const limit = name === 'ours' ? { min, isLenient: short } : {};
    report.figure(`${shape}: ${label}`, share, { unit: 'of the floor', ...limit });
    if (name === 'ours') continue;
    const ahead = estimate(toRatios(times[name], times.ours));
    report.figure(`${shape}: ours against ${label}`, ahead, { unit: '×', min: 1, peer: label });
  }
}

/** What one processor deals with in a second. */
function toRate(microseconds) {
  return 1e6 / microseconds;
}

module.exports = { run, summary };
