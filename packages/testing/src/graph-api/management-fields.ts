import type { Timestamp } from '@turnspan/core';
import type { Business } from './management-business';
import type { BusinessAccount, BusinessPhone, BusinessTemplate } from './management-types';
import type { JsonObject } from './types';

/** A thing that fields can be asked of. */
export type GraphNode =
  | { readonly kind: 'account'; readonly value: BusinessAccount }
  | { readonly kind: 'phone'; readonly value: BusinessPhone; readonly accountId: string }
  | { readonly kind: 'template'; readonly value: BusinessTemplate; readonly accountId: string };

/** Meta's name of a kind, as its errors have it. */
export const NODE_TYPES: Readonly<Record<GraphNode['kind'], string>> = {
  account: 'WhatsAppBusinessAccount',
  phone: 'WhatsAppBusinessPhoneNumber',
  template: 'WhatsAppMessageTemplate',
};

/** What is given when no fields are asked for. */
export const DEFAULT_FIELDS: Readonly<Record<GraphNode['kind'], readonly string[]>> = {
  account: ['id', 'name', 'currency', 'timezone_id', 'message_template_namespace'],
  phone: [
    'code_verification_status',
    'display_phone_number',
    'id',
    'quality_rating',
    'verified_name',
    'platform_type',
    'throughput',
  ],
  template: ['id', 'name', 'language', 'status', 'category'],
};

/** All fields of a node. */
export function fieldsOf(node: GraphNode, business: Business, appId: string): JsonObject {
  switch (node.kind) {
    case 'account':
      return accountFields(node.value, business, appId);
    case 'phone': {
      const entities: Entity[] = [
        ['PHONE_NUMBER', node.value.id],
        ...above(node.accountId, business, appId),
      ];
      return { ...phoneFields(node.value, business), health_status: health(entities, business) };
    }
    case 'template': {
      const entities: Entity[] = [
        ['MESSAGE_TEMPLATE', node.value.id],
        ...above(node.accountId, business, appId),
      ];
      return { ...templateFields(node.value), health_status: health(entities, business) };
    }
  }
}

function accountFields(account: BusinessAccount, business: Business, appId: string): JsonObject {
  return {
    id: account.id,
    name: account.name,
    status: account.status,
    currency: account.currency,
    country: account.country,
    business_verification_status: account.verificationStatus,
    account_review_status: account.reviewStatus,
    timezone_id: '1',
    message_template_namespace: 'ba30dd89_2ebd_41e4_b805_f2c05ae04cc9',
    whatsapp_business_manager_messaging_limit: business.limit,
    owner_business_info: { id: business.portfolioId, name: account.name },
    health_status: health(above(account.id, business, appId), business),
  };
}

function phoneFields(phone: BusinessPhone, { limit }: Business): JsonObject {
  return {
    id: phone.id,
    display_phone_number: phone.display,
    verified_name: phone.name,
    quality_rating: phone.rating,
    quality_score: score(phone),
    status: phone.status,
    platform_type: 'CLOUD_API',
    throughput: { level: phone.throughput },
    name_status: phone.nameStatus,
    code_verification_status: 'VERIFIED',
    account_mode: 'LIVE',
    is_official_business_account: false,
    last_onboarded_time: '2025-06-10T12:00:00+0000',
    whatsapp_business_manager_messaging_limit: limit,
  };
}

function templateFields(template: BusinessTemplate): JsonObject {
  return {
    id: template.id,
    name: template.name,
    language: template.language,
    status: template.status,
    category: template.category,
    correct_category: template.category,
    quality_score: score(template),
    rejected_reason: template.rejectedReason,
  };
}

function score({
  rating,
  ratedAt,
}: {
  readonly rating: string;
  readonly ratedAt?: Timestamp;
}): JsonObject {
  return { score: rating, ...(ratedAt !== undefined && { date: Math.floor(ratedAt / 1000) }) };
}

type Entity = readonly [type: string, id: string];

/** What a message also depends on, whoever sends it. */
function above(accountId: string, { portfolioId }: Business, appId: string): Entity[] {
  return [
    ['WABA', accountId],
    ['BUSINESS', portfolioId],
    ['APP', appId],
  ];
}

const FROM_WORST = ['BLOCKED', 'LIMITED', 'AVAILABLE'];

function health(entities: readonly Entity[], business: Business): JsonObject {
  const words = entities.map(([, id]) => business.health(id).canSend);
  return {
    can_send_message: FROM_WORST.find((word) => words.includes(word)) ?? 'AVAILABLE',
    entities: entities.map(([entity_type, id]) => {
      const { canSend, errors } = business.health(id);
      const listed = errors?.map(({ code, description, solution }) => ({
        error_code: code,
        error_description: description,
        ...(solution !== undefined && { possible_solution: solution }),
      }));
      return { entity_type, id, can_send_message: canSend, ...(listed && { errors: listed }) };
    }),
  };
}
