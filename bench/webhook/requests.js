'use strict';
const { createHmac } = require('node:crypto');
const { Agent, request } = require('node:http');
const { load } = require('../harness/load');
const { batch, SAMPLE_LINE, textMessage } = load('@turnspan/testing');

const APP_SECRET = 'a secret that Meta and the bot share';
const CONCURRENCY = 4;
const AT = Date.UTC(2026, 0, 5);

let made = 0;

/** Signed webhooks that no receiver has seen, each with so many messages of so many letters. */
function createBodies(count, { updates, letters }) {
  return Array.from({ length: count }, () => {
    const body = Buffer.from(JSON.stringify(batch(createMessages(updates, letters))));
    const digest = createHmac('sha256', APP_SECRET).update(body).digest('hex');
    return { body, signature: `sha256=${digest}` };
  });
}

function createMessages(count, letters) {
  return Array.from({ length: count }, () => {
    made += 1;
    const from = { phone: String(34_600_000_000 + (made % 1000)), name: 'Somebody' };
    const incoming = { line: SAMPLE_LINE, from, id: `wamid.${made}`, at: AT };
    return textMessage(incoming, 'x'.repeat(letters));
  });
}

/** Posts all of them, a few at a time, over connections that stay open. */
async function postAll(port, bodies) {
  const agent = new Agent({ keepAlive: true, maxSockets: CONCURRENCY });
  const left = [...bodies];
  const work = async () => {
    for (let next = left.pop(); next; next = left.pop()) await post({ port, agent, ...next });
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, work));
  agent.destroy();
}

function post({ port, agent, body, signature }) {
  const headers = {
    'content-type': 'application/json',
    'content-length': body.length,
    'x-hub-signature-256': signature,
  };
  return new Promise((resolve, reject) => {
    const posting = request({ port, agent, method: 'POST', headers }, (response) => {
      response.resume();
      response.on('end', () => {
        if (response.statusCode === 200) resolve();
        else reject(new Error(`A receiver answered ${response.statusCode}.`));
      });
    });
    posting.on('error', reject);
    posting.end(body);
  });
}

module.exports = { APP_SECRET, createBodies, postAll };
