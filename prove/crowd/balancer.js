'use strict';
const { once } = require('node:events');
const { Agent, createServer, request } = require('node:http');
const { buffer } = require('node:stream/consumers');

/**
 * One port in front of several processes: each webhook goes to the next of those that are open.
 * Some are delivered twice, at the same moment and to two of them, as Meta does now and then.
 */
async function startBalancer({ isTwice = () => false }) {
  // A connection kept open may be closed by the other side just as it is used.
  const agent = new Agent({ keepAlive: false });
  const targets = [];
  let turn = 0;
  let duplicates = 0;
  const next = () => {
    const open = targets.filter(({ isOpen }) => isOpen);
    turn += 1;
    return open[turn % open.length];
  };
  const server = createServer(async (incoming, response) => {
    const body = await buffer(incoming);
    const copies = isTwice() ? 2 : 1;
    duplicates += copies - 1;
    const posts = Array.from({ length: copies }, () =>
      post({ url: next().url, agent, headers: incoming.headers, body }),
    );
    const codes = await Promise.all(posts);
    response.writeHead(Math.max(...codes)).end();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${server.address().port}/webhook`,
    /** Adds a process; the returned function says whether it gets webhooks. */
    add(url) {
      const target = { url, isOpen: true };
      targets.push(target);
      return (isOpen) => {
        target.isOpen = isOpen;
      };
    },
    duplicates: () => duplicates,
    close() {
      agent.destroy();
      server.closeAllConnections();
      server.close();
    },
  };
}

function post({ url, agent, headers, body }) {
  return new Promise((resolve) => {
    const outgoing = request(url, { method: 'POST', agent, headers }, (response) => {
      response.resume().once('end', () => resolve(response.statusCode));
    });
    outgoing.once('error', () => resolve(502));
    outgoing.end(body);
  });
}

module.exports = { startBalancer };
