// Packs every package as for a release and lets publint and "are the types wrong" look at the
// tarball, two packages at a time: one line for each, and what is wrong below it.
const { mkdtempSync, rmSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');
const { packageFolders } = require('./tasks/packages');
const { run, tool } = require('./tasks/processes');

const AT_ONCE = 2;

async function checkPackages(tarballs) {
  const waiting = packageFolders();
  const total = waiting.length;
  const failed = [];
  const work = async () => {
    for (let folder = waiting.shift(); folder; folder = waiting.shift()) {
      if (!(await checkPackage(folder, tarballs))) failed.push(folder);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  console.log(failed.length > 0 ? `${failed.length} of ${total} failed` : `${total} packages`);
  return failed.length > 0 ? 1 : 0;
}

async function checkPackage(folder, tarballs) {
  const { name } = require(join(folder, 'package.json'));
  const results = await inspect(folder, tarballs);
  const failed = results.filter(({ code }) => code !== 0);
  console.log(`${failed.length === 0 ? 'ok    ' : 'failed'} ${name}`);
  for (const { output } of failed) console.log(output);
  return failed.length === 0;
}

async function inspect(folder, tarballs) {
  const place = ['--pack-destination', tarballs];
  const packed = await run('npm', ['pack', folder, '--json', '--loglevel=error', ...place]);
  if (packed.code !== 0) return [packed];
  const [{ filename }] = JSON.parse(packed.output.slice(packed.output.indexOf('[')));
  const tarball = join(tarballs, filename);
  // What publint unpacks it leaves behind, so it gets a folder that goes away.
  const env = { TMPDIR: tarballs };
  return Promise.all([
    tool('publint', ['run', tarball, '--strict'], { env }),
    tool('attw', [tarball, '--no-definitely-typed', '--no-emoji', '--no-color'], { env }),
  ]);
}

async function main() {
  const tarballs = mkdtempSync(join(tmpdir(), 'turnspan-pack-'));
  try {
    process.exitCode = await checkPackages(tarballs);
  } finally {
    rmSync(tarballs, { recursive: true, force: true });
  }
}

void main();
