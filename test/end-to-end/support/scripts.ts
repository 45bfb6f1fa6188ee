import {
  batch,
  buttonReply,
  deletedMessage,
  editedMessage,
  type GraphApi,
  type Incoming,
  listReply,
  locationMessage,
  mediaMessage,
  reactionMessage,
  statusUpdate,
  textMessage,
  unsupportedMessage,
  type WebhookBody,
} from '../../../packages/testing/src';

/** Something that happens to a bot; gives what its webhook answered, or how that failed. */
type Step = (graph: GraphApi) => Promise<unknown>;

/** A conversation, the same each time it is played. */
export type Script = readonly Step[];

/** The time that all messages bear, so that they are the same in every run. */
const AT = Date.UTC(2026, 10, 23, 12);
const ANNA = { phone: '16505551234', userId: 'US.13491208655302741918', name: 'Anna' };
const BERT = { phone: '34600000001', name: 'Bert' };

/** Plays a script and gives what each step came to. */
export async function play(graph: GraphApi, script: Script): Promise<readonly unknown[]> {
  const results: unknown[] = [];
  for (const step of script) results.push(await step(graph));
  return results;
}

let messages = 0;
const incoming = (from: Incoming['from']): Incoming => {
  messages += 1;
  return { from, at: AT, id: `wamid.message${messages}` };
};
const post =
  (body: WebhookBody): Step =>
  (graph) =>
    graph.postWebhook(body).catch(() => 'the connection broke');
const says = (text: string, from: Incoming['from'] = ANNA) =>
  post(textMessage(incoming(from), text));
const taps = (id: string) => post(buttonReply(incoming(ANNA), { id, title: id }));
const fails =
  (...failure: Parameters<GraphApi['failNext']>): Step =>
  async (graph) => {
    graph.failNext(...failure);
  };

const order = textMessage(incoming(ANNA), 'order');
const photo = { type: 'image', id: '1', mimeType: 'image/png' } as const;

/** Conversations that the bot survives. */
export const SCRIPTS: Readonly<Record<string, Script>> = {
  'an order by text and buttons': [
    says('order'),
    taps('large'),
    says('12 Moon Street'),
    says('what code?'),
    says('ab-1234-5'),
    taps('yes'),
  ],
  'wrong answers, media and interrupts': [
    says('order'),
    says('huge'),
    post(mediaMessage(incoming(ANNA), { ...photo, caption: 'this big' })),
    post(mediaMessage(incoming(ANNA), photo)),
    post(locationMessage(incoming(ANNA), { latitude: 1, longitude: 2 })),
    says('help'),
    says('are you a robot'),
    post(listReply(incoming(ANNA), { id: 'small', title: 'Small' })),
    says('cancel'),
    says('menu'),
    says('opening times'),
    says('hours'),
    says('prices'),
    says('order'),
    says('small'),
  ],
  'two customers at once, duplicates, and what is no message': [
    post(order),
    says('menu', BERT),
    post(order),
    post(reactionMessage(incoming(ANNA), { messageId: 'wamid.1', emoji: '👍' })),
    post(editedMessage(incoming(ANNA), { originalId: 'wamid.1', body: 'small' })),
    post(deletedMessage(incoming(ANNA), 'wamid.1')),
    post(unsupportedMessage(incoming(ANNA))),
    post(batch([textMessage(incoming(ANNA), 'small'), textMessage(incoming(ANNA), '1 A Street')])),
    says('prices', BERT),
    (graph) => {
      const [message] = graph.sent;
      if (!message) throw new Error('The bot has sent nothing.');
      return post(statusUpdate({ message, status: 'read', at: AT }))(graph);
    },
    (graph) => graph.postWebhook(order, { signature: 'sha256=00' }),
    (graph) => graph.postWebhook(order, { signature: null }),
  ],
  'a coupon, and a colleague who takes over': [
    says('coupon'),
    says('SUMMER'),
    says('support'),
    says('My pizza is cold.'),
    says('coupon'),
    says('WINTER'),
  ],
  'questions that Meta refuses': [
    says('menu'),
    fails({ kind: 'error', code: 131_026 }),
    says('what?'),
    says('hours'),
    fails({ kind: 'unavailable', httpStatus: 503 }),
    says('coupon'),
    says('AUTUMN'),
    says('AUTUMN'),
  ],
};

/** Conversations that end the process of the bot, with or without Turnspan. */
export const FATAL_SCRIPTS: Readonly<Record<string, Script>> = {
  'a handler that throws': [says('coupon'), says('EXPIRED')],
  'a message that Meta refuses': [fails({ kind: 'error', code: 131_047 }), says('help')],
};
