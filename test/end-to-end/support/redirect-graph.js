/** Sends what is meant for the Graph API to `GRAPH_URL` instead: `node --require ./redirect-graph.js`. */
const { fetch } = globalThis;

globalThis.fetch = (url, init) =>
  fetch(String(url).replace('https://graph.facebook.com', process.env.GRAPH_URL), init);
