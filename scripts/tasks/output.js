const { existsSync, readdirSync, rmSync } = require('node:fs');
const { join } = require('node:path');
const { packageFolders } = require('./packages');

const OUTPUT = /(?:\.d\.ts|\.js)(?:\.map)?$/;

/** Removes everything that the compiler wrote. */
function removeOutput() {
  for (const folder of packageFolders())
    rmSync(join(folder, 'dist'), { recursive: true, force: true });
  return 0;
}

/** What is bundled has no source of the same name; the bundler cleans up after itself. */
const BUNDLED = /^web[\\/]/;

/** Removes the output of sources that are gone, which the compiler itself never does. */
function removeStaleOutput() {
  for (const folder of packageFolders()) {
    for (const file of outputFiles(join(folder, 'dist'))) {
      const source = join(folder, 'src', file.replace(OUTPUT, '.ts'));
      if (!existsSync(source)) rmSync(join(folder, 'dist', file));
    }
  }
}

function outputFiles(dist) {
  if (!existsSync(dist)) return [];
  const files = readdirSync(dist, { recursive: true });
  return files.filter((file) => OUTPUT.test(file) && !BUNDLED.test(file));
}

module.exports = { removeOutput, removeStaleOutput };
