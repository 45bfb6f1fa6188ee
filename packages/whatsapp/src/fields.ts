/**
 * The webhook fields that Meta documents, from its overview of September 2026 and the pages beside
 * it. Only these appear as labels; whatever else arrives is {@link OTHER_FIELD}.
 */
const KNOWN_FIELDS: ReadonlySet<string> = new Set([
  'account_alerts',
  'account_review_update',
  'account_settings_update',
  'account_update',
  'automatic_events',
  'business_capability_update',
  'business_username_updates',
  'calls',
  'group_lifecycle_update',
  'group_participants_update',
  'group_settings_update',
  'group_status_update',
  'history',
  'message_echoes',
  'message_template_components_update',
  'message_template_quality_update',
  'message_template_status_update',
  'messages',
  'messaging_handovers',
  'partner_solutions',
  'payment_configuration_update',
  'phone_number_name_update',
  'phone_number_quality_update',
  'security',
  'smb_app_state_sync',
  'smb_message_echoes',
  'standby',
  'template_category_update',
  'template_correct_category_detection',
  'user_preferences',
]);

/** The label of every field that is not documented. */
export const OTHER_FIELD = '__other__';

/** Gives a documented field as it is, and anything else as {@link OTHER_FIELD}: labels stay bounded. */
export function toFieldLabel(field: unknown): string {
  return typeof field === 'string' && KNOWN_FIELDS.has(field) ? field : OTHER_FIELD;
}
