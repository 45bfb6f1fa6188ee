import { attempt } from '@turnspan/core';
import { toDedupKey } from './dedup-key';
import type { UnreadUpdate, Update } from './types';
import type { Receiver, WebhookDelivery } from './webhook-options';

/**
 * Hands each update that is new to its handler, in their order, and settles when all messages are
 * done. Never rejects.
 */
export async function takeUpdates(
  receiver: Receiver,
  updates: readonly Update[],
  delivery: WebhookDelivery,
): Promise<void> {
  const turns: Promise<void>[] = [];
  const take = (update: ReadUpdate, isFirst: boolean) => {
    if (isFirst) turns.push(takeNew(receiver, update, delivery));
    else signal(receiver, update, 'duplicate');
  };
  for (const update of updates) {
    if (update.kind === 'unread') {
      receiver.onSignal({ kind: 'webhook', field: update.field, result: update.reason });
      continue;
    }
    // Awaited only where the memory is elsewhere: a webhook may hold a hundred updates.
    const answer = isNew(receiver, update);
    take(update, typeof answer === 'boolean' ? answer : await answer);
  }
  await Promise.all(turns);
}

/** The memory of quality counts the changes it takes, because it knows what came of them. */
function takeNew(receiver: Receiver, update: ReadUpdate, delivery: WebhookDelivery): Promise<void> {
  const { quality, onError } = receiver;
  if (quality) attempt(() => tell(quality, update, delivery), onError);
  if (!quality || update.kind !== 'change') signal(receiver, update, 'applied');
  return hand(receiver, update, delivery);
}

type Listening = NonNullable<Receiver['quality']>;

/** Of messages only their metadata is of interest: it tells both a number and its id. */
function tell(quality: Listening, update: ReadUpdate, { receivedAt }: WebhookDelivery): void {
  if (update.kind === 'change') quality.takeChange(update, receivedAt);
  else quality.phones.learn(update.displayPhoneNumber, update.phoneNumberId);
}

type ReadUpdate = Exclude<Update, UnreadUpdate>;

function signal({ onSignal }: Receiver, update: ReadUpdate, result: 'applied' | 'duplicate'): void {
  onSignal({
    kind: 'webhook',
    field: update.kind === 'change' ? update.field : 'messages',
    result,
  });
}

/** When the memory of keys fails, the update counts as new: twice is better than never. */
function isNew(receiver: Receiver, update: ReadUpdate): boolean | Promise<boolean> {
  // A value nested so deep that nothing can walk through it has no key; its reader refuses it.
  const key = attempt(
    () => toDedupKey(update),
    () => {},
  );
  if (key === undefined) return true;
  const fail = (error: unknown): boolean => {
    receiver.onError(error);
    return true;
  };
  try {
    const answer = receiver.seen.firstSeen(key, receiver.seenTtlMs);
    return typeof answer === 'boolean' ? answer : Promise.resolve(answer).catch(fail);
  } catch (error) {
    return fail(error);
  }
}

async function hand(
  receiver: Receiver,
  update: ReadUpdate,
  delivery: WebhookDelivery,
): Promise<void> {
  switch (update.kind) {
    case 'status':
      receiver.onStatus(update, delivery);
      return;
    case 'change':
      receiver.onChange(update, delivery);
      return;
    case 'message':
      try {
        await receiver.onMessage(update, delivery);
      } catch (error) {
        receiver.onError(error);
      }
  }
}
