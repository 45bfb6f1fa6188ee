import type { ClaimReason, Due, Store } from '@turnspan/core';
import { createWaiting } from './waiting';

/** Something that is done to a store; times are steps from now on. */
export type Command =
  | {
      readonly kind: 'wait';
      readonly name: string;
      readonly node: string;
      readonly stallIn: number;
      readonly dropIn: number;
    }
  | { readonly kind: 'claim'; readonly name: string; readonly reason: ClaimReason }
  | { readonly kind: 'take'; readonly pass: number }
  /** What was taken so many takes ago. */
  | { readonly kind: 'settle'; readonly ago: number };

/** Waits are put down for whole steps, so that some are put down again for the same time. */
const STEP = 10;
const LEASE_MS = 15;

/** Does the same to two stores, and fails where they answer differently. */
export async function compareStores(
  stores: readonly [Store, Store],
  commands: readonly Command[],
): Promise<void> {
  const [one, two] = stores.map(createDriver);
  for (const command of commands) {
    const answers = [await one?.(command), await two?.(command)];
    expect(answers[1]).toEqual(answers[0]);
  }
}

type Driver = (command: Command) => Promise<unknown>;

/** Does what it is told, and gives the answer with the summary after it. */
function createDriver(store: Store): Driver {
  const taken: (readonly Due[])[] = [];
  let now = 0;
  const carryOut = async (command: Command): Promise<unknown> => {
    switch (command.kind) {
      case 'wait': {
        const { name, node, stallIn, dropIn } = command;
        const step = Math.floor(now / STEP);
        const [stallAt, dropAt] = [(step + stallIn) * STEP, (step + dropIn) * STEP];
        return await store.wait(createWaiting(name, { node, stallAt, dropAt }));
      }
      case 'claim':
        return await store.claim(createWaiting(command.name).id, command.reason);
      case 'take':
        now += command.pass;
        taken.push(await store.takeDue({ now, limit: 10, leaseMs: LEASE_MS }));
        return comparable(taken.at(-1));
      case 'settle':
        return comparable(await store.settle(taken.at(-1 - command.ago) ?? []));
    }
  };
  return async (command) => [command, await carryOut(command), await summarize(store)];
}

/** Leases differ, and so may the order of what is due at the same time. */
function comparable(due: readonly Due[] = []): readonly unknown[] {
  const each = due.map(({ deadline, waiting }) => ({ deadline, waiting }));
  return each.sort((a, b) => a.waiting.id.localeCompare(b.waiting.id));
}

async function summarize(store: Store): Promise<unknown> {
  const { counts, nextDeadline } = await store.summary();
  const waiting = counts.filter((count) => count.waiting > 0);
  return { nextDeadline, counts: waiting.sort((a, b) => a.node.localeCompare(b.node)) };
}
