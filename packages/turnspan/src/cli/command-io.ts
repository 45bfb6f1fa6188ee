import type { Timestamp } from '@turnspan/core';

/** Where a command writes. */
export interface CommandOutput {
  /** False when it is to be waited for, if `once` is there. */
  write(text: string): unknown;
  once?(event: 'drain', listener: () => void): unknown;
  /** Whether somebody looks at it; only then there are colours. */
  readonly isTTY?: boolean;
}

/** All that a command has to do with the world outside of it. */
export interface CommandIo {
  /** What was asked for. */
  readonly stdout: CommandOutput;
  /** What went wrong on the way. */
  readonly stderr: CommandOutput;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly now: () => Timestamp;
  readonly fetch: typeof globalThis.fetch;
  /** As in `process.versions.node`. */
  readonly nodeVersion: string;
  /** Resolves when somebody wants what runs on and on to stop. */
  readonly untilStopped: () => Promise<void>;
}

/** The world of this process. */
export function processIo(): CommandIo {
  const { stdout, stderr, env, versions } = process;
  // `turnspan … | head` closes the pipe while there is more to write; nobody is left to be told.
  stdout.on('error', () => process.exit());
  const { fetch } = globalThis;
  const { node: nodeVersion } = versions;
  return { stdout, stderr, env, now: Date.now, fetch, nodeVersion, untilStopped };
}

/** Waits for Ctrl-C or a signal, and keeps the process alive that long. */
function untilStopped(): Promise<void> {
  return new Promise((resolve) => {
    const alive = setInterval(() => undefined, 2 ** 30);
    const stop = () => {
      clearInterval(alive);
      resolve();
    };
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, stop);
  });
}
