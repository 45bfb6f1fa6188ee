'use strict';
const { Agent, request } = require('node:http');
const { text } = require('node:stream/consumers');

const agent = new Agent({ keepAlive: true });

/** The part of `fetch` that the bot's adapter uses, over plain HTTP: half the work, ten thousand times. */
async function fetchPlainly(url, { method, headers, body, signal }) {
  const response = await new Promise((resolve, reject) => {
    const length = body === undefined ? {} : { 'content-length': Buffer.byteLength(body) };
    request(url, { method, headers: { ...headers, ...length }, agent, signal }, resolve)
      .on('error', reject)
      .end(body);
  });
  const { statusCode: status, headers: received } = response;
  const content = await text(response);
  return {
    ok: status >= 200 && status < 300,
    status,
    headers: new Headers(Object.entries(received)),
    text: async () => content,
  };
}

module.exports = { fetchPlainly };
