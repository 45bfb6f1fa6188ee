import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const collectGarbage: unknown = runInNewContext('gc');

/** How many bytes are in use, on the heap and beside it, when everything unused has been collected. */
export function usedBytes(): number {
  if (typeof collectGarbage !== 'function') throw new Error('There is no way to collect garbage.');
  collectGarbage();
  collectGarbage();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}
