// Receiving webhooks.

export { classifyError } from './error-class';
// Calling the Graph API.
export {
  createGraphClient,
  type Fetch,
  type GraphClient,
  type GraphClientOptions,
  type GraphRequest,
  type SentMessage,
} from './graph-client';
export { GraphError, type GraphRefusal } from './graph-error';
export type { GraphUsage } from './graph-usage';
// What the adapters of bots share.
export {
  compact,
  isJsonObject,
  type JsonObject,
  toArray,
  toObject,
  toText,
} from './json';
// What webhooks say.
export { userIdOf } from './parse-message';
export { toDeliverySignal } from './parse-status';
export { parseUpdates } from './parse-updates';
export { warn } from './report';
export { createSeenKeys, type SeenKeys, type SeenKeysOptions } from './seen-keys';
export { type StartTimer, systemTimer } from './timer';
export type {
  FieldChange,
  InboundMessage,
  StatusError,
  StatusUpdate,
  UnreadUpdate,
  Update,
  UpdateOrigin,
} from './types';
export { createWebhookHandler, type WebhookHandler } from './webhook-handler';
export type { WebhookDelivery, WebhookOptions } from './webhook-options';
