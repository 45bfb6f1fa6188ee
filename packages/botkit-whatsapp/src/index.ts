// The adapter.
export { type BotkitMiddlewares, type TurnLogic, WhatsAppAdapter } from './adapter';
// What handlers meet.
export type { WhatsAppAccount } from './address';
// What the adapter asks of its host.
export type { BotkitController, BotkitWorker, InboundMessageActivity, WhatsAppBot } from './botkit';
export { WHATSAPP_EVENTS, type WhatsAppEvent } from './events';
export type { WhatsAppAdapterOptions } from './options';
export type { Serve, Webserver } from './webserver';
