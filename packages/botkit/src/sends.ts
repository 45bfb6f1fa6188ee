import { MESSAGE_TAG, type Sending } from '@turnspan/core';
import type { ActivityShape, ContextShape } from './shapes';
import type { Tracking, TurnRecord } from './tracking';

/** Watches everything that is sent in a context, through the hook that the Bot Framework has for it. */
export function watchSends(tracking: Tracking, context: ContextShape): void {
  context.onSendActivities(async (_, activities, next) => {
    const sent = tracking.attempt(() => beginSend(tracking, context, activities));
    try {
      const responses = await next();
      tracking.attempt(() => sent?.(undefined));
      return responses;
    } catch (error) {
      tracking.attempt(() => sent?.(error ?? new Error('unknown')));
      throw error;
    }
  });
}

/** Notes that a send begins, and returns what notes its end. */
function beginSend(
  tracking: Tracking,
  context: ContextShape,
  activities: readonly ActivityShape[],
): (error: unknown) => void {
  const record = tracking.open(context);
  const sending = tracking.tracker.send(record.turn);
  const messages = activities.filter(({ type }) => type === 'message');
  for (const activity of messages) tag(tracking, activity, sending);
  return (error) => {
    const { visit } = sending;
    const asks = visit !== undefined && record.turn.asking === visit;
    const parents = asks ? tracking.parents(record, visit.journey) : [];
    tracking.tracker.sent(record.turn, sending, { messages: messages.length, error, parents });
    if (activities.some(isHandOff)) handOff(tracking, record);
    tracking.endIfProactive(record);
  };
}

/** A person takes over from the bot. */
export function handOff(tracking: Tracking, record: TurnRecord): void {
  const journeys = record.dc ? tracking.journeys(record, record.dc) : [];
  tracking.tracker.handOff(record.turn, journeys);
}

/** The Bot Framework's own event for "a person takes over". */
function isHandOff({ type, name }: ActivityShape): boolean {
  return type === 'handoff' || (type === 'event' && name === 'handoff.initiate');
}

/** Only some channels ask for the tag, and writing it takes longer than most of a send. */
function tag(tracking: Tracking, activity: ActivityShape, sending: Sending): void {
  if (!sending.visit) return;
  const get = () => tracking.attempt(() => sending.tag);
  Object.defineProperty(activity, MESSAGE_TAG, { get, configurable: true });
}
