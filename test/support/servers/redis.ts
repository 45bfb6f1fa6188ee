import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findFreePort, stopProcess, waitFor } from './process';

/** How a Redis is started. */
export interface RedisSetup {
  /** Where the program is. */
  readonly binary: string;
  /** More of the command line, as `['--appendonly', 'yes']`. @default none; it keeps nothing on disk */
  readonly args?: readonly string[];
}

/** A Redis of a test, on a loopback port, with a folder of its own. */
export interface RedisServer {
  readonly url: string;
  readonly port: number;
  /** Ends it and removes its folder. */
  stop(): Promise<void>;
  /** Lets it answer nothing, as in a network that swallows everything. */
  pause(): void;
  /** Lets it go on after a pause. */
  resume(): void;
  /** Ends it as a crash does; its folder stays. */
  kill(): Promise<void>;
  /** Starts it again after it was killed, on the same port and folder. */
  restart(): Promise<void>;
}

const HOST = '127.0.0.1';
const IN_MEMORY = ['--save', '', '--appendonly', 'no'];

/** Starts a Redis that answers when this resolves. */
export async function startRedis({ binary, args = [] }: RedisSetup): Promise<RedisServer> {
  const folder = mkdtempSync(join(tmpdir(), 'turnspan-redis-'));
  const port = await findFreePort();
  const place = ['--bind', HOST, '--port', String(port), '--dir', folder];
  const start = async () => {
    const started = spawn(binary, [...place, ...IN_MEMORY, ...args], { stdio: 'ignore' });
    await waitFor(() => answers(port));
    return started;
  };
  let child = await start();
  return {
    url: `redis://${HOST}:${port}`,
    port,
    stop: () => stopProcess(child, folder),
    pause: () => void child.kill('SIGSTOP'),
    resume: () => void child.kill('SIGCONT'),
    kill: () => endProcess(child),
    restart: async () => {
      child = await start();
    },
  };
}

/** Any answer will do, also that a password is missing. */
function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, HOST, () => socket.write('PING\r\n'));
    const finish = (answer: boolean) => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('data', () => finish(true));
    socket.once('error', () => finish(false));
    socket.once('close', () => finish(false));
  });
}

async function endProcess(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await exited;
}
