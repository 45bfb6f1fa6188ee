/** Hears of what went wrong inside Turnspan. What it throws itself is lost on purpose. */
export type OnError = (error: unknown) => void;

/**
 * Wraps a function of ours so that it can run inside the host's code: whatever it throws or
 * rejects with goes to `onError` and never further, and the host never waits for it.
 *
 * @example
 * adapter.subscribe(contain((signal) => tracker.delivery(signal), report));
 */
export function contain<Args extends readonly unknown[]>(
  run: (...args: Args) => unknown,
  onError: OnError,
): (...args: Args) => void {
  const report = silenced(onError);
  return (...args) => {
    try {
      const result = run(...args);
      if (result instanceof Promise) result.catch(report);
    } catch (error) {
      report(error);
    }
  };
}

/** Runs a function of ours once and gives what it returns, or undefined when it failed. */
export function attempt<T>(run: () => T, onError: OnError): T | undefined {
  try {
    return run();
  } catch (error) {
    silenced(onError)(error);
    return undefined;
  }
}

/** An error handler that fails is the one failure nobody can be told about. */
function silenced(onError: OnError): OnError {
  return (error) => {
    try {
      const result: unknown = onError(error);
      if (result instanceof Promise) result.catch(() => {});
    } catch {}
  };
}
