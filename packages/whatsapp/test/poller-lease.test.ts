import type { Clock } from '@turnspan/core';
import type { Lease } from '../src';
import { createWorld, HOUR, MINUTE, tearDown } from './poller-harness';

afterEach(tearDown);

/** What several processes share, such as a Redis. */
class SharedLeases {
  readonly #clock: Clock;
  readonly #held = new Map<string, { owner: string; until: number }>();
  isDown = false;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** The lease as one process sees it. */
  of(owner: string): Lease {
    return {
      acquire: async (name, ttlMs) => {
        if (this.isDown) throw new Error('no connection');
        const held = this.#held.get(name);
        const now = this.#clock.tick();
        if (held && held.owner !== owner && held.until > now) return false;
        this.#held.set(name, { owner, until: now + ttlMs });
        return true;
      },
    };
  }

  /** Lets another process have it, as after a long pause of the first. */
  give(owner: string): void {
    for (const [name] of this.#held) this.#held.set(name, { owner, until: Number.MAX_VALUE });
  }
}

async function createProcesses() {
  const world = await createWorld();
  const leases = new SharedLeases(world.time.clock);
  const one = world.poll({ lease: leases.of('one') });
  const other = world.poll({ lease: leases.of('other') });
  return { ...world, leases, one, other };
}

it('lets exactly one of two poll', async () => {
  const { one, other, time, graph } = await createProcesses();

  one.poller.start();
  other.poller.start();
  await time.pass(2 * HOUR - 1);

  expect(other.requests).toEqual([]);
  expect(other.facts).toEqual([]);
  expect(graph.management.count('phone_numbers')).toBe(12);
});

it('lets the other take over when the one dies', async () => {
  const { one, other, time } = await createProcesses();
  one.poller.start();
  other.poller.start();
  await time.pass(5 * MINUTE);

  one.poller.stop();
  const before = one.requests.length;
  await time.pass(MINUTE + 20_000);

  expect(one.requests).toHaveLength(before);
  expect(other.requests.filter((request) => request === 'phone_numbers ok')).toHaveLength(1);
  expect(other.facts.length).toBeGreaterThan(0);
});

it('pauses when the lease is lost, and goes on when it is back', async () => {
  const { one, leases, time } = await createProcesses();
  one.poller.start();
  await time.pass(MINUTE);

  leases.give('other');
  await time.pass(20_000);
  const lost = [one.requests.length, time.timers];
  await time.pass(HOUR);
  const paused = [one.requests.length, time.timers];
  leases.give('one');
  await time.pass(20_000);

  // The only timer left asks for the lease.
  expect(paused).toEqual([lost[0], 1]);
  expect(one.requests.length).toBe((lost[0] ?? 0) * 2);
});

it('outlives a lease that fails for a moment, but not for longer than it lasts', async () => {
  const { one, other, leases, time } = await createProcesses();
  one.poller.start();
  other.poller.start();
  await time.pass(30 * MINUTE);

  leases.isDown = true;
  await time.pass(30_000);
  const blip = time.timers;
  await time.pass(60_000);
  const outage = time.timers;
  const before = one.requests.length + other.requests.length;
  await time.pass(2 * HOUR);
  const after = one.requests.length + other.requests.length;
  leases.isDown = false;
  await time.pass(20_000);

  expect([blip, outage]).toEqual([7, 2]);
  expect(after).toBe(before);
  expect(one.errors).toEqual([new Error('no connection')]);
  expect(one.requests.length + other.requests.length).toBeGreaterThan(after);
});

it('lets a read on demand through only where the lease can be had', async () => {
  const { one, other } = await createProcesses();

  await one.poller.pollNow('phones');
  await other.poller.pollNow('phones');

  expect([one.requests, other.requests]).toEqual([['phone_numbers ok'], []]);
});

it('forgets an answer about the lease that comes after the stop', async () => {
  const { poll, time } = await createWorld();
  const { poller, requests } = poll({ lease: { acquire: async () => true } });

  poller.start();
  poller.stop();
  await time.pass(HOUR);

  expect(requests).toEqual([]);
  expect(time.timers).toBe(0);
});
