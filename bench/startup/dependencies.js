'use strict';
const { existsSync, readdirSync, readFileSync, realpathSync, statSync } = require('node:fs');
const { createRequire } = require('node:module');
const { join } = require('node:path');

/** What installing a package brings: every package with its bytes, those for other systems left out. */
function findInstalled(folder, found = new Map()) {
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  if (found.has(manifest.name)) return found;
  found.set(manifest.name, weigh(folder, manifest.files));
  const { dependencies, optionalDependencies } = manifest;
  for (const name of Object.keys({ ...dependencies, ...optionalDependencies })) {
    const place = findPackage(name, folder);
    if (place) findInstalled(place, found);
  }
  return found;
}

function findPackage(name, folder) {
  const { paths } = createRequire(join(folder, 'package.json')).resolve;
  const place = paths(name)
    .map((each) => join(each, name))
    .find((each) => existsSync(join(each, 'package.json')));
  return place && realpathSync(place);
}

/** Of a package of the workspace only what is published counts. */
function weigh(folder, files) {
  const isOurs = !folder.includes(`${join('node_modules', '.pnpm')}`);
  const wanted = (files ?? []).filter((name) => !name.startsWith('!'));
  const roots = isOurs ? wanted.map((name) => join(folder, name)) : [folder];
  return roots.filter(existsSync).reduce((sum, root) => sum + bytesOf(root), 0);
}

function bytesOf(path) {
  const stats = statSync(path);
  if (!stats.isDirectory()) return stats.size;
  const inside = readdirSync(path).filter(
    (name) => name !== 'node_modules' && name !== '.tsbuildinfo',
  );
  return inside.reduce((sum, name) => sum + bytesOf(join(path, name)), 0);
}

module.exports = { findInstalled };
