// The fake.
export { GraphApi, startGraphApi } from './graph-api';
// Webhooks of customers.
export {
  buttonReply,
  deletedMessage,
  editedMessage,
  flowReply,
  type Incoming,
  inboundMessage,
  listReply,
  locationMessage,
  type MessageContent,
  mediaMessage,
  reactionMessage,
  type SentMedia,
  systemMessage,
  type TappedChoice,
  templateButton,
  textMessage,
  unsupportedMessage,
} from './inbound';
// The Management API.
export { Management } from './management';
export { Business } from './management-business';
export type {
  AnsweredCall,
  BusinessAccount,
  BusinessPhone,
  BusinessSeed,
  BusinessTemplate,
  EntityHealth,
  ManagementCall,
  ManagementEndpoint,
  ReadFailure,
  ReadFailureScope,
  TokenState,
  UsageLevels,
} from './management-types';
export { optOut } from './preferences';
// Webhooks about messages sent.
export { type Pricing, type StatusReport, statusUpdate } from './status-webhook';
// What both sides speak of.
export type {
  Customer,
  FailureScope,
  GraphApiOptions,
  JsonObject,
  Line,
  MessageStatus,
  PlannedStatus,
  ReadReceipt,
  RefusedMessage,
  SendFailure,
  SendRequest,
  SentMessage,
  StatusPolicy,
  WebhookBody,
  WebhookChange,
} from './types';
// Any webhook.
export { batch, SAMPLE_LINE, webhook } from './webhook';
export type { PostOptions } from './webhook-client';
