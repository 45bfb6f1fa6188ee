/** A registry asks all of its metrics in one go: they must tell of the same moment. */
export function oncePerTick(run: () => boolean): () => boolean {
  let result: boolean | undefined;
  return () => {
    if (result === undefined) {
      result = run();
      queueMicrotask(() => {
        result = undefined;
      });
    }
    return result;
  };
}
