/** What a plugin that knows nothing yet is to tell once it has received a recorded webhook. */
export interface ExpectedState {
  /** The recorded payload, without `.json`. */
  readonly file: string;
  /** Every sample of a metric of WhatsApp that is not 0, as it is exposed; sorted. */
  readonly metrics: readonly string[];
  /** All that the report says, an attribute a line; sorted. Nothing when it is left out. */
  readonly report?: readonly string[];
}

/**
 * What every recorded webhook must lead to, read from the payload and the reference. Each arrives
 * five seconds after it was sent.
 */
export const EXPECTED_STATES: readonly ExpectedState[] = [
  {
    file: 'account_alerts.deferred',
    metrics: [
      'whatsapp_quality_events_total{kind="portfolio",event="increased_capabilities_eligibility_deferred"} 1',
      'whatsapp_webhook_events_total{field="account_alerts",result="applied"} 1',
    ],
  },
  {
    file: 'account_alerts.low_quality',
    metrics: [
      'whatsapp_quality_events_total{kind="portfolio",event="increased_capabilities_eligibility_deferred"} 1',
      'whatsapp_webhook_events_total{field="account_alerts",result="applied"} 1',
    ],
  },
  {
    file: 'account_alerts.need_more_info',
    metrics: [
      'whatsapp_quality_events_total{kind="portfolio",event="increased_capabilities_eligibility_need_more_info"} 1',
      'whatsapp_webhook_events_total{field="account_alerts",result="applied"} 1',
    ],
  },
  {
    file: 'account_alerts.oba_approved',
    metrics: [
      'whatsapp_quality_events_total{kind="phone",event="oba_approved"} 1',
      'whatsapp_webhook_events_total{field="account_alerts",result="applied"} 1',
    ],
  },
  {
    file: 'account_alerts.oba_rejected',
    metrics: [
      'whatsapp_quality_events_total{kind="phone",event="oba_rejected"} 1',
      'whatsapp_webhook_events_total{field="account_alerts",result="applied"} 1',
    ],
  },
  {
    file: 'account_alerts.profile_picture_lost',
    metrics: [
      'whatsapp_quality_events_total{kind="phone",event="profile_picture_lost"} 1',
      'whatsapp_webhook_events_total{field="account_alerts",result="applied"} 1',
    ],
  },
  {
    file: 'account_review_update.approved',
    metrics: [
      'whatsapp_quality_events_total{kind="account",event="account_review_update"} 1',
      'whatsapp_state_changed_timestamp_seconds{kind="account",id="102290129340398"} 1739321024',
      'whatsapp_state_observed_timestamp_seconds{kind="account",id="102290129340398",source="webhook"} 1739321029',
      'whatsapp_webhook_events_total{field="account_review_update",result="applied"} 1',
    ],
    report: ['account 102290129340398 review APPROVED since 1739321024'],
  },
  {
    file: 'account_review_update.rejected',
    metrics: [
      'whatsapp_quality_events_total{kind="account",event="account_review_update"} 1',
      'whatsapp_state_changed_timestamp_seconds{kind="account",id="102290129340398"} 1739321024',
      'whatsapp_state_observed_timestamp_seconds{kind="account",id="102290129340398",source="webhook"} 1739321029',
      'whatsapp_webhook_events_total{field="account_review_update",result="applied"} 1',
    ],
    report: ['account 102290129340398 review REJECTED since 1739321024'],
  },
  {
    file: 'account_settings_update.calling',
    metrics: [
      'whatsapp_quality_events_total{kind="phone",event="phone_number_settings"} 1',
      'whatsapp_webhook_events_total{field="account_settings_update",result="applied"} 1',
    ],
  },
  {
    file: 'account_update.account_deleted',
    metrics: [
      'whatsapp_quality_events_total{kind="account",event="account_deleted"} 1',
      'whatsapp_state_changed_timestamp_seconds{kind="account",id="102290129340398"} 1743451903',
      'whatsapp_state_observed_timestamp_seconds{kind="account",id="102290129340398",source="webhook"} 1743451908',
      'whatsapp_webhook_events_total{field="account_update",result="applied"} 1',
    ],
    report: ['account 102290129340398 status DELETED since 1743451903'],
  },
  {
    file: 'account_update.account_disabled',
    metrics: [
      'whatsapp_quality_events_total{kind="account",event="disabled_update"} 1',
      'whatsapp_state_changed_timestamp_seconds{kind="account",id="102290129340398"} 1743451903',
      'whatsapp_state_observed_timestamp_seconds{kind="account",id="102290129340398",source="webhook"} 1743451908',
      'whatsapp_webhook_events_total{field="account_update",result="applied"} 1',
    ],
    report: ['account 102290129340398 status ACTIVE since 1743451903'],
  },
  {
    file: 'account_update.account_offboarded',
    metrics: [
      'whatsapp_quality_events_total{kind="account",event="account_offboarded"} 1',
      'whatsapp_state_changed_timestamp_seconds{kind="account",id="102290129340398"} 1743451903',
      'whatsapp_state_observed_timestamp_seconds{kind="account",id="102290129340398",source="webhook"} 1743451908',
      'whatsapp_webhook_events_total{field="account_update",result="applied"} 1',
    ],
    report: ['account 102290129340398 status OFFBOARDED since 1743451903'],
  },
  {
    file: 'account_update.account_reconnected',
    metrics: [
      'whatsapp_quality_events_total{kind="account",event="account_reconnected"} 1',
      'whatsapp_state_changed_timestamp_seconds{kind="account",id="102290129340398"} 1743451903',
      'whatsapp_state_observed_timestamp_seconds{kind="account",id="102290129340398",source="webhook"} 1743451908',
      'whatsapp_webhook_events_total{field="account_update",result="applied"} 1',
    ],
    report: ['account 102290129340398 status ACTIVE since 1743451903'],
  },
  {
    file: 'account_update.account_restriction',
    metrics: [
      'whatsapp_quality_events_total{kind="account",event="account_restriction"} 1',
      'whatsapp_webhook_events_total{field="account_update",result="applied"} 1',
    ],
  },
  {
    file: 'account_update.account_restriction_remediation',
    metrics: [
      'whatsapp_account_restricted{account="102290129340398",restriction="restricted_biz_initiated_messaging"} 1',
      'whatsapp_account_restriction_until_timestamp_seconds{account="102290129340398",restriction="restricted_biz_initiated_messaging"} 1774051200',
      'whatsapp_quality_events_total{kind="account",event="account_restriction"} 1',
      'whatsapp_state_changed_timestamp_seconds{kind="account",id="102290129340398"} 1773446400',
      'whatsapp_state_observed_timestamp_seconds{kind="account",id="102290129340398",source="webhook"} 1773446405',
      'whatsapp_webhook_events_total{field="account_update",result="applied"} 1',
    ],
    report: [
      'account 102290129340398 restriction.RESTRICTED_BIZ_INITIATED_MESSAGING RESTRICTED since 1773446400 until 1774051200',
    ],
  },
  {
    file: 'account_update.account_violation',
    metrics: [
      'whatsapp_quality_events_total{kind="account",event="account_violation"} 1',
      'whatsapp_state_changed_timestamp_seconds{kind="account",id="102290129340398"} 1743451903',
      'whatsapp_state_observed_timestamp_seconds{kind="account",id="102290129340398",source="webhook"} 1743451908',
      'whatsapp_webhook_events_total{field="account_update",result="applied"} 1',
    ],
    report: ['account 102290129340398 violation ADULT since 1743451903'],
  },
  {
    file: 'account_update.ad_account_linked',
    metrics: [
      'whatsapp_quality_events_total{kind="account",event="ad_account_linked"} 1',
      'whatsapp_webhook_events_total{field="account_update",result="applied"} 1',
    ],
  },
  {
    file: 'account_update.authentication_international_eligibility',
    metrics: [
      'whatsapp_quality_events_total{kind="account",event="auth_intl_price_eligibility_update"} 1',
      'whatsapp_webhook_events_total{field="account_update",result="applied"} 1',
    ],
  },
  {
    file: 'account_update.direct_send_rate_limit',
    metrics: [
      'whatsapp_account_restricted{account="102290129340398",restriction="restricted_direct_send_utility_templates"} 1',
      'whatsapp_account_restriction_until_timestamp_seconds{account="102290129340398",restriction="restricted_direct_send_utility_templates"} 1774051200',
      'whatsapp_quality_events_total{kind="account",event="account_restriction"} 1',
      'whatsapp_state_changed_timestamp_seconds{kind="account",id="102290129340398"} 1773446400',
      'whatsapp_state_observed_timestamp_seconds{kind="account",id="102290129340398",source="webhook"} 1773446405',
      'whatsapp_webhook_events_total{field="account_update",result="applied"} 1',
    ],
    report: [
      'account 102290129340398 restriction.RESTRICTED_DIRECT_SEND_UTILITY_TEMPLATES RESTRICTED since 1773446400 until 1774051200 because DIRECT_SEND_UTILITY_CATEGORY_ABUSE_RATE_LIMIT',
      'account 102290129340398 violation DIRECT_SEND_UTILITY_CATEGORY_ABUSE_RATE_LIMIT since 1773446400',
    ],
  },
  {
    file: 'account_update.direct_send_warn',
    metrics: [
      'whatsapp_quality_events_total{kind="account",event="account_restriction"} 1',
      'whatsapp_state_changed_timestamp_seconds{kind="account",id="102290129340398"} 1773446400',
      'whatsapp_state_observed_timestamp_seconds{kind="account",id="102290129340398",source="webhook"} 1773446405',
      'whatsapp_webhook_events_total{field="account_update",result="applied"} 1',
    ],
    report: [
      'account 102290129340398 violation DIRECT_SEND_UTILITY_CATEGORY_ABUSE_WARN since 1773446400',
    ],
  },
  {
    file: 'account_update.disabled_update_disable',
    metrics: [
      'whatsapp_quality_events_total{kind="account",event="disabled_update"} 1',
      'whatsapp_state_changed_timestamp_seconds{kind="account",id="102290129340398"} 1773446400',
      'whatsapp_state_observed_timestamp_seconds{kind="account",id="102290129340398",source="webhook"} 1773446405',
      'whatsapp_webhook_events_total{field="account_update",result="applied"} 1',
    ],
    report: ['account 102290129340398 status DISABLED since 1773446400'],
  },
  {
    file: 'account_update.mm_api_for_wa_terms_of_service',
    metrics: [
      'whatsapp_quality_events_total{kind="account",event="mm_lite_terms_signed"} 1',
      'whatsapp_webhook_events_total{field="account_update",result="applied"} 1',
    ],
  },
  {
    file: 'account_update.partner_added',
    metrics: [
      'whatsapp_quality_events_total{kind="account",event="partner_added"} 1',
      'whatsapp_webhook_events_total{field="account_update",result="applied"} 1',
    ],
  },
  {
    file: 'account_update.partner_app_installed',
    metrics: [
      'whatsapp_quality_events_total{kind="account",event="partner_app_installed"} 1',
      'whatsapp_webhook_events_total{field="account_update",result="applied"} 1',
    ],
  },
  {
    file: 'account_update.partner_app_uninstalled',
    metrics: [
      'whatsapp_quality_events_total{kind="account",event="partner_app_uninstalled"} 1',
      'whatsapp_webhook_events_total{field="account_update",result="applied"} 1',
    ],
  },
  {
    file: 'account_update.partner_led_business_verification_status',
    metrics: [
      'whatsapp_quality_events_total{kind="account",event="partner_client_certification_status_update"} 1',
      'whatsapp_webhook_events_total{field="account_update",result="applied"} 1',
    ],
  },
  {
    file: 'account_update.partner_removed',
    metrics: [
      'whatsapp_quality_events_total{kind="account",event="partner_removed"} 1',
      'whatsapp_webhook_events_total{field="account_update",result="applied"} 1',
    ],
  },
  {
    file: 'account_update.pricing_tiering_update',
    metrics: [
      'whatsapp_quality_events_total{kind="account",event="volume_based_pricing_tier_update"} 1',
      'whatsapp_webhook_events_total{field="account_update",result="applied"} 1',
    ],
  },
  {
    file: 'account_update.primary_business_location_set',
    metrics: [
      'whatsapp_quality_events_total{kind="account",event="business_primary_location_country_update"} 1',
      'whatsapp_webhook_events_total{field="account_update",result="applied"} 1',
    ],
  },
  {
    file: 'business_capability_update.new_portfolio_250',
    metrics: [
      'whatsapp_messaging_limit{scope="portfolio",id="102290129340398"} 250',
      'whatsapp_quality_events_total{kind="portfolio",event="business_capability_update"} 1',
      'whatsapp_state_changed_timestamp_seconds{kind="portfolio",id="102290129340398"} 1773446400',
      'whatsapp_state_observed_timestamp_seconds{kind="portfolio",id="102290129340398",source="webhook"} 1773446405',
      'whatsapp_webhook_events_total{field="business_capability_update",result="applied"} 1',
    ],
    report: ['portfolio 102290129340398 messaging_limit 250 since 1773446400'],
  },
  {
    file: 'business_capability_update.per_business_number',
    metrics: [
      'whatsapp_messaging_limit{scope="portfolio",id="524126980791429"} 2000',
      'whatsapp_quality_events_total{kind="portfolio",event="business_capability_update"} 1',
      'whatsapp_state_changed_timestamp_seconds{kind="portfolio",id="524126980791429"} 1739321024',
      'whatsapp_state_observed_timestamp_seconds{kind="portfolio",id="524126980791429",source="webhook"} 1739321029',
      'whatsapp_webhook_events_total{field="business_capability_update",result="applied"} 1',
    ],
    report: ['portfolio 524126980791429 messaging_limit 2000 since 1739321024'],
  },
  {
    file: 'business_username_updates.approved',
    metrics: [
      'whatsapp_quality_events_total{kind="phone",event="business_username_updates"} 1',
      'whatsapp_webhook_events_total{field="business_username_updates",result="applied"} 1',
    ],
  },
  {
    file: 'message_template_components_update.body_only',
    metrics: [
      'whatsapp_quality_events_total{kind="template",event="message_template_components_update"} 1',
      'whatsapp_webhook_events_total{field="message_template_components_update",result="applied"} 1',
    ],
  },
  {
    file: 'message_template_components_update.full',
    metrics: [
      'whatsapp_quality_events_total{kind="template",event="message_template_components_update"} 1',
      'whatsapp_webhook_events_total{field="message_template_components_update",result="applied"} 1',
    ],
  },
  {
    file: 'message_template_quality_update.green_to_yellow',
    metrics: [
      'whatsapp_quality_events_total{kind="template",event="message_template_quality_update"} 1',
      'whatsapp_state_changed_timestamp_seconds{kind="template",id="welcome_template/en_US"} 1674864290',
      'whatsapp_state_observed_timestamp_seconds{kind="template",id="welcome_template/en_US",source="webhook"} 1674864295',
      'whatsapp_template_quality_rating{template="welcome_template",language="en_US",rating="yellow"} 1',
      'whatsapp_template_quality_score{template="welcome_template",language="en_US"} 2',
      'whatsapp_webhook_events_total{field="message_template_quality_update",result="applied"} 1',
    ],
    report: ['template 806312974732579 (welcome_template, en_US) rating YELLOW since 1674864290'],
  },
  {
    file: 'message_template_quality_update.red_to_green',
    metrics: [
      'whatsapp_quality_events_total{kind="template",event="message_template_quality_update"} 1',
      'whatsapp_state_changed_timestamp_seconds{kind="template",id="welcome_template/en_US"} 1675037090',
      'whatsapp_state_observed_timestamp_seconds{kind="template",id="welcome_template/en_US",source="webhook"} 1675037095',
      'whatsapp_template_quality_rating{template="welcome_template",language="en_US",rating="green"} 1',
      'whatsapp_template_quality_score{template="welcome_template",language="en_US"} 3',
      'whatsapp_webhook_events_total{field="message_template_quality_update",result="applied"} 1',
    ],
    report: ['template 806312974732579 (welcome_template, en_US) rating GREEN since 1675037090'],
  },
  {
    file: 'message_template_quality_update.unknown_to_green',
    metrics: [
      'whatsapp_quality_events_total{kind="template",event="message_template_quality_update"} 1',
      'whatsapp_state_changed_timestamp_seconds{kind="template",id="welcome_template/en_US"} 1674777890',
      'whatsapp_state_observed_timestamp_seconds{kind="template",id="welcome_template/en_US",source="webhook"} 1674777895',
      'whatsapp_template_quality_rating{template="welcome_template",language="en_US",rating="green"} 1',
      'whatsapp_template_quality_score{template="welcome_template",language="en_US"} 3',
      'whatsapp_webhook_events_total{field="message_template_quality_update",result="applied"} 1',
    ],
    report: ['template 806312974732579 (welcome_template, en_US) rating GREEN since 1674777890'],
  },
  {
    file: 'message_template_quality_update.yellow_to_red',
    metrics: [
      'whatsapp_quality_events_total{kind="template",event="message_template_quality_update"} 1',
      'whatsapp_state_changed_timestamp_seconds{kind="template",id="welcome_template/en_US"} 1674950690',
      'whatsapp_state_observed_timestamp_seconds{kind="template",id="welcome_template/en_US",source="webhook"} 1674950695',
      'whatsapp_template_quality_rating{template="welcome_template",language="en_US",rating="red"} 1',
      'whatsapp_template_quality_score{template="welcome_template",language="en_US"} 1',
      'whatsapp_webhook_events_total{field="message_template_quality_update",result="applied"} 1',
    ],
    report: ['template 806312974732579 (welcome_template, en_US) rating RED since 1674950690'],
  },
  {
    file: 'message_template_status_update.approved',
    metrics: [
      'whatsapp_quality_events_total{kind="template",event="approved"} 1',
      'whatsapp_state_changed_timestamp_seconds{kind="template",id="order_confirmation/en_US"} 1751247548',
      'whatsapp_state_observed_timestamp_seconds{kind="template",id="order_confirmation/en_US",source="webhook"} 1751247553',
      'whatsapp_template_quality_rating{template="order_confirmation",language="en_US",rating="unknown"} 1',
      'whatsapp_template_status{template="order_confirmation",language="en_US",status="approved"} 1',
      'whatsapp_webhook_events_total{field="message_template_status_update",result="applied"} 1',
    ],
    report: [
      'template 1689556908129832 (order_confirmation, en_US) category UTILITY since 1751247548',
      'template 1689556908129832 (order_confirmation, en_US) status APPROVED since 1751247548',
    ],
  },
  {
    file: 'message_template_status_update.archived',
    metrics: [
      'whatsapp_quality_events_total{kind="template",event="archived"} 1',
      'whatsapp_state_changed_timestamp_seconds{kind="template",id="spring_sale/en_US"} 1773446400',
      'whatsapp_state_observed_timestamp_seconds{kind="template",id="spring_sale/en_US",source="webhook"} 1773446405',
      'whatsapp_template_quality_rating{template="spring_sale",language="en_US",rating="unknown"} 1',
      'whatsapp_template_status{template="spring_sale",language="en_US",status="archived"} 1',
      'whatsapp_webhook_events_total{field="message_template_status_update",result="applied"} 1',
    ],
    report: [
      'template 1689556908129840 (spring_sale, en_US) category UTILITY since 1773446400',
      'template 1689556908129840 (spring_sale, en_US) status ARCHIVED since 1773446400',
    ],
  },
  {
    file: 'message_template_status_update.deleted',
    metrics: [
      'whatsapp_quality_events_total{kind="template",event="deleted"} 1',
      'whatsapp_state_changed_timestamp_seconds{kind="template",id="spring_sale/en_US"} 1773446400',
      'whatsapp_state_observed_timestamp_seconds{kind="template",id="spring_sale/en_US",source="webhook"} 1773446405',
      'whatsapp_template_quality_rating{template="spring_sale",language="en_US",rating="unknown"} 1',
      'whatsapp_template_status{template="spring_sale",language="en_US",status="deleted"} 1',
      'whatsapp_webhook_events_total{field="message_template_status_update",result="applied"} 1',
    ],
    report: [
      'template 1689556908129840 (spring_sale, en_US) category MARKETING since 1773446400',
      'template 1689556908129840 (spring_sale, en_US) status DELETED since 1773446400',
    ],
  },
  {
    file: 'message_template_status_update.disabled',
    metrics: [
      'whatsapp_quality_events_total{kind="template",event="disabled"} 1',
      'whatsapp_state_changed_timestamp_seconds{kind="template",id="spring_sale/en_US"} 1773705600',
      'whatsapp_state_observed_timestamp_seconds{kind="template",id="spring_sale/en_US",source="webhook"} 1773705605',
      'whatsapp_template_quality_rating{template="spring_sale",language="en_US",rating="unknown"} 1',
      'whatsapp_template_status{template="spring_sale",language="en_US",status="disabled"} 1',
      'whatsapp_webhook_events_total{field="message_template_status_update",result="applied"} 1',
    ],
    report: [
      'template 1689556908129840 (spring_sale, en_US) category MARKETING since 1773705600',
      'template 1689556908129840 (spring_sale, en_US) status DISABLED since 1773705600',
    ],
  },
  {
    file: 'message_template_status_update.flagged',
    metrics: [
      'whatsapp_quality_events_total{kind="template",event="flagged"} 1',
      'whatsapp_state_changed_timestamp_seconds{kind="template",id="spring_sale/en_US"} 1773446400',
      'whatsapp_state_observed_timestamp_seconds{kind="template",id="spring_sale/en_US",source="webhook"} 1773446405',
      'whatsapp_template_quality_rating{template="spring_sale",language="en_US",rating="unknown"} 1',
      'whatsapp_template_status{template="spring_sale",language="en_US",status="flagged"} 1',
      'whatsapp_webhook_events_total{field="message_template_status_update",result="applied"} 1',
    ],
    report: [
      'template 1689556908129840 (spring_sale, en_US) category MARKETING since 1773446400',
      'template 1689556908129840 (spring_sale, en_US) status FLAGGED since 1773446400 until 1773705600',
    ],
  },
  {
    file: 'message_template_status_update.in_appeal',
    metrics: [
      'whatsapp_quality_events_total{kind="template",event="in_appeal"} 1',
      'whatsapp_state_changed_timestamp_seconds{kind="template",id="spring_sale/en_US"} 1773446400',
      'whatsapp_state_observed_timestamp_seconds{kind="template",id="spring_sale/en_US",source="webhook"} 1773446405',
      'whatsapp_template_quality_rating{template="spring_sale",language="en_US",rating="unknown"} 1',
      'whatsapp_template_status{template="spring_sale",language="en_US",status="in_appeal"} 1',
      'whatsapp_webhook_events_total{field="message_template_status_update",result="applied"} 1',
    ],
    report: [
      'template 1689556908129840 (spring_sale, en_US) category MARKETING since 1773446400',
      'template 1689556908129840 (spring_sale, en_US) status IN_APPEAL since 1773446400',
    ],
  },
  {
    file: 'message_template_status_update.limit_exceeded',
    metrics: [
      'whatsapp_quality_events_total{kind="template",event="limit_exceeded"} 1',
      'whatsapp_state_changed_timestamp_seconds{kind="template",id="spring_sale/en_US"} 1773446400',
      'whatsapp_state_observed_timestamp_seconds{kind="template",id="spring_sale/en_US",source="webhook"} 1773446405',
      'whatsapp_template_quality_rating{template="spring_sale",language="en_US",rating="unknown"} 1',
      'whatsapp_template_status{template="spring_sale",language="en_US",status="limit_exceeded"} 1',
      'whatsapp_webhook_events_total{field="message_template_status_update",result="applied"} 1',
    ],
    report: [
      'template 1689556908129840 (spring_sale, en_US) category UTILITY since 1773446400',
      'template 1689556908129840 (spring_sale, en_US) status LIMIT_EXCEEDED since 1773446400',
    ],
  },
  {
    file: 'message_template_status_update.locked',
    metrics: [
      'whatsapp_quality_events_total{kind="template",event="locked"} 1',
      'whatsapp_state_changed_timestamp_seconds{kind="template",id="spring_sale/en_US"} 1773446400',
      'whatsapp_state_observed_timestamp_seconds{kind="template",id="spring_sale/en_US",source="webhook"} 1773446405',
      'whatsapp_template_quality_rating{template="spring_sale",language="en_US",rating="unknown"} 1',
      'whatsapp_template_status{template="spring_sale",language="en_US",status="locked"} 1',
      'whatsapp_webhook_events_total{field="message_template_status_update",result="applied"} 1',
    ],
    report: [
      'template 1689556908129840 (spring_sale, en_US) category UTILITY since 1773446400',
      'template 1689556908129840 (spring_sale, en_US) status LOCKED since 1773446400',
    ],
  },
  {
    file: 'message_template_status_update.paused_first',
    metrics: [
      'whatsapp_quality_events_total{kind="template",event="paused"} 1',
      'whatsapp_state_changed_timestamp_seconds{kind="template",id="spring_sale/en_US"} 1773446400',
      'whatsapp_state_observed_timestamp_seconds{kind="template",id="spring_sale/en_US",source="webhook"} 1773446405',
      'whatsapp_template_paused_until_timestamp_seconds{template="spring_sale",language="en_US"} 1773457200',
      'whatsapp_template_quality_rating{template="spring_sale",language="en_US",rating="unknown"} 1',
      'whatsapp_template_status{template="spring_sale",language="en_US",status="paused"} 1',
      'whatsapp_webhook_events_total{field="message_template_status_update",result="applied"} 1',
    ],
    report: [
      'template 1689556908129840 (spring_sale, en_US) category MARKETING since 1773446400',
      'template 1689556908129840 (spring_sale, en_US) status PAUSED since 1773446400 until 1773457200 because FIRST_PAUSE',
    ],
  },
  {
    file: 'message_template_status_update.paused_rate_limiting',
    metrics: [
      'whatsapp_quality_events_total{kind="template",event="paused"} 1',
      'whatsapp_state_changed_timestamp_seconds{kind="template",id="spring_sale/en_US"} 1773532800',
      'whatsapp_state_observed_timestamp_seconds{kind="template",id="spring_sale/en_US",source="webhook"} 1773532805',
      'whatsapp_template_quality_rating{template="spring_sale",language="en_US",rating="unknown"} 1',
      'whatsapp_template_status{template="spring_sale",language="en_US",status="paused"} 1',
      'whatsapp_webhook_events_total{field="message_template_status_update",result="applied"} 1',
    ],
    report: [
      'template 1689556908129840 (spring_sale, en_US) category MARKETING since 1773532800',
      'template 1689556908129840 (spring_sale, en_US) status PAUSED since 1773532800 because RATE_LIMITING_PAUSE',
    ],
  },
  {
    file: 'message_template_status_update.pending',
    metrics: [
      'whatsapp_quality_events_total{kind="template",event="pending"} 1',
      'whatsapp_state_changed_timestamp_seconds{kind="template",id="spring_sale/en_US"} 1773446400',
      'whatsapp_state_observed_timestamp_seconds{kind="template",id="spring_sale/en_US",source="webhook"} 1773446405',
      'whatsapp_template_quality_rating{template="spring_sale",language="en_US",rating="unknown"} 1',
      'whatsapp_template_status{template="spring_sale",language="en_US",status="pending"} 1',
      'whatsapp_webhook_events_total{field="message_template_status_update",result="applied"} 1',
    ],
    report: [
      'template 1689556908129840 (spring_sale, en_US) category UTILITY since 1773446400',
      'template 1689556908129840 (spring_sale, en_US) status PENDING since 1773446400',
    ],
  },
  {
    file: 'message_template_status_update.reinstated',
    metrics: [
      'whatsapp_quality_events_total{kind="template",event="reinstated"} 1',
      'whatsapp_state_changed_timestamp_seconds{kind="template",id="spring_sale/en_US"} 1773446400',
      'whatsapp_state_observed_timestamp_seconds{kind="template",id="spring_sale/en_US",source="webhook"} 1773446405',
      'whatsapp_template_quality_rating{template="spring_sale",language="en_US",rating="unknown"} 1',
      'whatsapp_template_status{template="spring_sale",language="en_US",status="approved"} 1',
      'whatsapp_webhook_events_total{field="message_template_status_update",result="applied"} 1',
    ],
    report: [
      'template 1689556908129840 (spring_sale, en_US) category MARKETING since 1773446400',
      'template 1689556908129840 (spring_sale, en_US) status APPROVED since 1773446400',
    ],
  },
  {
    file: 'message_template_status_update.rejected_abusive_content',
    metrics: [
      'whatsapp_quality_events_total{kind="template",event="rejected"} 1',
      'whatsapp_state_changed_timestamp_seconds{kind="template",id="spring_sale/en_US"} 1773446400',
      'whatsapp_state_observed_timestamp_seconds{kind="template",id="spring_sale/en_US",source="webhook"} 1773446405',
      'whatsapp_template_quality_rating{template="spring_sale",language="en_US",rating="unknown"} 1',
      'whatsapp_template_status{template="spring_sale",language="en_US",status="rejected"} 1',
      'whatsapp_webhook_events_total{field="message_template_status_update",result="applied"} 1',
    ],
    report: [
      'template 1689556908129840 (spring_sale, en_US) category MARKETING since 1773446400',
      'template 1689556908129840 (spring_sale, en_US) status REJECTED since 1773446400 because ABUSIVE_CONTENT',
    ],
  },
  {
    file: 'message_template_status_update.rejected_invalid_format',
    metrics: [
      'whatsapp_quality_events_total{kind="template",event="rejected"} 1',
      'whatsapp_state_changed_timestamp_seconds{kind="template",id="abandoned_cart/en"} 1751247548',
      'whatsapp_state_observed_timestamp_seconds{kind="template",id="abandoned_cart/en",source="webhook"} 1751247553',
      'whatsapp_template_quality_rating{template="abandoned_cart",language="en",rating="unknown"} 1',
      'whatsapp_template_status{template="abandoned_cart",language="en",status="rejected"} 1',
      'whatsapp_webhook_events_total{field="message_template_status_update",result="applied"} 1',
    ],
    report: [
      'template 1689556908129835 (abandoned_cart, en) category MARKETING since 1751247548',
      'template 1689556908129835 (abandoned_cart, en) status REJECTED since 1751247548 because INVALID_FORMAT',
    ],
  },
  {
    file: 'message_template_status_update.rejected_tag_content_mismatch',
    metrics: [
      'whatsapp_quality_events_total{kind="template",event="rejected"} 1',
      'whatsapp_state_changed_timestamp_seconds{kind="template",id="spring_sale/en_US"} 1773446400',
      'whatsapp_state_observed_timestamp_seconds{kind="template",id="spring_sale/en_US",source="webhook"} 1773446405',
      'whatsapp_template_quality_rating{template="spring_sale",language="en_US",rating="unknown"} 1',
      'whatsapp_template_status{template="spring_sale",language="en_US",status="rejected"} 1',
      'whatsapp_webhook_events_total{field="message_template_status_update",result="applied"} 1',
    ],
    report: [
      'template 1689556908129840 (spring_sale, en_US) category UTILITY since 1773446400',
      'template 1689556908129840 (spring_sale, en_US) status REJECTED since 1773446400 because TAG_CONTENT_MISMATCH',
    ],
  },
  {
    file: 'message_template_status_update.unarchived',
    metrics: [
      'whatsapp_quality_events_total{kind="template",event="unarchived"} 1',
      'whatsapp_state_changed_timestamp_seconds{kind="template",id="spring_sale/en_US"} 1773446400',
      'whatsapp_state_observed_timestamp_seconds{kind="template",id="spring_sale/en_US",source="webhook"} 1773446405',
      'whatsapp_template_quality_rating{template="spring_sale",language="en_US",rating="unknown"} 1',
      'whatsapp_template_status{template="spring_sale",language="en_US",status="approved"} 1',
      'whatsapp_webhook_events_total{field="message_template_status_update",result="applied"} 1',
    ],
    report: [
      'template 1689556908129840 (spring_sale, en_US) category UTILITY since 1773446400',
      'template 1689556908129840 (spring_sale, en_US) status APPROVED since 1773446400',
    ],
  },
  {
    file: 'messages.batched',
    metrics: [
      'whatsapp_messages_total{line="106540352242922",category="unknown",status="read"} 1',
      'whatsapp_messages_total{line="106540352242922",category="unknown",status="sent"} 1',
      'whatsapp_messaging_limit{scope="portfolio",id="524126980791429"} 2000',
      'whatsapp_quality_events_total{kind="portfolio",event="business_capability_update"} 1',
      'whatsapp_quality_events_total{kind="template",event="message_template_quality_update"} 1',
      'whatsapp_state_changed_timestamp_seconds{kind="portfolio",id="524126980791429"} 1773446400',
      'whatsapp_state_changed_timestamp_seconds{kind="template",id="welcome_template/en_US"} 1773446400',
      'whatsapp_state_observed_timestamp_seconds{kind="portfolio",id="524126980791429",source="webhook"} 1773446405',
      'whatsapp_state_observed_timestamp_seconds{kind="template",id="welcome_template/en_US",source="webhook"} 1773446405',
      'whatsapp_template_quality_rating{template="welcome_template",language="en_US",rating="red"} 1',
      'whatsapp_template_quality_score{template="welcome_template",language="en_US"} 1',
      'whatsapp_webhook_events_total{field="business_capability_update",result="applied"} 1',
      'whatsapp_webhook_events_total{field="message_template_quality_update",result="applied"} 1',
      'whatsapp_webhook_events_total{field="messages",result="applied"} 3',
    ],
    report: [
      'portfolio 524126980791429 messaging_limit 2000 since 1773446400',
      'template 806312974732579 (welcome_template, en_US) rating RED since 1773446400',
    ],
  },
  {
    file: 'messages.button_stop_promotions',
    metrics: ['whatsapp_webhook_events_total{field="messages",result="applied"} 1'],
  },
  {
    file: 'messages.interactive_list_reply',
    metrics: ['whatsapp_webhook_events_total{field="messages",result="applied"} 1'],
  },
  {
    file: 'messages.status.delivered_bsuid',
    metrics: [
      'whatsapp_messages_total{line="106540352242922",category="marketing",status="delivered"} 1',
      'whatsapp_webhook_events_total{field="messages",result="applied"} 1',
    ],
  },
  {
    file: 'messages.status.delivered_free_tier_oct2026',
    metrics: [
      'whatsapp_messages_total{line="106540352242922",category="service",status="delivered"} 1',
      'whatsapp_webhook_events_total{field="messages",result="applied"} 1',
    ],
  },
  {
    file: 'messages.status.failed_130429',
    metrics: [
      'whatsapp_message_failures_total{line="106540352242922",class="throttled",code="130429"} 1',
      'whatsapp_messages_total{line="106540352242922",category="unknown",status="failed"} 1',
      'whatsapp_webhook_events_total{field="messages",result="applied"} 1',
    ],
  },
  {
    file: 'messages.status.failed_130472',
    metrics: [
      'whatsapp_message_failures_total{line="106540352242922",class="frequency_cap",code="130472"} 1',
      'whatsapp_messages_total{line="106540352242922",category="unknown",status="failed"} 1',
      'whatsapp_webhook_events_total{field="messages",result="applied"} 1',
    ],
  },
  {
    file: 'messages.status.failed_130497',
    metrics: [
      'whatsapp_message_failures_total{line="106540352242922",class="policy",code="130497"} 1',
      'whatsapp_messages_total{line="106540352242922",category="unknown",status="failed"} 1',
      'whatsapp_webhook_events_total{field="messages",result="applied"} 1',
    ],
  },
  {
    file: 'messages.status.failed_131026',
    metrics: [
      'whatsapp_message_failures_total{line="106540352242922",class="unreachable",code="131026"} 1',
      'whatsapp_messages_total{line="106540352242922",category="unknown",status="failed"} 1',
      'whatsapp_webhook_events_total{field="messages",result="applied"} 1',
    ],
  },
  {
    file: 'messages.status.failed_131031',
    metrics: [
      'whatsapp_message_failures_total{line="106540352242922",class="policy",code="131031"} 1',
      'whatsapp_messages_total{line="106540352242922",category="unknown",status="failed"} 1',
      'whatsapp_webhook_events_total{field="messages",result="applied"} 1',
    ],
  },
  {
    file: 'messages.status.failed_131042',
    metrics: [
      'whatsapp_message_failures_total{line="106540352242922",class="billing",code="131042"} 1',
      'whatsapp_messages_total{line="106540352242922",category="unknown",status="failed"} 1',
      'whatsapp_webhook_events_total{field="messages",result="applied"} 1',
    ],
  },
  {
    file: 'messages.status.failed_131047',
    metrics: [
      'whatsapp_message_failures_total{line="106540352242922",class="window_closed",code="131047"} 1',
      'whatsapp_messages_total{line="106540352242922",category="unknown",status="failed"} 1',
      'whatsapp_webhook_events_total{field="messages",result="applied"} 1',
    ],
  },
  {
    file: 'messages.status.failed_131048',
    metrics: [
      'whatsapp_message_failures_total{line="106540352242922",class="negative_feedback",code="131048"} 1',
      'whatsapp_messages_total{line="106540352242922",category="unknown",status="failed"} 1',
      'whatsapp_webhook_events_total{field="messages",result="applied"} 1',
    ],
  },
  {
    file: 'messages.status.failed_131049',
    metrics: [
      'whatsapp_message_failures_total{line="106540352242922",class="frequency_cap",code="131049"} 1',
      'whatsapp_messages_total{line="106540352242922",category="unknown",status="failed"} 1',
      'whatsapp_webhook_events_total{field="messages",result="applied"} 1',
    ],
  },
  {
    file: 'messages.status.failed_131050',
    metrics: [
      'whatsapp_message_failures_total{line="106540352242922",class="opt_out",code="131050"} 1',
      'whatsapp_messages_total{line="106540352242922",category="unknown",status="failed"} 1',
      'whatsapp_webhook_events_total{field="messages",result="applied"} 1',
    ],
  },
  {
    file: 'messages.status.failed_131064',
    metrics: [
      'whatsapp_message_failures_total{line="106540352242922",class="policy",code="131064"} 1',
      'whatsapp_messages_total{line="106540352242922",category="unknown",status="failed"} 1',
      'whatsapp_webhook_events_total{field="messages",result="applied"} 1',
    ],
  },
  {
    file: 'messages.status.failed_132015',
    metrics: [
      'whatsapp_message_failures_total{line="106540352242922",class="policy",code="132015"} 1',
      'whatsapp_messages_total{line="106540352242922",category="unknown",status="failed"} 1',
      'whatsapp_webhook_events_total{field="messages",result="applied"} 1',
    ],
  },
  {
    file: 'messages.status.failed_132016',
    metrics: [
      'whatsapp_message_failures_total{line="106540352242922",class="policy",code="132016"} 1',
      'whatsapp_messages_total{line="106540352242922",category="unknown",status="failed"} 1',
      'whatsapp_webhook_events_total{field="messages",result="applied"} 1',
    ],
  },
  {
    file: 'messages.status.pywa_delivered',
    metrics: [
      'whatsapp_messages_total{line="1122334455667",category="service",status="delivered"} 1',
      'whatsapp_webhook_events_total{field="messages",result="applied"} 1',
    ],
  },
  {
    file: 'messages.status.pywa_read',
    metrics: [
      'whatsapp_messages_total{line="1122334455667",category="service",status="read"} 1',
      'whatsapp_webhook_events_total{field="messages",result="applied"} 1',
    ],
  },
  {
    file: 'messages.status.pywa_sent',
    metrics: [
      'whatsapp_messages_total{line="1122334455667",category="service",status="sent"} 1',
      'whatsapp_webhook_events_total{field="messages",result="applied"} 1',
    ],
  },
  {
    file: 'messages.status.pywa_with_tracker',
    metrics: [
      'whatsapp_messages_total{line="1122334455667",category="service",status="sent"} 1',
      'whatsapp_webhook_events_total{field="messages",result="applied"} 1',
    ],
  },
  {
    file: 'messages.status.read_callback_data',
    metrics: [
      'whatsapp_messages_total{line="106540352242922",category="unknown",status="read"} 1',
      'whatsapp_webhook_events_total{field="messages",result="applied"} 1',
    ],
  },
  {
    file: 'messages.status.sent_v23',
    metrics: [
      'whatsapp_messages_total{line="106540352242922",category="marketing",status="sent"} 1',
      'whatsapp_webhook_events_total{field="messages",result="applied"} 1',
    ],
  },
  {
    file: 'messages.status.sent_v24',
    metrics: [
      'whatsapp_messages_total{line="106540352242922",category="unknown",status="sent"} 1',
      'whatsapp_webhook_events_total{field="messages",result="applied"} 1',
    ],
  },
  {
    file: 'messages.system_identity_change',
    metrics: ['whatsapp_webhook_events_total{field="messages",result="applied"} 1'],
  },
  {
    file: 'messages.system_user_changed_number',
    metrics: ['whatsapp_webhook_events_total{field="messages",result="applied"} 1'],
  },
  {
    file: 'messages.text',
    metrics: ['whatsapp_webhook_events_total{field="messages",result="applied"} 1'],
  },
  {
    file: 'messages.text_bsuid_only',
    metrics: ['whatsapp_webhook_events_total{field="messages",result="applied"} 1'],
  },
  {
    file: 'messages.unsupported',
    metrics: ['whatsapp_webhook_events_total{field="messages",result="applied"} 1'],
  },
  {
    file: 'phone_number_name_update.approved',
    metrics: [
      'whatsapp_phone_quality_rating{line="15550783881",rating="unknown"} 1',
      'whatsapp_quality_events_total{kind="phone",event="phone_number_name_update"} 1',
      'whatsapp_state_changed_timestamp_seconds{kind="phone",id="15550783881"} 1739321024',
      'whatsapp_state_observed_timestamp_seconds{kind="phone",id="15550783881",source="webhook"} 1739321029',
      'whatsapp_webhook_events_total{field="phone_number_name_update",result="applied"} 1',
    ],
    report: ['phone 15550783881 name_status APPROVED since 1739321024'],
  },
  {
    file: 'phone_number_name_update.rejected',
    metrics: [
      'whatsapp_phone_quality_rating{line="15550783881",rating="unknown"} 1',
      'whatsapp_quality_events_total{kind="phone",event="phone_number_name_update"} 1',
      'whatsapp_state_changed_timestamp_seconds{kind="phone",id="15550783881"} 1739321024',
      'whatsapp_state_observed_timestamp_seconds{kind="phone",id="15550783881",source="webhook"} 1739321029',
      'whatsapp_webhook_events_total{field="phone_number_name_update",result="applied"} 1',
    ],
    report: ['phone 15550783881 name_status DECLINED since 1739321024 because NAME_NOT_CONSISTENT'],
  },
  {
    file: 'phone_number_quality_update.legacy_downgrade',
    metrics: [
      'whatsapp_messaging_limit{scope="phone",id="16505551111"} 1000',
      'whatsapp_phone_quality_rating{line="16505551111",rating="unknown"} 1',
      'whatsapp_quality_events_total{kind="phone",event="downgrade"} 1',
      'whatsapp_state_changed_timestamp_seconds{kind="phone",id="16505551111"} 1604962257',
      'whatsapp_state_observed_timestamp_seconds{kind="phone",id="16505551111",source="webhook"} 1604962262',
      'whatsapp_webhook_events_total{field="phone_number_quality_update",result="applied"} 1',
    ],
    report: ['phone 16505551111 messaging_limit 1000 since 1604962257'],
  },
  {
    file: 'phone_number_quality_update.legacy_flagged',
    metrics: [
      'whatsapp_messaging_limit{scope="phone",id="16505551111"} 10000',
      'whatsapp_phone_quality_rating{line="16505551111",rating="unknown"} 1',
      'whatsapp_phone_status{line="16505551111",status="flagged"} 1',
      'whatsapp_quality_events_total{kind="phone",event="flagged"} 1',
      'whatsapp_state_changed_timestamp_seconds{kind="phone",id="16505551111"} 1604703057',
      'whatsapp_state_observed_timestamp_seconds{kind="phone",id="16505551111",source="webhook"} 1604703062',
      'whatsapp_webhook_events_total{field="phone_number_quality_update",result="applied"} 1',
    ],
    report: [
      'phone 16505551111 messaging_limit 10000 since 1604703057',
      'phone 16505551111 status FLAGGED since 1604703057',
    ],
  },
  {
    file: 'phone_number_quality_update.legacy_onboarding',
    metrics: [
      'whatsapp_quality_events_total{kind="phone",event="onboarding"} 1',
      'whatsapp_webhook_events_total{field="phone_number_quality_update",result="applied"} 1',
    ],
  },
  {
    file: 'phone_number_quality_update.legacy_upgrade',
    metrics: [
      'whatsapp_messaging_limit{scope="phone",id="16505551111"} 10000',
      'whatsapp_phone_quality_rating{line="16505551111",rating="unknown"} 1',
      'whatsapp_quality_events_total{kind="phone",event="upgrade"} 1',
      'whatsapp_state_changed_timestamp_seconds{kind="phone",id="16505551111"} 1604875857',
      'whatsapp_state_observed_timestamp_seconds{kind="phone",id="16505551111",source="webhook"} 1604875862',
      'whatsapp_webhook_events_total{field="phone_number_quality_update",result="applied"} 1',
    ],
    report: ['phone 16505551111 messaging_limit 10000 since 1604875857'],
  },
  {
    file: 'phone_number_quality_update.onboarding_2026',
    metrics: [
      'whatsapp_messaging_limit{scope="portfolio",id="102290129340398"} 250',
      'whatsapp_quality_events_total{kind="phone",event="onboarding"} 1',
      'whatsapp_state_changed_timestamp_seconds{kind="portfolio",id="102290129340398"} 1773446000',
      'whatsapp_state_observed_timestamp_seconds{kind="portfolio",id="102290129340398",source="webhook"} 1773446005',
      'whatsapp_webhook_events_total{field="phone_number_quality_update",result="applied"} 1',
    ],
    report: ['portfolio 102290129340398 messaging_limit 250 since 1773446000'],
  },
  {
    file: 'phone_number_quality_update.throughput_upgrade',
    metrics: [
      'whatsapp_messaging_limit{scope="phone",id="15550783881"} +Inf',
      'whatsapp_phone_quality_rating{line="15550783881",rating="unknown"} 1',
      'whatsapp_quality_events_total{kind="phone",event="throughput_upgrade"} 1',
      'whatsapp_state_changed_timestamp_seconds{kind="phone",id="15550783881"} 1748454394',
      'whatsapp_state_observed_timestamp_seconds{kind="phone",id="15550783881",source="webhook"} 1748454399',
      'whatsapp_throughput_level{line="15550783881",level="high"} 1',
      'whatsapp_webhook_events_total{field="phone_number_quality_update",result="applied"} 1',
    ],
    report: [
      'phone 15550783881 messaging_limit Infinity since 1748454394',
      'phone 15550783881 throughput HIGH since 1748454394',
    ],
  },
  {
    file: 'security.pin_reset_request',
    metrics: [
      'whatsapp_quality_events_total{kind="phone",event="pin_reset_request"} 1',
      'whatsapp_webhook_events_total{field="security",result="applied"} 1',
    ],
  },
  {
    file: 'template_category_update.completed',
    metrics: [
      'whatsapp_quality_events_total{kind="template",event="template_category_update"} 1',
      'whatsapp_state_changed_timestamp_seconds{kind="template",id="welcome_template/en_US"} 1746169200',
      'whatsapp_state_observed_timestamp_seconds{kind="template",id="welcome_template/en_US",source="webhook"} 1746169205',
      'whatsapp_template_quality_rating{template="welcome_template",language="en_US",rating="unknown"} 1',
      'whatsapp_webhook_events_total{field="template_category_update",result="applied"} 1',
    ],
    report: [
      'template 278077987957091 (welcome_template, en_US) category MARKETING since 1746169200',
    ],
  },
  {
    file: 'template_category_update.impending',
    metrics: [
      'whatsapp_quality_events_total{kind="template",event="template_category_update.impending"} 1',
      'whatsapp_state_changed_timestamp_seconds{kind="template",id="welcome_template/en_US"} 1746082800',
      'whatsapp_state_observed_timestamp_seconds{kind="template",id="welcome_template/en_US",source="webhook"} 1746082805',
      'whatsapp_template_quality_rating{template="welcome_template",language="en_US",rating="unknown"} 1',
      'whatsapp_webhook_events_total{field="template_category_update",result="applied"} 1',
    ],
    report: [
      'template 278077987957091 (welcome_template, en_US) category UTILITY since 1746082800 until 1746169200 because MARKETING',
    ],
  },
  {
    file: 'template_correct_category_detection.marketing',
    metrics: [
      'whatsapp_quality_events_total{kind="template",event="template_correct_category_detection"} 1',
      'whatsapp_webhook_events_total{field="template_correct_category_detection",result="applied"} 1',
    ],
  },
  {
    file: 'unknown_field.future',
    metrics: ['whatsapp_webhook_events_total{field="__other__",result="unknown"} 1'],
  },
  {
    file: 'user_preferences.resume',
    metrics: ['whatsapp_webhook_events_total{field="user_preferences",result="applied"} 1'],
  },
  {
    file: 'user_preferences.resume_bsuid',
    metrics: ['whatsapp_webhook_events_total{field="user_preferences",result="applied"} 1'],
  },
  {
    file: 'user_preferences.stop',
    metrics: [
      'whatsapp_opt_outs_total{line="106540352242922",flow="__none__",node="__none__"} 1',
      'whatsapp_webhook_events_total{field="user_preferences",result="applied"} 1',
    ],
  },
];
