'use strict';
const { load } = require('../load');
const testing = load('@turnspan/testing');

/** The time that all messages bear, so that they are the same for every bot. */
const AT = Date.UTC(2026, 10, 23, 12);
const ANNA = { phone: '16505551234', userId: 'US.13491208655302741918', name: 'Anna' };
const BERT = { phone: '34600000001', name: 'Bert' };

/**
 * What happens to a bot in one round: orders, wrong answers, interrupts, a hand-over, messages that
 * are none, duplicates, and questions that Meta refuses. Ids are the same for every bot that plays
 * the round, and other ones in the next.
 */
function createRound(round) {
  let messages = 0;
  const incoming = (from) => {
    messages += 1;
    return { from, at: AT, id: `wamid.round${round}.message${messages}` };
  };
  const post = (body) => (graph) => graph.postWebhook(body).catch(() => 'the connection broke');
  const says = (text, from = ANNA) => post(testing.textMessage(incoming(from), text));
  const taps = (id) => post(testing.buttonReply(incoming(ANNA), { id, title: id }));
  const fails = (failure) => async (graph) => void graph.failNext(failure);
  const photo = { type: 'image', id: '1', mimeType: 'image/png' };
  const emoji = { messageId: 'wamid.1', emoji: '👍' };
  const menu = post(testing.textMessage(incoming(BERT), 'menu'));
  return [
    ...[says('order'), taps('large'), says('12 Moon Street'), says('what code?')],
    ...[says('ab-1234-5'), taps('yes')],
    ...[says('order'), says('huge'), post(testing.mediaMessage(incoming(ANNA), photo))],
    ...[says('help'), says('are you a robot'), taps('small'), says('cancel')],
    ...[says('menu'), says('opening times'), says('hours'), says('order'), says('cancel')],
    ...[menu, menu, post(testing.reactionMessage(incoming(ANNA), emoji))],
    post(
      testing.batch([
        testing.textMessage(incoming(BERT), 'hours'),
        testing.textMessage(incoming(BERT), 'prices'),
      ]),
    ),
    says('cancel', BERT),
    ...[says('coupon'), says('SUMMER'), says('support'), says('My pizza is cold.')],
    ...[says('menu'), fails({ kind: 'error', code: 131_026 }), says('what?'), says('cancel')],
    ...[fails({ kind: 'unavailable', httpStatus: 503 }), says('coupon'), says('AUTUMN')],
    says('cancel'),
  ];
}

/** Everything that a bot asked of Meta, without the tags that Turnspan adds to messages. */
function transcriptOf({ sent, refused, reads }) {
  const strip = ({ body: { biz_opaque_callback_data: _, ...body } }) => JSON.stringify(body);
  return JSON.stringify({
    sent: sent.map(strip),
    refused: refused.map(strip),
    reads: reads.map(({ messageId, typing }) => [messageId, typing]),
  });
}

module.exports = { createRound, transcriptOf };
