const { createHash } = require('node:crypto');
const { existsSync, readFileSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');
const { workspaceFolders } = require('./packages');
const { ROOT, run } = require('./processes');

const STAMP = join(ROOT, 'node_modules', '.turnspan-installed');
const OFFLINE =
  /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|META_FETCH_FAIL|dns error|error sending request/i;
const OUTDATED = /ERR_PNPM_OUTDATED_LOCKFILE|NO_IMPORTER|lockfile.*not up to date/i;

/** Installs what the lockfile says, unless that is what is there already. */
async function install() {
  const wanted = fingerprint();
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === wanted) {
    return { code: 0, output: '', note: 'up to date' };
  }
  const [command, ...prefix] = await findPnpm();
  const result = await run(command, [...prefix, 'install', '--frozen-lockfile'], { env: ENV });
  if (result.code !== 0) return { ...result, advice: advice(result.output, [command, ...prefix]) };
  writeFileSync(STAMP, wanted);
  return result;
}

/** No questions, also from a pnpm that is only a shim of corepack, and no minute of retries. */
const ENV = {
  CI: 'true',
  COREPACK_ENABLE_DOWNLOAD_PROMPT: '0',
  npm_config_fetch_retry_maxtimeout: '5000',
  npm_config_fetch_retry_mintimeout: '1000',
  npm_config_loglevel: 'error',
};

/** A pnpm of the right major version that is there already, else one that npm fetches. */
async function findPnpm() {
  const version = pnpmVersion();
  const [major] = version.split('.');
  const found = await run('pnpm', ['--version'], { env: ENV, timeoutMs: 10_000 });
  if (found.code === 0 && found.output.trim().startsWith(`${major}.`)) return ['pnpm'];
  return ['npx', '--yes', `pnpm@${version}`];
}

function pnpmVersion() {
  const { packageManager } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  return packageManager.replace('pnpm@', '');
}

/** Changes whenever an install would do something. */
function fingerprint() {
  const folders = [ROOT, ...workspaceFolders('packages'), ...workspaceFolders('examples')];
  const manifests = folders.map((folder) => join(folder, 'package.json'));
  const lock = ['pnpm-lock.yaml', 'pnpm-workspace.yaml'].map((file) => join(ROOT, file));
  const hash = createHash('sha256').update(`${process.platform} ${process.arch} `);
  for (const file of [...lock, ...manifests]) hash.update(file).update(readFileSync(file));
  return hash.digest('hex');
}

function advice(output, pnpm) {
  if (OUTDATED.test(output)) {
    return `A package.json and pnpm-lock.yaml disagree. Run "${pnpm.join(' ')} install" and commit the lockfile.`;
  }
  if (OFFLINE.test(output)) {
    return [
      'The packages could not be downloaded. Check the network connection, and behind a proxy or a',
      'mirror the settings HTTPS_PROXY and "npm config get registry"; then run the command again.',
    ].join('\n');
  }
  return `The packages could not be installed; what pnpm said is above. To try it by hand: ${pnpm.join(' ')} install`;
}

module.exports = { install };
