import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

/** Long enough for a slow machine; a child that takes longer is ended. */
const LIMIT_MS = 30_000;
const TYPESCRIPT = require.resolve('../../../opentelemetry/test/support/typescript.js');

/** Starts a process that writes a journal: `writer.js` with these arguments. */
export function startWriter(...args: readonly string[]): ChildProcess {
  const script = join(__dirname, 'writer.js');
  return spawn(process.execPath, ['--require', TYPESCRIPT, script, ...args], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    timeout: LIMIT_MS,
    killSignal: 'SIGKILL',
  });
}

/** How a process ended: its exit code, or the signal. */
export async function ending(child: ChildProcess): Promise<number | string> {
  const [code, signal] = await once(child, 'close');
  return code ?? signal;
}

/** What a process tells next; undefined if it ends before. */
export async function message(child: ChildProcess): Promise<unknown> {
  const [told] = await Promise.race([once(child, 'message'), once(child, 'close').then(() => [])]);
  return told;
}
