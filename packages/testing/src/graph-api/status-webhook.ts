import type { Timestamp } from '@turnspan/core';
import { toContact, toCustomer } from './customer';
import { toWebhookError } from './graph-errors';
import type { Customer, JsonObject, Line, MessageStatus, SentMessage, WebhookBody } from './types';
import { messagesWebhook, SAMPLE_LINE } from './webhook';

/** What a message is billed as. */
export interface Pricing {
  /** E.g. `service`, `utility`, `marketing`. */
  readonly category: string;
  readonly billable: boolean;
  /** E.g. `regular`, `free_customer_service`. */
  readonly type: string;
}

/** What is to be told about a message sent earlier. */
export interface StatusReport {
  readonly message: Pick<SentMessage, 'id' | 'to' | 'tag'>;
  readonly status: MessageStatus;
  readonly at: Timestamp;
  /** @default the business of Meta's examples */
  readonly line?: Line;
  /** @default derived from the form of the recipient */
  readonly recipient?: Customer;
  readonly pricing?: Pricing;
  /** The error code of a `failed`. @default 131000 */
  readonly code?: number;
}

/** A status webhook for one message. */
export function statusUpdate(report: StatusReport): WebhookBody {
  const { message, line = SAMPLE_LINE, recipient = toCustomer(message.to) } = report;
  const isFailed = report.status === 'failed';
  return messagesWebhook(line, {
    // Meta leaves out the contacts of a failed message; without a name there is nothing to say.
    ...(!isFailed && recipient.name && { contacts: [toContact(recipient)] }),
    statuses: [toStatus(report, recipient)],
  });
}

function toStatus(report: StatusReport, recipient: Customer): JsonObject {
  const { message, status, at, pricing, code = 131000 } = report;
  return {
    id: message.id,
    status,
    timestamp: String(Math.floor(at / 1000)),
    ...toRecipient(recipient),
    ...(message.tag !== undefined && { biz_opaque_callback_data: message.tag }),
    ...(pricing && { pricing: { ...pricing, pricing_model: 'PMP' } }),
    ...(status === 'failed' && { errors: [toWebhookError(code)] }),
  };
}

function toRecipient({ phone, userId, parentUserId }: Customer): JsonObject {
  return {
    ...(phone && { recipient_id: phone }),
    ...(userId && { recipient_user_id: userId }),
    ...(parentUserId && { recipient_parent_user_id: parentUserId }),
  };
}
