import type { Clock, QualityFact } from '@turnspan/core';
import { type BusinessSeed, type GraphApi, startGraphApi, VirtualClock } from '../../testing/src';
import {
  createGraphClient,
  createPoller,
  type GraphClientOptions,
  type Poller,
  type PollerOptions,
  type StartTimer,
} from '../src';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const ACCOUNT = '102290129340398';
export const TOKEN = 'EAAsecretToken123';
export const START = Date.UTC(2026, 10, 2, 9);

/** Time that passes when the test says so, with the timers of it; calls over real HTTP are waited for. */
export class VirtualTime {
  readonly clock: Clock & VirtualClock = new VirtualClock(START);
  readonly #underWay: Promise<unknown>[] = [];
  readonly #timers = new Map<number, { at: number; run: () => void }>();
  #serial = 0;

  readonly startTimer: StartTimer = (run, delayMs) => {
    const id = this.#serial++;
    this.#timers.set(id, { at: this.clock.time + delayMs, run });
    return () => this.#timers.delete(id);
  };

  get timers(): number {
    return this.#timers.size;
  }

  /** Lets all that is under way come to its end. */
  async settle(): Promise<void> {
    for (let quiet = 0; quiet < 3; quiet += 1) {
      const calls = this.#underWay.splice(0);
      if (calls.length > 0) quiet = -1;
      await Promise.allSettled(calls);
      await new Promise(setImmediate);
    }
  }

  /** Has a call waited for. */
  watch<T>(call: Promise<T>): Promise<T> {
    this.#underWay.push(call);
    return call;
  }

  /** Lets time pass, timer by timer. */
  async pass(ms: number): Promise<void> {
    const end = this.clock.time + ms;
    await this.settle();
    for (let next = this.#next(end); next; next = this.#next(end)) {
      const [id, { at, run }] = next;
      this.#timers.delete(id);
      this.clock.goTo(at);
      run();
      await this.settle();
    }
    this.clock.goTo(end);
  }

  #next(end: number) {
    const due = [...this.#timers].filter(([, { at }]) => at <= end);
    return due.sort(([a, one], [b, other]) => one.at - other.at || a - b)[0];
  }
}

export interface Polling {
  readonly poller: Poller;
  readonly facts: QualityFact[];
  readonly errors: unknown[];
  readonly requests: string[];
}

export interface World {
  readonly time: VirtualTime;
  readonly graph: GraphApi;
  /** Starts a poller like that of one process. */
  poll(options?: Partial<PollerOptions>, client?: Partial<GraphClientOptions>): Polling;
}

const open: (() => Promise<void>)[] = [];

/** Ends what the test began. */
export async function tearDown(): Promise<void> {
  for (const close of open.splice(0)) await close();
}

/** A fake Graph API in virtual time, and pollers of it. */
export async function createWorld(business: BusinessSeed = SMALL): Promise<World> {
  const time = new VirtualTime();
  const { clock } = time;
  const options = { appSecret: 'secret', phoneNumberIds: [], accessToken: TOKEN };
  const graph = await startGraphApi({ ...options, clock, business });
  open.push(() => graph.close());
  const poll: World['poll'] = (settings = {}, clientOptions = {}) => {
    const client = createGraphClient({
      accessToken: TOKEN,
      baseUrl: graph.url,
      onUsage: (usages) => poller.noteUsage(usages),
      ...clientOptions,
    });
    const facts: QualityFact[] = [];
    const errors: unknown[] = [];
    const requests: string[] = [];
    const poller = createPoller({
      graph: {
        request: (...call) => time.watch(client.request(...call)),
      },
      businessAccountIds: [ACCOUNT],
      onFacts: (found) => facts.push(...found),
      onRequest: (endpoint, result) => requests.push(`${endpoint} ${result}`),
      onError: (error) => errors.push(error),
      clock,
      startTimer: time.startTimer,
      random: () => 0.999,
      ...settings,
    });
    open.unshift(async () => poller.stop());
    return { poller, facts, errors, requests };
  };
  return { time, graph, poll };
}

/** One account, two numbers, two templates. */
export const SMALL: BusinessSeed = {
  accounts: [
    {
      id: ACCOUNT,
      phones: [
        { id: '1001', display: '+1 555-078-3881', name: 'Lucky Shrub', ratedAt: START - 5 * HOUR },
        { id: '1002', display: '+1 555-078-3882', name: 'Lucky Tree', rating: 'YELLOW' },
      ],
      templates: [
        { id: '2001', name: 'spring_sale', rating: 'YELLOW', ratedAt: START - 9 * HOUR },
        { id: '2002', name: 'cart', status: 'REJECTED', rejectedReason: 'INVALID_FORMAT' },
      ],
    },
  ],
};

/** A business with many numbers and templates. */
export function large(phones: number, templates: number): BusinessSeed {
  return {
    accounts: [
      {
        id: ACCOUNT,
        phones: Array.from({ length: phones }, (_, index) => ({ id: String(1001 + index) })),
        templates: Array.from({ length: templates }, (_, index) => ({
          id: String(20_001 + index),
        })),
      },
    ],
  };
}

/** `phone 1001 rating`: what the facts say, the last word counting. */
export function toTable(facts: readonly QualityFact[]): Record<string, string> {
  return Object.fromEntries(
    facts.map(({ subject: { kind, id }, attribute, value }) => [
      `${kind} ${id} ${attribute}`,
      value,
    ]),
  );
}
