import { runInThisContext } from 'node:vm';

/** Jest gives tests a copy of `process` that hears of no rejection; this is the original. */
const realProcess = runInThisContext('process') as NodeJS.Process;

/**
 * Collects promises rejected without anybody listening while `run` runs. Botkit leaves one behind
 * whenever a handler of the bot throws, which would fail the test.
 */
export async function collectUnhandled(run: () => Promise<void>): Promise<readonly string[]> {
  const listeners = realProcess.listeners('unhandledRejection');
  const seen: string[] = [];
  realProcess.removeAllListeners('unhandledRejection');
  realProcess.on('unhandledRejection', (reason) => seen.push(String(reason)));
  try {
    await run();
  } finally {
    realProcess.removeAllListeners('unhandledRejection');
    for (const listener of listeners) realProcess.on('unhandledRejection', listener);
  }
  return seen;
}
