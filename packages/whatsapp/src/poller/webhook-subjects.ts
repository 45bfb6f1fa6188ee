import type { PollSubject } from './types';

/** What a webhook may have changed besides what it says. */
const SUBJECTS: ReadonlyMap<string, readonly PollSubject[]> = new Map([
  ['phone_number_quality_update', ['phones', 'limit']],
  ['phone_number_name_update', ['phones']],
  ['business_capability_update', ['limit']],
  ['message_template_status_update', ['templates']],
  ['message_template_quality_update', ['templates']],
  ['message_template_components_update', ['templates']],
  ['template_category_update', ['templates']],
  ['account_update', ['account', 'phones', 'health']],
  ['account_review_update', ['account', 'health']],
  ['account_alerts', ['account', 'limit', 'health']],
]);

/** What to read after a webhook of this field; nothing after most. */
export function toSubjects(field: string): readonly PollSubject[] {
  return SUBJECTS.get(field) ?? [];
}
