// Receiving webhooks.

export { classifyError } from './error-class';
// Sharing one callback URL with a bot.
export {
  createFastifyFront,
  type FastifyFront,
  type FastifyFrontOptions,
  type FastifyInstanceShape,
  type PreParsingHook,
} from './front/fastify-front';
export { createGateway, type Gateway, type GatewayOptions } from './front/gateway';
export { type FrontWebserver, mountFront } from './front/mount-front';
export type { WebhookFrontOptions } from './front/observe';
export { moveLastAhead } from './front/router';
export { createWebhookFront, type Next, type WebhookFront } from './front/webhook-front';
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
// Asking Meta.
export { createPoller } from './poller/poller';
export type {
  Lease,
  PollEndpoint,
  Poller,
  PollerOptions,
  PollResult,
  PollSubject,
} from './poller/types';
// What is known of the business's quality.
export { PhoneDirectory } from './quality/phone-directory';
export { createQuality, type Quality, type QualityOptions } from './quality/quality';
export type { QualityReport, ReportedSubject, ReportedValue } from './quality/quality-report';
export { QualityState } from './quality/quality-state';
export { type QualityReading, readChange } from './quality/read-change';
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
