import type { Timestamp } from '@turnspan/core';
import type { JsonObject } from './json';

/** Where an update of the `messages` field came from: the account and the business number. */
export interface UpdateOrigin {
  /** `entry.id`: the WhatsApp Business Account, which Meta also calls the messaging account. */
  readonly accountId?: string;
  readonly phoneNumberId: string;
  readonly displayPhoneNumber?: string;
}

/** One message of a user, as far as its envelope goes; its content is in `raw`. */
export interface InboundMessage extends UpdateOrigin {
  readonly kind: 'message';
  /** The wamid. */
  readonly id: string;
  /** The type as Meta names it, an open list; `unknown` when the message names none. */
  readonly type: string;
  readonly timestamp?: Timestamp;
  /** The phone number (`wa_id`); missing for users who hide theirs behind a username. */
  readonly from?: string;
  /** The business-scoped user id (BSUID), in webhooks since April 2026. */
  readonly userId?: string;
  readonly parentUserId?: string;
  readonly profileName?: string;
  /** The wamid that this message quotes or answers. */
  readonly contextId?: string;
  /** Present on messages of a group. */
  readonly groupId?: string;
  /** The message as it came. */
  readonly raw: JsonObject;
}

/** One of the reasons Meta gives for a failure. Build on `code`, never on the texts. */
export interface StatusError {
  readonly code: string;
  readonly title?: string;
  readonly details?: string;
}

/** What became of a message sent earlier. */
export interface StatusUpdate extends UpdateOrigin {
  readonly kind: 'status';
  /** The wamid of the message sent. */
  readonly id: string;
  /** The status as Meta names it, an open list: sent, delivered, read, played, failed. */
  readonly status: string;
  readonly timestamp?: Timestamp;
  /** The recipient's phone number, when Meta tells it. */
  readonly recipientId?: string;
  readonly recipientUserId?: string;
  /** Whose status it is, when the message went to a group. */
  readonly participant?: string;
  /** `biz_opaque_callback_data`, as set when sending. */
  readonly callbackData?: string;
  /** The billing category, e.g. `service`. */
  readonly category?: string;
  readonly errors: readonly StatusError[];
  readonly raw: JsonObject;
}

/** An update of any other field that Meta documents: templates, account, limits, preferences. */
export interface FieldChange {
  readonly kind: 'change';
  readonly field: string;
  readonly accountId?: string;
  /** `entry.time`: when Meta sent it, not when it happened. */
  readonly timestamp?: Timestamp;
  readonly value: unknown;
}

/** A part of a webhook that was not understood. */
export interface UnreadUpdate {
  readonly kind: 'unread';
  /** `unknown` is new to us, `invalid` lacks what it needs. */
  readonly reason: 'unknown' | 'invalid';
  /** The field, or `__other__` when it is none of those that Meta documents. */
  readonly field: string;
}

/** One update of a webhook; a webhook carries up to a thousand. */
export type Update = InboundMessage | StatusUpdate | FieldChange | UnreadUpdate;
