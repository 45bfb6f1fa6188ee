/** Puts an object back as it was. */
export type Undo = () => void;

/**
 * Replaces a method on this one object, not on its class, with what `wrap` makes of it. The undo
 * leaves no trace, unless somebody has replaced the method again since: then theirs stays.
 */
export function override<T extends object, K extends keyof T>(
  target: T,
  method: K,
  wrap: (original: T[K]) => T[K],
): Undo {
  const own = Object.getOwnPropertyDescriptor(target, method);
  const replacement = wrap(target[method]);
  Object.defineProperty(target, method, {
    value: replacement,
    configurable: true,
    writable: true,
    enumerable: own?.enumerable ?? false,
  });
  return () => {
    if (target[method] !== replacement) return;
    if (own) Object.defineProperty(target, method, own);
    else delete target[method];
  };
}

/** Undoes several things, the last first. */
export function undoAll(undos: readonly Undo[]): Undo {
  return () => {
    for (const undo of [...undos].reverse()) undo();
  };
}
