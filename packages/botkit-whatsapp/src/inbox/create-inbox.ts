import { systemClock } from '@turnspan/core';
import type { InboundMessage } from '@turnspan/whatsapp';
import type { BotkitController } from '../botkit';
import type { Arrival } from '../inbound';
import type { Settings } from '../options';
import type { Task } from '../tasks';
import type { TurnQueue } from '../turn-queue';
import { MessageInbox } from './message-inbox';

/** Makes the inbox of the options; undefined when they have none. */
export function createInbox(
  { inbox, clock = systemClock, startTimer, onError }: Settings,
  queue: TurnQueue,
  toTask: (message: InboundMessage, arrival: Arrival) => Task | undefined,
): MessageInbox | undefined {
  if (!inbox) return undefined;
  return new MessageInbox({
    ...inbox,
    queue,
    clock,
    startTimer,
    onError,
    toTask({ message, receivedAt }) {
      const ageMs = Math.max(0, clock.now() - receivedAt);
      const receivedTick = clock.tick() - ageMs;
      return toTask(message, { receivedAt, receivedTick, kept: true, again: true });
    },
  });
}

/** Opens an inbox when the bot has its handlers; before that a message would find nobody. */
export function openWhenReady(inbox: MessageInbox, controller: BotkitController): void {
  if (controller.ready) controller.ready(() => inbox.open());
  else inbox.open();
}
