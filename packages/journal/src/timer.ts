/** Runs something once after a delay in milliseconds, and returns what calls that off. */
export type StartTimer = (run: () => void, delayMs: number) => () => void;

/** The timer of this machine. It keeps no process alive. */
export const systemTimer: StartTimer = (run, delayMs) => {
  const timer = setTimeout(run, delayMs);
  timer.unref();
  return () => clearTimeout(timer);
};

/** Lets everything else that is due have its turn. */
export function nextMacrotask(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
