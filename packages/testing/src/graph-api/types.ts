import type { Clock, Timestamp } from '@turnspan/core';
import type { BusinessSeed } from './management-types';

/** An object of JSON, as it came or will go over the wire. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** A person with WhatsApp. Since usernames a phone number may be missing, or a user id. */
export interface Customer {
  /** The `wa_id`: digits, no plus. */
  readonly phone?: string;
  /** The business-scoped user id, e.g. `US.13491208655302741918`. */
  readonly userId?: string;
  readonly parentUserId?: string;
  readonly name?: string;
  readonly username?: string;
}

/** A number of the business, and the account that it belongs to. */
export interface Line {
  readonly businessAccountId: string;
  readonly phoneNumberId: string;
  readonly displayPhoneNumber: string;
}

/** One update inside a webhook. */
export interface WebhookChange {
  readonly field: string;
  readonly value: JsonObject;
}

/** A whole webhook as Meta posts it. */
export interface WebhookBody {
  readonly object: 'whatsapp_business_account';
  readonly entry: readonly {
    readonly id: string;
    readonly time?: number;
    readonly changes: readonly WebhookChange[];
  }[];
}

/** What a bot asked to be sent. */
export interface SendRequest {
  readonly phoneNumberId: string;
  /** A phone number, or a business-scoped user id. */
  readonly to: string;
  readonly type: string;
  /** The body of the request, unchanged. */
  readonly body: JsonObject;
  readonly receivedAt: Timestamp;
  /** The `biz_opaque_callback_data` of the request. */
  readonly tag: string | undefined;
}

/** A request that got a message id. */
export interface SentMessage extends SendRequest {
  readonly id: string;
  readonly acceptedAt: Timestamp;
}

/** A request that got an error instead. */
export interface RefusedMessage extends SendRequest {
  /** The Graph error code; undefined when the answer was no Graph error at all. */
  readonly code: number | undefined;
}

/** A message of a customer that the bot marked as read. */
export interface ReadReceipt {
  readonly phoneNumberId: string;
  readonly messageId: string;
  /** The bot also asked for the typing indicator. */
  readonly typing: boolean;
  readonly at: Timestamp;
}

/** How a send goes wrong. */
export type SendFailure =
  /** Graph refuses with a code. Status and wording come from Meta's table unless given. */
  | {
      readonly kind: 'error';
      readonly code: number;
      readonly httpStatus?: number;
      readonly details?: string;
    }
  /** Something before Graph answers with a page that is no JSON. */
  | { readonly kind: 'unavailable'; readonly httpStatus: number }
  /** The connection breaks before the message is accepted. */
  | { readonly kind: 'reset' }
  /** The message is accepted, and the connection breaks before the answer is there. */
  | { readonly kind: 'lost_answer' };

/** How often, and for which sends, a failure happens. */
export interface FailureScope {
  /** @default 1 */
  readonly times?: number;
  /** Only sends for which this is true count and fail. @default every send */
  readonly when?: (request: SendRequest) => boolean;
}

/** What a status webhook can say about a message. */
export type MessageStatus = 'sent' | 'delivered' | 'read' | 'played' | 'failed';

/** A status that a sent message will get. */
export interface PlannedStatus {
  readonly status: MessageStatus;
  /** When it happens, counted from the acceptance of the message. */
  readonly afterMs: number;
  /** When its webhook comes, for webhooks out of order. @default afterMs */
  readonly arrivesAfterMs?: number;
  /** How many times the same webhook comes. @default 1 */
  readonly copies?: number;
  /** Why it failed: the error code of a `failed`. @default 131000 */
  readonly code?: number;
}

/** Decides which statuses a sent message gets. */
export type StatusPolicy = (message: SentMessage) => readonly PlannedStatus[];

/** How a fake Graph API behaves. */
export interface GraphApiOptions {
  /** Signs the webhooks. */
  readonly appSecret: string;
  /** The numbers that may send. */
  readonly phoneNumberIds: readonly string[];
  /** The only token that is let in. @default 'test-access-token' */
  readonly accessToken?: string;
  /** @default '102290129340398' */
  readonly businessAccountId?: string;
  /** Where webhooks go; can be set later with `setWebhookUrl`. */
  readonly webhookUrl?: string;
  /** @default the clock of this machine */
  readonly clock?: Pick<Clock, 'now'>;
  /** How to wait; a simulator moves its own clock instead. @default real time */
  readonly delay?: (ms: number) => Promise<unknown>;
  /** Time between a request and its answer. @default 0 */
  readonly latencyMs?: number | ((request: SendRequest) => number);
  /** @default no statuses */
  readonly statuses?: StatusPolicy;
  /** How many due statuses `flushStatuses` puts in one webhook. @default 1 */
  readonly statusesPerWebhook?: number;
  /** Who is behind a recipient, for `recipient_user_id` and the profile. @default derived from its form */
  readonly customer?: (recipient: string) => Customer;
  /** What the Management API tells about the business. @default one account with the numbers that may send */
  readonly business?: BusinessSeed;
  /** Called when a message is accepted, before its answer goes out. */
  readonly onSent?: (message: SentMessage) => void;
}
