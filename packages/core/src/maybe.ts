/** A value now, or one that a slow store still has to fetch. */
export type Maybe<T> = T | Promise<T>;

/** Whether a value is still on its way. */
export function isPending<T>(value: Maybe<T>): value is Promise<T> {
  return value instanceof Promise;
}
