'use strict';
const { execFile } = require('node:child_process');
const { chownSync, existsSync, readdirSync, readFileSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');
const { promisify } = require('node:util');
const { end, findFreePort, findProgram, makeFolder, start, waitFor } = require('./process');

const run = promisify(execFile);

/** Where Debian puts the programs of each major version, off the PATH. */
const DEBIAN = '/usr/lib/postgresql';
const USER = 'turnspan';

/** Starts a Postgres of its own; `kill` and `resume` are a crash and what follows it. */
async function startPostgres({ isDurable = true, auth = 'trust' } = {}) {
  const programs = {
    initdb: findProgram('initdb', debianFolders()),
    postgres: findProgram('postgres', debianFolders()),
    isReady: findProgram('pg_isready', debianFolders()),
  };
  const owner = findOwner();
  const { folder, remove } = makeFolder();
  if (owner.uid !== undefined) chownSync(folder, owner.uid, owner.gid);
  const data = join(folder, 'data');
  const secret = join(folder, 'password');
  writeFileSync(secret, 'the password\n', { mode: 0o644 });
  const access = ['--auth', auth, '--pwfile', secret, '--username', USER, '--no-sync'];
  const locale = ['--encoding', 'UTF8', '--locale', 'C'];
  await run(programs.initdb, [...access, ...locale, '--pgdata', data], { ...owner, cwd: folder });
  const port = await findFreePort();
  const launch = () => launchServer({ programs, data, port, isDurable, owner });
  let child = await launch();
  return {
    url: `postgres://${USER}@127.0.0.1:${port}/postgres`,
    // SIGKILL would leave its own children behind; SIGQUIT ends them too, without a checkpoint.
    kill: () => end(child, 'SIGQUIT'),
    async resume() {
      child = await launch();
    },
    async stop() {
      await end(child, 'SIGQUIT');
      remove();
    },
  };
}

async function launchServer({ programs, data, port, isDurable, owner }) {
  const settings = [
    'listen_addresses=127.0.0.1',
    'unix_socket_directories=',
    `fsync=${isDurable ? 'on' : 'off'}`,
    'max_connections=60',
  ];
  const options = settings.flatMap((setting) => ['-c', setting]);
  const args = ['-D', data, '-p', String(port), ...options];
  const child = start(programs.postgres, args, { ...owner, cwd: data });
  const place = ['--host', '127.0.0.1', '--port', String(port)];
  const ask = () =>
    run(programs.isReady, place).then(
      () => true,
      () => false,
    );
  await waitFor(ask, { what: 'Postgres' });
  return child;
}

function debianFolders() {
  const versions = existsSync(DEBIAN) ? readdirSync(DEBIAN) : [];
  const newestFirst = versions.sort((one, other) => Number(other) - Number(one));
  return newestFirst.map((version) => join(DEBIAN, version, 'bin'));
}

/** Postgres refuses to run as root, so that root runs it as the user that its package has made. */
function findOwner() {
  if (process.getuid?.() !== 0) return {};
  const line = readFileSync('/etc/passwd', 'utf8').match(/^postgres:[^:]*:(\d+):(\d+):/m);
  if (!line) throw new Error('There is no user postgres, and Postgres does not run as root.');
  return { uid: Number(line[1]), gid: Number(line[2]) };
}

module.exports = { startPostgres };
