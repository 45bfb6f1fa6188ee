import { SAMPLE_LINE, type WebhookBody, webhook } from '../../../testing/src';
import { ACCOUNT } from './meta';
import { SECOND } from './time';

/** WhatsApp tells that something happened to the number. */
export function phoneEvent(event: 'FLAGGED' | 'UNFLAGGED', at: number): WebhookBody {
  const value = {
    display_phone_number: SAMPLE_LINE.displayPhoneNumber,
    event,
    current_limit: 'TIER_10K',
  };
  return toWebhook('phone_number_quality_update', value, at);
}

/** WhatsApp tells that something happened to a template. */
export function templateEvent(
  template: { readonly id: string; readonly name: string },
  what: { readonly event: string; readonly title?: string },
  at: number,
): WebhookBody {
  const { event, title } = what;
  const value = {
    event,
    message_template_id: template.id,
    message_template_name: template.name,
    message_template_language: 'en_US',
    message_template_category: 'MARKETING',
    reason: 'NONE',
    ...(title !== undefined && { other_info: { title } }),
  };
  return toWebhook('message_template_status_update', value, at);
}

/** WhatsApp tells that the account may not begin conversations until a time. */
export function accountRestriction(until: number, at: number): WebhookBody {
  const restriction_type = 'RESTRICTED_BIZ_INITIATED_MESSAGING';
  const restriction_info = [{ restriction_type, expiration: Math.floor(until / SECOND) }];
  return toWebhook('account_update', { event: 'ACCOUNT_RESTRICTION', restriction_info }, at);
}

function toWebhook(field: string, value: Record<string, unknown>, at: number): WebhookBody {
  const time = Math.floor(at / SECOND);
  return webhook({ field, value }, { businessAccountId: ACCOUNT, time });
}
