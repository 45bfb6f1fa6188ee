import type { Customer, JsonObject } from './types';

const USER_ID = /^[A-Z]{2}\./;

/** Takes a recipient for what it looks like: a business-scoped user id, or a phone number. */
export function toCustomer(recipient: string): Customer {
  return USER_ID.test(recipient) ? { userId: recipient } : { phone: toWaId(recipient) };
}

/** The `wa_id` of a phone number: its digits. */
export function toWaId(phone: string): string {
  return phone.replace(/\D/g, '');
}

/** The customer as an item of a webhook's `contacts`. */
export function toContact({ phone, userId, parentUserId, ...person }: Customer): JsonObject {
  const profile = {
    ...(person.name && { name: person.name }),
    ...(person.username && { username: person.username }),
  };
  return {
    profile,
    ...(phone && { wa_id: phone }),
    ...(userId && { user_id: userId }),
    ...(parentUserId && { parent_user_id: parentUserId }),
  };
}
