import type { Waiting } from '@turnspan/core';
import { DAY, MINUTE, T0 } from './events';

/** Somebody who waits in a store with the default origin. */
export function createWaiting(name: string): Waiting {
  return {
    id: `turnspan.${name}`,
    user: { channel: 'whatsapp', line: '15550001', key: name },
    flow: 'order',
    node: 'size',
    position: '[1]',
    parents: [],
    stallAt: T0 + MINUTE,
    dropAt: T0 + DAY,
  };
}
