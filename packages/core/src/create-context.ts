import { randomBytes } from 'node:crypto';
import { BoundedMap } from './bounded-map';
import { systemClock } from './clock';
import type { TrackerContext } from './context';
import { Emitter } from './emitter';
import { FlowGraph } from './flow-graph';
import { MemoryStore } from './memory-store';
import { MessageTags } from './message-tag';
import { createPseudonymizer } from './privacy';
import { createRandomIds } from './random-ids';
import { Recording } from './recording';
import { Sessions } from './sessions';
import { Settings } from './settings';
import type { TrackerOptions } from './tracker';
import { WaitingList } from './waiting-list';

const REMEMBERED_PLACES = 100_000;
const REMEMBERED_ENDINGS = 20_000;

/** Makes what the parts of the tracker share, with the defaults of its options. */
export function createContext({
  observers = [],
  clock = systemClock,
  createId = createRandomIds(),
  onError = () => {},
  store = new MemoryStore(randomBytes(4).toString('hex')),
  hashKey,
  record,
  ...settings
}: TrackerOptions): TrackerContext {
  const known = new Settings(settings);
  const emitter = new Emitter({ observers, onError, now: () => clock.now() });
  return {
    clock,
    createId,
    waitingList: new WaitingList(store, { contained: emitter.contained, now: () => clock.now() }),
    settings: known,
    graph: new FlowGraph(),
    sessions: new Sessions(known.longestDropAfter(), createId),
    emitter,
    recording: new Recording({
      record,
      tick: () => clock.tick(),
      contained: emitter.contained,
    }),
    tags: new MessageTags(hashKey === undefined ? undefined : createPseudonymizer(hashKey)),
    lastPlaces: new BoundedMap(REMEMBERED_PLACES),
    ended: new BoundedMap(REMEMBERED_ENDINGS),
  };
}
