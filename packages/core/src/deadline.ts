/** Runs a function after a time, and returns what stops it. */
export type StartTimer = (run: () => void, ms: number) => () => void;

/** How long an answer may take, and what follows when it does not keep to it. */
export interface DeadlineOptions {
  readonly timeoutMs: number;
  /** What it is rejected with then. */
  readonly tooLate: (timeoutMs: number) => Error;
  /** Milliseconds on a clock that only goes forward. @default performance.now */
  readonly tick?: () => number;
  /** @default a timer that keeps no process alive */
  readonly startTimer?: StartTimer;
}

/** By how much a timer may be late, and what an answer that is there takes to be read. */
const READING_MS = 50;

/**
 * Gives an answer, or rejects once it has taken too long; what comes later is ignored. An answer that
 * was there in time is given also where the process was held up before it could be read.
 */
export function withDeadline<T>(answer: Promise<T>, options: DeadlineOptions): Promise<T> {
  const { timeoutMs, tooLate } = options;
  return new Promise((resolve, reject) => {
    const stop = startDeadline(() => reject(tooLate(timeoutMs)), options);
    answer.then(
      (value) => {
        stop();
        resolve(value);
      },
      (error) => {
        stop();
        reject(error);
      },
    );
  });
}

/** A timer of this machine that keeps no process alive. */
export const systemTimer: StartTimer = (run, ms) => {
  const timer = setTimeout(run, ms).unref();
  return () => clearTimeout(timer);
};

/**
 * Where the process was held up, by a log that blocks or by anything else, the timer comes late and
 * before an answer that may have arrived long ago: then there is a moment to read it.
 */
function startDeadline(run: () => void, options: DeadlineOptions): () => void {
  const { timeoutMs, tick = () => performance.now(), startTimer = systemTimer } = options;
  const startedAt = tick();
  let stop = startTimer(() => {
    const wasHeldUp = tick() - startedAt > timeoutMs + READING_MS;
    if (wasHeldUp) stop = startTimer(run, READING_MS);
    else run();
  }, timeoutMs);
  return () => stop();
}
