/**
 * Waits until something is over, however it ends, or until the time is up; says whether it was over.
 * A process that ends lives as long, unlike with `withDeadline`.
 */
export function waitAtMost(limitMs: number, pending: Promise<unknown>): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(false), limitMs);
    const finish = () => {
      clearTimeout(timer);
      resolve(true);
    };
    pending.then(finish, finish);
  });
}
