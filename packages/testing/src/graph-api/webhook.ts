import type { Line, WebhookBody, WebhookChange } from './types';

/** The business of Meta's own examples. */
export const SAMPLE_LINE: Line = {
  businessAccountId: '102290129340398',
  phoneNumberId: '106540352242922',
  displayPhoneNumber: '15550783881',
};

/** An update of any field, e.g. `message_template_quality_update`, as a whole webhook. */
export function webhook(
  change: WebhookChange,
  {
    businessAccountId = SAMPLE_LINE.businessAccountId,
    time,
  }: { readonly businessAccountId?: string; readonly time?: number } = {},
): WebhookBody {
  const entry = { id: businessAccountId, ...(time !== undefined && { time }), changes: [change] };
  return { object: 'whatsapp_business_account', entry: [entry] };
}

/** An update of the field `messages` on a line, as a whole webhook. */
export function messagesWebhook(
  { businessAccountId, phoneNumberId, displayPhoneNumber }: Line,
  content: WebhookChange['value'],
): WebhookBody {
  const metadata = { display_phone_number: displayPhoneNumber, phone_number_id: phoneNumberId };
  const value = { messaging_product: 'whatsapp', metadata, ...content };
  return webhook({ field: 'messages', value }, { businessAccountId });
}

/**
 * Puts many webhooks into one, as Meta does under load: one entry for each account and time, all
 * updates in the order in which they were given.
 */
export function batch(webhooks: readonly WebhookBody[]): WebhookBody {
  const entries = new Map<string, WebhookBody['entry'][number]>();
  for (const entry of webhooks.flatMap((each) => each.entry)) {
    const key = `${entry.id} ${entry.time}`;
    const changes = [...(entries.get(key)?.changes ?? []), ...entry.changes];
    entries.set(key, { ...entry, changes });
  }
  return { object: 'whatsapp_business_account', entry: [...entries.values()] };
}
