'use strict';
const { createHmac, timingSafeEqual } = require('node:crypto');
const { join } = require('node:path');
const { load } = require('../harness/load');

/** Below this Node.js a peer does not run, by its own word. */
const NEEDS_NODE = { kapso: 20, greatDetail: 22, whatsappApiJs: 22 };
const PACKAGES = {
  kapso: '@kapso/whatsapp-cloud-api',
  greatDetail: '@great-detail/whatsapp',
  whatsappApiJs: 'whatsapp-api-js',
};

/** What takes a signed webhook, by its name: each gives a listener of `node:http`. */
const RECEIVERS = {
  floor: ({ appSecret }) =>
    receive((bytes, signature) => {
      const digest = createHmac('sha256', appSecret).update(bytes).digest('hex');
      const isRight = timingSafeEqual(Buffer.from(`sha256=${digest}`), Buffer.from(signature));
      return isRight && JSON.parse(bytes.toString('utf8')) !== undefined;
    }),
  ours: ({ appSecret }) => {
    const { createWebhookHandler } = load('@turnspan/whatsapp');
    return createWebhookHandler({ appSecret, verifyToken: 'a word', onMessage: () => undefined });
  },
  kapso: ({ appSecret, peers }) => {
    const path = join(peers, 'node_modules', PACKAGES.kapso, 'dist', 'server.cjs');
    const { normalizeWebhook, verifySignature } = require(path);
    return receive((rawBody, signatureHeader) => {
      const isRight = verifySignature({ appSecret, rawBody, signatureHeader });
      return isRight && normalizeWebhook(JSON.parse(rawBody.toString('utf8'))) !== undefined;
    });
  },
  greatDetail: async ({ appSecret, peers }) => {
    const { Client } = await importPeer(peers, [PACKAGES.greatDetail, 'dist', 'index.js']);
    const { webhook } = new Client({ request: { prefixUrl: 'http://127.0.0.1' } });
    return receive(async (bytes, _signature, { method, headers }) => {
      const event = webhook.eventNotification({
        method,
        query: {},
        headers,
        body: bytes.toString(),
      });
      await event.verifySignature(appSecret);
      return true;
    });
  },
  whatsappApiJs: async ({ appSecret, peers }) => {
    const path = [PACKAGES.whatsappApiJs, 'lib', 'middleware', 'node-http.js'];
    const { WhatsAppAPI } = await importPeer(peers, path);
    const receiver = new WhatsAppAPI({ token: 'a token', appSecret, webhookVerifyToken: 'a word' });
    receiver.on.message = () => undefined;
    return async (request, response) => {
      response.statusCode = await receiver.handle_post(request);
      response.end();
    };
  },
};

function importPeer(peers, path) {
  return import(join(peers, 'node_modules', ...path));
}

/** Reads the body, and answers 200 if it is taken. */
function receive(take) {
  return (request, response) => {
    const chunks = [];
    request.on('data', (chunk) => chunks.push(chunk));
    request.on('end', async () => {
      const signature = request.headers['x-hub-signature-256'];
      const isTaken = await take(Buffer.concat(chunks), signature, request);
      response.writeHead(isTaken ? 200 : 403);
      response.end();
    });
  };
}

module.exports = { NEEDS_NODE, PACKAGES, RECEIVERS };
