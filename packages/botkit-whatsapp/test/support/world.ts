import type { Clock, Inbox } from '@turnspan/core';
import type { StartTimer } from '@turnspan/whatsapp';
import type { InboxOptions } from '../../src';
import { createInboxServer, type InboxServer } from './memory-inbox';

export const KEY = 'the install key of this test';

/** Time that passes when the test says so, and a server that all its processes share. */
export interface World {
  readonly server: InboxServer;
  readonly clock: Clock;
  readonly startTimer: StartTimer;
  /** Lets time pass; what falls due runs in its order, with all that follows from it. */
  pass(ms: number): Promise<void>;
  startProcess(change?: (inbox: Inbox) => Partial<Inbox>): Process;
}

/** A process, as far as an adapter sees it. */
export interface Process {
  /** The options of an adapter in this process. */
  readonly options: {
    readonly inbox: InboxOptions;
    readonly clock: Clock;
    readonly startTimer: StartTimer;
  };
  /** Ends it on the spot: no timer of it runs any more, and no call of it reaches the server. */
  kill(): void;
}

interface Timer {
  readonly at: number;
  readonly run: () => void;
}

export function createWorld(): World {
  let time = 1_700_000_000_000;
  const timers = new Set<Timer>();
  const clock: Clock = { now: () => time, tick: () => time };
  const server = createInboxServer(clock.now);

  const startTimer: StartTimer = (run, delayMs) => {
    const timer = { at: time + delayMs, run };
    timers.add(timer);
    return () => timers.delete(timer);
  };

  function takeNext(until: number): Timer | undefined {
    const [next] = [...timers].filter(({ at }) => at <= until).sort((one, two) => one.at - two.at);
    if (next) timers.delete(next);
    return next;
  }

  return {
    server,
    clock,
    startTimer,
    async pass(ms) {
      const until = time + ms;
      await settle();
      for (let next = takeNext(until); next; next = takeNext(until)) {
        time = Math.max(time, next.at);
        next.run();
        await settle();
      }
      time = until;
    },
    startProcess: (change) => startProcess({ server, clock, startTimer }, change),
  };
}

function startProcess(
  { server, clock, startTimer }: Pick<World, 'server' | 'clock' | 'startTimer'>,
  change: (inbox: Inbox) => Partial<Inbox> = () => ({}),
): Process {
  let isAlive = true;
  const connection = server.connect();
  const inbox: Inbox = { ...connection, ...change(connection) };
  const alive = <T>(call: () => Promise<T>) => (isAlive ? call() : new Promise<T>(() => {}));
  const store: Inbox = {
    put: (entry, leaseMs) => alive(() => inbox.put(entry, leaseMs)),
    renew: (ids, leaseMs) => alive(() => inbox.renew(ids, leaseMs)),
    done: (id) => alive(() => inbox.done(id)),
    takeOver: (limit, leaseMs) => alive(() => inbox.takeOver(limit, leaseMs)),
    isBehind: (id) => alive(async () => (await inbox.isBehind?.(id)) ?? false),
  };
  return {
    options: {
      inbox: { store, key: KEY },
      clock,
      startTimer: (run, delayMs) => startTimer(() => isAlive && run(), delayMs),
    },
    kill() {
      isAlive = false;
    },
  };
}

/** Lets everything happen that waits for nothing. */
export async function settle(): Promise<void> {
  for (let round = 0; round < 3; round += 1) await nextRound();
}

/** Waits for something that only the network keeps waiting. */
export async function until(isSo: () => boolean): Promise<void> {
  for (let round = 0; round < 100_000 && !isSo(); round += 1) await nextRound();
  if (!isSo()) throw new Error('It did not come to be.');
}

function nextRound(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
