import { type OnError, TurnspanError } from '@turnspan/core';
import type {
  FieldChange,
  GraphClientOptions,
  StartTimer,
  WebhookDelivery,
  WebhookOptions,
} from '@turnspan/whatsapp';
import { systemTimer, warn } from '@turnspan/whatsapp';
import { type InboxOptions, type InboxSettings, toInboxSettings } from './inbox/inbox-options';

type FromWebhook =
  | 'appSecret'
  | 'verifyToken'
  | 'maxBytes'
  | 'ackAfterMs'
  | 'seen'
  | 'seenTtlMs'
  | 'clock';

type FromGraph = 'accessToken' | 'baseUrl' | 'version' | 'timeoutMs' | 'fetch' | 'onUsage';

/** What a {@link WhatsAppAdapter} takes. */
export interface WhatsAppAdapterOptions
  extends Pick<WebhookOptions, FromWebhook>,
    Pick<GraphClientOptions, FromGraph> {
  /**
   * The business number that the bot writes from when it begins a conversation. Answers go out from
   * the number that the user wrote to.
   */
  readonly phoneNumberId: string;
  /**
   * What names a user, in `from.id` and in the id of the conversation. The business-scoped id stays
   * when the phone number is hidden. The phone number (`wa_id`, while Meta tells it) is for bots that
   * write first to phone numbers and wait for an answer in a dialog: the answer carries both ids,
   * and the dialog has to be found under the one it began with.
   * @default 'user_id'
   */
  readonly identity?: 'user_id' | 'wa_id';
  /**
   * What the button says that opens a list of quick replies, at most 20 characters.
   * @default 'Options'
   */
  readonly listButton?: string;
  /**
   * After how many milliseconds the next message of a user is taken although the turn before has
   * not ended. Botkit never ends a turn whose handler threw.
   * @default 30_000
   */
  readonly turnTimeoutMs?: number;
  /**
   * Keeps messages in a store from before WhatsApp is answered until their turn is done, so that
   * those are not lost that a process had when it ended.
   * @default nothing is kept
   */
  readonly inbox?: InboxOptions;
  /**
   * Hears of every new update of a field other than `messages`: templates, account, limits.
   * @default nobody
   */
  readonly onChange?: (change: FieldChange, delivery: WebhookDelivery) => unknown;
  /**
   * Hears of what failed and was contained: a turn, an event handler, a listener.
   * @default a process warning
   */
  readonly onError?: OnError;
  /** @default the timer of this machine */
  readonly startTimer?: StartTimer;
}

/** The options that have defaults of this package, with them. */
export type Settings = Omit<WhatsAppAdapterOptions, 'inbox'> &
  Required<
    Pick<
      WhatsAppAdapterOptions,
      'identity' | 'listButton' | 'turnTimeoutMs' | 'onError' | 'startTimer'
    >
  > & { readonly inbox: InboxSettings | undefined };

/**
 * Fills in what is left out and checks what nobody further down checks.
 *
 * @throws TurnspanError `OPTION_INVALID`
 */
export function toSettings(options: WhatsAppAdapterOptions): Settings {
  const { identity = 'user_id', listButton = 'Options', turnTimeoutMs = 30_000 } = options;
  const { onError = warn, startTimer = systemTimer } = options;
  const isText = (value: unknown) => typeof value === 'string' && value !== '';
  if (!isText(options.phoneNumberId)) throw refuse('`phoneNumberId` must be a text, not empty.');
  if (!isText(listButton)) throw refuse('`listButton` must be a text, not empty.');
  if (!(turnTimeoutMs > 0)) throw refuse('`turnTimeoutMs` must be a number above 0.');
  if (identity !== 'user_id' && identity !== 'wa_id') {
    throw refuse("`identity` must be 'user_id' or 'wa_id'.");
  }
  const inbox = options.inbox && toInboxSettings(options.inbox, options.ackAfterMs);
  return { ...options, identity, listButton, turnTimeoutMs, onError, startTimer, inbox };
}

function refuse(detail: string): TurnspanError {
  return new TurnspanError('OPTION_INVALID', { detail });
}
