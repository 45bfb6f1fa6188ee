'use strict';
// A bot as it may have been running for years: Botkit, WhatsApp, a few conversations.
const { Botkit } = require('botkit');
const { WhatsAppAdapter } = require('@turnspan/botkit-whatsapp');
const { turnspan } = require('turnspan');
const { addConversations } = require('./conversations');

const adapter = new WhatsAppAdapter({
  appSecret: process.env.WHATSAPP_APP_SECRET,
  verifyToken: process.env.WHATSAPP_VERIFY_TOKEN,
  accessToken: process.env.WHATSAPP_ACCESS_TOKEN,
  phoneNumberId: process.env.WHATSAPP_PHONE_NUMBER_ID,
});

const controller = new Botkit({ adapter, webhook_uri: '/webhook' });
const plugin = turnspan();
controller.usePlugin(plugin);

addConversations(controller);
