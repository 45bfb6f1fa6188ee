import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ROOT } from '../../support/workspace';

/** A program of this repository in a process of its own. */
export interface Child {
  readonly process: ChildProcess;
  /** All that it has written, to both outputs. */
  output(): string;
  /** Waits until its output has this; gives the match. Fails when it ends before. */
  waitFor(pattern: RegExp): Promise<RegExpExecArray>;
  /** Its exit code; null when a signal ended it. */
  readonly exit: Promise<number | null>;
  /** Ends it, unless it has ended. */
  stop(): Promise<void>;
}

const SOURCES = require.resolve('./sources');

/** Starts Node on the sources of the workspace, in the root of the repository. */
export function startNode(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Child {
  const child = spawn(process.execPath, ['--require', SOURCES, ...args], {
    cwd: ROOT,
    env: { ...process.env, NODE_ENV: '', ...env },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const exit = once(child, 'close').then(([code]) => code as number | null);
  let output = '';
  const waiting = new Set<() => void>();
  const notify = () => {
    for (const look of waiting) look();
  };
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      notify();
    });
  }
  const waitFor = (pattern: RegExp) =>
    new Promise<RegExpExecArray>((resolve, reject) => {
      const look = () => {
        const match = pattern.exec(output);
        if (!match) return;
        waiting.delete(look);
        resolve(match);
      };
      waiting.add(look);
      look();
      exit.then(() => reject(new Error(`The process ended without ${pattern}:\n${output}`)));
    });
  const stop = async () => {
    child.kill('SIGKILL');
    await exit;
  };
  return { process: child, output: () => output, waitFor, exit, stop };
}

/** A port of this machine that nobody has. */
export async function findFreePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}
