/** Runs a job when those before it are done. */
export type Enqueue = (job: () => Promise<void>) => Promise<void>;

/** Makes a queue in which one job runs at a time, in the order in which they came. */
export function createQueue(): Enqueue {
  let last: Promise<unknown> = Promise.resolve();
  return (job) => {
    const run = last.then(job);
    last = run.catch(() => {});
    return run;
  };
}
