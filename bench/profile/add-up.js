'use strict';

/** Where code is, by its address; the first that fits. */
const OWNERS = [
  ['@turnspan/core', /packages\/core\/dist/],
  ['@turnspan/botkit', /packages\/botkit\/dist/],
  ['@turnspan/prometheus', /packages\/prometheus\/dist/],
  ['@turnspan/opentelemetry', /packages\/opentelemetry\/dist/],
  ['@turnspan/store-sqlite', /packages\/store-sqlite\/dist/],
  ['@turnspan/journal', /packages\/(journal|store-postgres)\/dist/],
  ['turnspan', /packages\/\w+\/dist/],
  ['OpenTelemetry SDK', /@opentelemetry/],
  ['SQLite driver', /libsql|better-sqlite|node:sqlite/],
  ['SQL builder', /kysely/],
  ['the bot itself', /botkit|botbuilder|bench\/turn/],
  ['promises, timers and events of Node.js', /^node:/],
];
const PSEUDO = { '(garbage collector)': 'garbage collection', '(idle)': null, '(program)': null };
const BUILT_IN = 'built into the engine';

/**
 * Adds up a profile: to whom each sample belongs, as a share of all that is not idle. What is built
 * into the engine and Node.js counts for whoever called it.
 */
function addUp({ nodes, samples }) {
  const byId = joinNodes(nodes);
  const owners = {};
  const functions = {};
  let total = 0;
  for (const id of samples) {
    const { owner, name } = findOwner(byId.get(id));
    if (!owner) continue;
    total += 1;
    owners[owner] = (owners[owner] ?? 0) + 1;
    if (owner.includes('turnspan') && !name.startsWith(','))
      functions[name] = (functions[name] ?? 0) + 1;
  }
  return { owners: toShares(owners, total), functions: toShares(functions, total) };
}

/** The nodes by their ids, each with the one that called it. */
function joinNodes(nodes) {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  for (const node of nodes) for (const id of node.children ?? []) byId.get(id).parent = node;
  return byId;
}

function findOwner(sampled) {
  const { functionName } = sampled.callFrame;
  if (Object.hasOwn(PSEUDO, functionName)) return { owner: PSEUDO[functionName] };
  for (let node = sampled; node; node = node.parent) {
    const { url, functionName: name } = node.callFrame;
    const found = OWNERS.find(([, pattern]) => pattern.test(url));
    if (found && !url.startsWith('node:')) return { owner: found[0], name: `${name}, ${found[0]}` };
  }
  return { owner: sampled.callFrame.url.startsWith('node:') ? OWNERS.at(-1)[0] : BUILT_IN };
}

function toShares(counts, total) {
  const shares = Object.entries(counts).map(([name, count]) => [name, count / total]);
  return shares.sort(([, one], [, other]) => other - one);
}

module.exports = { addUp };
