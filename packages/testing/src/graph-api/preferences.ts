import type { Timestamp } from '@turnspan/core';
import { toContact } from './customer';
import type { Customer, Line, WebhookBody } from './types';
import { webhook } from './webhook';

/** A customer asked WhatsApp for no more marketing messages of this business. */
export function optOut(customer: Customer, at: Timestamp, line: Line): WebhookBody {
  const contact = toContact(customer);
  const { wa_id, user_id } = contact;
  const value = {
    messaging_product: 'whatsapp',
    metadata: {
      display_phone_number: line.displayPhoneNumber,
      phone_number_id: line.phoneNumberId,
    },
    contacts: [contact],
    user_preferences: [
      {
        ...(wa_id !== undefined && { wa_id }),
        ...(user_id !== undefined && { user_id }),
        detail: 'User requested to stop marketing messages',
        category: 'marketing_messages',
        value: 'stop',
        timestamp: Math.floor(at / 1000),
      },
    ],
  };
  return webhook(
    { field: 'user_preferences', value },
    { businessAccountId: line.businessAccountId },
  );
}
