import { type ChildProcess, execFile, spawn } from 'node:child_process';
import {
  chownSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { findBinary } from './binary';
import { findFreePort, waitFor } from './process';

const run = promisify(execFile);

/** Where Debian puts the programs of each major version, off the PATH. */
const DEBIAN = '/usr/lib/postgresql';
const USER = 'turnspan';
const READY = 'ready to accept connections';

/** How to reach a server; fits `new Pool(connection)` of pg. */
export interface PostgresConnection {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  readonly database: string;
}

/** A Postgres server of a test. */
export interface PostgresServer {
  readonly connection: PostgresConnection;
  readonly url: string;
  /** Ends the server at once, as a crash would; what was committed stays. */
  halt(): Promise<void>;
  /** Starts it again on the same port. */
  resume(): Promise<void>;
  /** Both, one after the other. */
  restart(): Promise<void>;
  /** Ends it and removes its folder. */
  stop(): Promise<void>;
}

/**
 * `describe` for tests that need a Postgres server. Without the programs they are skipped under a
 * name that says so; on CI, which installs them, they fail instead.
 */
export function describeWithPostgres(describeTests: (binaries: string) => void): void {
  const binaries = findPostgres();
  if (binaries !== undefined) {
    describe('with postgres', () => describeTests(binaries));
  } else if (process.env.CI === 'true') {
    it('needs postgres', () => {
      throw new Error('postgres is not installed, but CI=true.');
    });
  } else {
    process.stderr.write('SKIPPED: postgres is not installed.\n');
    it.skip('needs postgres, which is not installed', () => undefined);
  }
}

/** The folder that has `initdb` and `postgres`; undefined when they are not installed. */
export function findPostgres(): string | undefined {
  const onPath = findBinary('initdb');
  const versions = existsSync(DEBIAN) ? readdirSync(DEBIAN).sort(compareVersions) : [];
  const folders = versions.map((version) => join(DEBIAN, version, 'bin'));
  const candidates = [...(onPath === undefined ? [] : [dirname(realpathSync(onPath))]), ...folders];
  return candidates.find((folder) => existsSync(join(folder, 'postgres')));
}

/** Starts a server with a database of its own, on a loopback port that was free. */
export async function startPostgres({
  binaries,
}: {
  readonly binaries: string;
}): Promise<PostgresServer> {
  const owner = findOwner();
  const folder = mkdtempSync(join(tmpdir(), 'turnspan-postgres-'));
  if (owner) chownSync(folder, owner.uid, owner.gid);
  const connection = {
    host: '127.0.0.1',
    port: await findFreePort(),
    user: USER,
    password: 'correct horse',
    database: 'postgres',
  };
  await initialise({ binaries, folder, owner, password: connection.password });
  const start = () => startServer({ binaries, folder, owner, port: connection.port });
  let server = await start();
  const halt = () => end(server);
  const resume = async () => {
    server = await start();
  };
  return {
    connection,
    url: `postgres://${USER}:${encodeURIComponent(connection.password)}@127.0.0.1:${connection.port}/postgres`,
    halt,
    resume,
    restart: () => halt().then(resume),
    stop: async () => {
      await halt();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

interface Owner {
  readonly uid: number;
  readonly gid: number;
}

interface Server {
  readonly binaries: string;
  readonly folder: string;
  readonly owner: Owner | undefined;
}

/** Postgres refuses to run as root, so that root runs it as the user that its package has made. */
function findOwner(): Owner | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const line = readFileSync('/etc/passwd', 'utf8').match(/^postgres:[^:]*:(\d+):(\d+):/m);
  if (!line) throw new Error('There is no user postgres, and Postgres does not run as root.');
  return { uid: Number(line[1]), gid: Number(line[2]) };
}

async function initialise({
  binaries,
  folder,
  owner,
  password,
}: Server & { readonly password: string }): Promise<void> {
  const passwordFile = join(folder, 'password');
  writeFileSync(passwordFile, password);
  const choices = ['--username', USER, '--encoding', 'UTF8', '--locale', 'C', '--no-sync'];
  const access = ['--auth', 'scram-sha-256', '--pwfile', passwordFile];
  const arguments_ = [...choices, ...access, '--pgdata', join(folder, 'data')];
  await run(join(binaries, 'initdb'), arguments_, { ...owner, cwd: folder });
}

async function startServer({
  binaries,
  folder,
  owner,
  port,
}: Server & { readonly port: number }): Promise<ChildProcess> {
  const settings = [
    'listen_addresses=127.0.0.1',
    'unix_socket_directories=',
    'fsync=off',
    'max_connections=50',
  ];
  const child = spawn(
    join(binaries, 'postgres'),
    ['-D', join(folder, 'data'), '-p', String(port), ...settings.flatMap((each) => ['-c', each])],
    { ...owner, cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] },
  );
  await untilReady(child);
  return child;
}

/** It takes connections before it can answer them, and says in its log when it can. */
async function untilReady(child: ChildProcess): Promise<void> {
  let log = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    if (!log.includes(READY)) log += chunk.toString();
  });
  await waitFor(async () => {
    if (child.exitCode !== null) throw new Error(`postgres ended with ${child.exitCode}: ${log}`);
    return log.includes(READY);
  });
}

/** SIGQUIT ends the children too, without a checkpoint. */
async function end(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const exited = new Promise((resolve) => server.once('exit', resolve));
  server.kill('SIGQUIT');
  await exited;
}

/** The newest first. */
function compareVersions(one: string, other: string): number {
  return Number(other) - Number(one);
}
