import type { Waiting } from '@turnspan/core';

/** Somebody who waits, to stall at 100 and to be dropped at 1000. */
export function createWaiting(name: string, change: Partial<Waiting> = {}): Waiting {
  return {
    id: `turnspan.${name}`,
    user: { channel: 'whatsapp', line: 'line', key: `key of ${name}` },
    flow: 'order',
    node: 'size',
    position: '[1]',
    parents: [],
    stallAt: 100,
    dropAt: 1000,
    ...change,
  };
}
