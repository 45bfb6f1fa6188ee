const { existsSync, readdirSync } = require('node:fs');
const { join } = require('node:path');
const { ROOT } = require('./processes');

/** The folders of all packages. */
function packageFolders() {
  return workspaceFolders('packages');
}

/** The folders with a package.json under `packages` or `examples`. */
function workspaceFolders(group) {
  const parent = join(ROOT, group);
  if (!existsSync(parent)) return [];
  const folders = readdirSync(parent).map((name) => join(parent, name));
  return folders.filter((folder) => existsSync(join(folder, 'package.json')));
}

module.exports = { packageFolders, workspaceFolders };
