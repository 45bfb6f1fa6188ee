import { attempt, TurnspanError } from '@turnspan/core';
import type { GraphClient } from '@turnspan/whatsapp';
import type { Activity, TurnContext } from 'botbuilder-core';
import { toAddress, type WhatsAppAccount } from './address';
import type { Settings } from './options';
import { toGraphMessages } from './outbound';

/** What sending needs. */
export interface Sending {
  readonly graph: GraphClient;
  readonly settings: Pick<Settings, 'phoneNumberId' | 'listButton' | 'onError' | 'startTimer'>;
}

/**
 * Sends one activity and gives its wamid. Gives an empty id for what WhatsApp has no message for:
 * typing, a delay, events, traces.
 */
export async function sendActivity(
  sending: Sending,
  context: TurnContext,
  activity: Partial<Activity>,
): Promise<string> {
  switch (activity.type ?? 'message') {
    case 'message':
      return sendMessage(sending, context, activity);
    case 'typing':
      await showTyping(sending, context);
      return '';
    case 'delay':
      await wait(sending, activity.value);
      return '';
    default:
      return '';
  }
}

/** One after another, so that they arrive in this order. */
async function sendMessage(
  { graph, settings }: Sending,
  context: TurnContext,
  activity: Partial<Activity>,
): Promise<string> {
  const line = activity.from?.id ?? context.activity.recipient?.id ?? settings.phoneNumberId;
  const user: WhatsAppAccount | undefined = activity.recipient ?? context.activity.from;
  if (!user?.id) throw toUnsupported('It is for nobody.');
  let id = '';
  for (const message of toGraphMessages(activity, settings)) {
    id = (await graph.sendMessage(line, { ...toAddress(user), ...message })).id;
  }
  return id;
}

/** WhatsApp shows typing as a by-product of reading. A bot does not fail because it did not show. */
async function showTyping({ graph, settings }: Sending, { activity }: TurnContext): Promise<void> {
  if (activity.type !== 'message' || !activity.id) return;
  try {
    await graph.markRead(activity.recipient.id, activity.id, { typing: true });
  } catch (error) {
    attempt(
      () => settings.onError(error),
      () => {},
    );
  }
}

/** BotBuilder's activity for a pause, in milliseconds. */
function wait({ settings }: Sending, delayMs: unknown): Promise<void> {
  return new Promise((resolve) => {
    settings.startTimer(resolve, typeof delayMs === 'number' ? delayMs : 1000);
  });
}

/** Makes the error of what WhatsApp has no message for. */
export function toUnsupported(detail: string): TurnspanError {
  return new TurnspanError('MESSAGE_UNSUPPORTED', { detail });
}
