// The adapter.
export { WhatsAppAdapter } from './adapter';
// What handlers meet.
export type { WhatsAppAccount } from './address';
// What the adapter asks of its host.
export type {
  BotkitController,
  BotkitMiddlewares,
  BotkitWorker,
  InboundMessageActivity,
  WhatsAppBot,
} from './botkit';
export { WHATSAPP_EVENTS, type WhatsAppEvent } from './events';
export type { InboxOptions } from './inbox/inbox-options';
export type { WhatsAppAdapterOptions } from './options';
export type { TurnLogic } from './tasks';
export type { Serve, Webserver } from './webserver';
