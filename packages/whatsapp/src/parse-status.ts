import type { DeliverySignal, DeliveryStatus, Timestamp } from '@turnspan/core';
import { classifyError } from './error-class';
import { compact, toArray, toObject, toText } from './json';
import { parseTimestamp } from './timestamp';
import type { StatusError, StatusUpdate, UpdateOrigin } from './types';

/** Reads one element of `statuses`; undefined when it does not say which message, or what of it. */
export function parseStatus(input: unknown, origin: UpdateOrigin): StatusUpdate | undefined {
  const raw = toObject(input);
  const id = toText(raw.id);
  const status = toText(raw.status);
  if (id === undefined || status === undefined) return undefined;
  return compact<StatusUpdate>({
    kind: 'status',
    ...origin,
    id,
    status,
    timestamp: parseTimestamp(raw.timestamp),
    recipientId: toText(raw.recipient_id),
    recipientUserId: toText(raw.recipient_user_id),
    participant: toText(raw.recipient_participant_user_id) ?? toText(raw.recipient_participant_id),
    callbackData: toText(raw.biz_opaque_callback_data),
    category: toText(toObject(raw.pricing).category),
    errors: toArray(raw.errors).map(parseStatusError),
    raw,
  });
}

const DELIVERY_STATUS: Readonly<Record<string, DeliveryStatus>> = {
  sent: 'sent',
  delivered: 'delivered',
  read: 'read',
  // Voice messages only, since November 2025.
  played: 'read',
  failed: 'failed',
};

/**
 * The status in the words of the core, or undefined for a status that is new to us. A status
 * without a time of its own counts at the time it was received.
 */
export function toDeliverySignal(
  status: StatusUpdate,
  receivedAt: Timestamp,
): DeliverySignal | undefined {
  const known = Object.hasOwn(DELIVERY_STATUS, status.status)
    ? DELIVERY_STATUS[status.status]
    : undefined;
  if (known === undefined) return undefined;
  return compact<DeliverySignal>({
    kind: 'delivery',
    channel: 'whatsapp',
    line: status.phoneNumberId,
    status: known,
    at: status.timestamp ?? receivedAt,
    tag: status.callbackData,
    category: status.category,
    failure: known === 'failed' ? toFailure(status.errors[0]) : undefined,
  });
}

function toFailure(error: StatusError | undefined): DeliverySignal['failure'] {
  const code = error?.code ?? '';
  return { class: classifyError(code), code };
}

function parseStatusError(input: unknown): StatusError {
  const error = toObject(input);
  return compact<StatusError>({
    code: toText(error.code) ?? '',
    title: toText(error.title),
    details: toText(toObject(error.error_data).details),
  });
}
