import { systemClock } from '@turnspan/core';
import fc from 'fast-check';
import { createInbox } from '../src/inbox/create-inbox';
import type { MessageInbox } from '../src/inbox/message-inbox';
import { toSettings } from '../src/options';
import type { Task } from '../src/tasks';
import { createTurnQueue } from '../src/turn-queue';
import { LINE } from './harness';
import { createWorld, type Process, type World } from './support/world';

const LEASE_MS = 30_000;

/** A message of a user, how long after the one before it comes, and how long its turn takes. */
interface Said {
  readonly user: 'ann' | 'bob' | 'eve';
  readonly afterMs: number;
  readonly turnMs: number;
}

const said = fc.record<Said>({
  user: fc.constantFrom('ann', 'bob', 'eve'),
  afterMs: fc.constantFrom(0, 0, 7, 40, 900),
  turnMs: fc.constantFrom(0, 5, 300, 12_000),
});

const story = fc.record({
  first: fc.array(said, { minLength: 1, maxLength: 12 }),
  /** How long after the last of them the process ends. */
  endsAfterMs: fc.constantFrom(0, 700, 2000, 25_000),
  /** How long after that the next one begins: before or after what was left has run out. */
  beginsAfterMs: fc.constantFrom(0, 4_000, LEASE_MS - 1, LEASE_MS),
  later: fc.array(said, { maxLength: 12 }),
  /** How long the store takes for each call, over and over. */
  latenciesMs: fc.array(fc.constantFrom(0, 1, 5, 20), { minLength: 1, maxLength: 5 }),
});

/** What a process did with each message, in the order in which it did it. */
interface Diary {
  readonly begun: string[];
  readonly ended: string[];
}

interface Actor {
  readonly process: Process;
  readonly inbox: MessageInbox;
  readonly diary: Diary;
  receive(name: string, said: Said): void;
}

function createActor(world: World, latenciesMs: readonly number[]): Actor {
  let calls = 0;
  const wait = () => {
    calls += 1;
    const latencyMs = latenciesMs[calls % latenciesMs.length] ?? 0;
    return new Promise<void>((resolve) => world.startTimer(resolve, latencyMs));
  };
  const process = world.startProcess((inbox) => ({
    put: async (entry, leaseMs) => {
      await wait();
      const isNew = await inbox.put(entry, leaseMs);
      await wait();
      return isNew;
    },
    isBehind: async (id) => {
      await wait();
      return (await inbox.isBehind?.(id)) ?? false;
    },
    takeOver: async (limit, leaseMs) => {
      await wait();
      const entries = await inbox.takeOver(limit, leaseMs);
      await wait();
      return entries;
    },
  }));
  const { startTimer, clock = systemClock } = process.options;
  const diary: Diary = { begun: [], ended: [] };
  const account = { appSecret: 's', verifyToken: 'v', accessToken: 'a', phoneNumberId: LINE };
  const settings = toSettings({ ...account, ...process.options });

  function toTask(name: string, user: string, turnMs: number): Task {
    return {
      conversationId: user,
      run: () =>
        new Promise<void>((resolve) => {
          diary.begun.push(name);
          startTimer(() => {
            diary.ended.push(name);
            resolve();
          }, turnMs);
        }),
    };
  }

  const queue = createTurnQueue({ turnTimeoutMs: 60_000, startTimer, onTimeout: () => {} });
  const inbox = createInbox(settings, queue, ({ id, raw }) =>
    toTask(id, String(raw.user), Number(raw.turnMs)),
  );
  if (!inbox) throw new Error('There is an inbox in the options.');
  return {
    process,
    inbox,
    diary,
    receive(name, { user, turnMs }) {
      const origin = { kind: 'message', type: 'text', phoneNumberId: LINE } as const;
      const message = { ...origin, id: name, raw: { user, turnMs } };
      void inbox.receive({ message, receivedAt: clock.now() }, toTask(name, user, turnMs));
    },
  };
}

type Named = readonly [name: string, said: Said];

function named(messages: readonly Said[], prefix: string): readonly Named[] {
  return messages.map((message, index) => [`${prefix}${index}-${message.user}`, message]);
}

async function tell(world: World, actor: Actor, messages: readonly Named[]): Promise<void> {
  for (const [name, message] of messages) {
    await world.pass(message.afterMs);
    actor.receive(name, message);
  }
}

const of = (user: string, names: readonly string[]) => names.filter((name) => name.endsWith(user));

it('does every message of a process that ends, each user’s in their order, and none twice that was done', async () => {
  await fc.assert(
    fc.asyncProperty(story, async ({ first, endsAfterMs, beginsAfterMs, later, latenciesMs }) => {
      const world = createWorld();
      const [one, two] = [createActor(world, latenciesMs), createActor(world, latenciesMs)];
      await tell(world, one, named(first, 'first'));
      // Twelve messages of one user are put in this time at the latest.
      await world.pass(Math.max(endsAfterMs, 12 * 2 * 20));
      one.process.kill();
      const done = [...one.diary.ended];
      await world.pass(beginsAfterMs);

      two.inbox.open();
      await tell(world, two, named(later, 'later'));
      await world.pass(30 * LEASE_MS);

      const names = [...named(first, 'first'), ...named(later, 'later')].map(([name]) => name);
      for (const user of ['ann', 'bob', 'eve']) {
        const left = of(user, names).filter((name) => !done.includes(name));
        expect(of(user, two.diary.begun)).toEqual(left);
        expect(of(user, two.diary.ended)).toEqual(left);
      }
      expect(world.server.entries()).toEqual([]);
    }),
    { numRuns: 60 },
  );
}, 60_000);
