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
}

/** The world of this process. */
export function processIo(): CommandIo {
  const { stdout, stderr, env, versions } = process;
  // `turnspan … | head` closes the pipe while there is more to write; nobody is left to be told.
  stdout.on('error', () => process.exit());
  const { fetch } = globalThis;
  return { stdout, stderr, env, now: Date.now, fetch, nodeVersion: versions.node };
}
