import { type InputKind, RECEIPT, type Receipt, type TurnInput } from '@turnspan/core';
import type { ActivityShape, ContextShape } from './shapes';

/** What a context says about how its turn began. */
export function toTurnInput(context: ContextShape, inbound: boolean): TurnInput {
  const { activity } = context;
  const who = {
    channel: activity.channelId ?? 'unknown',
    line: activity.recipient?.id ?? 'unknown',
    userId: activity.from?.id ?? '',
  };
  if (!inbound) return who;
  return {
    ...who,
    inputKind: toInputKind(activity),
    text: activity.text,
    messageId: activity.id,
    receipt: context.turnState.get(RECEIPT) as Receipt | undefined,
  };
}

/** Whether the user wrote, sent something else, or did nothing: an event is no message. */
export function toInputKind(activity: ActivityShape): InputKind {
  if (activity.type !== 'message') return 'event';
  const hasMedia = (activity.attachments?.length ?? 0) > 0;
  return hasMedia || !activity.text ? 'media' : 'text';
}
