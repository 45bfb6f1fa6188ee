'use strict';
const { BotkitConversation } = require('botkit');
const { address, TEXTS } = require('@turnspan-examples/bot/conversations');

/** The experiment about the question for the door code. */
const EXPERIMENT = 'ask-door';
const DECLARATION = {
  variants: ['one-question', 'split', 'rude'],
  weights: [2, 2, 1],
  flow: 'address',
  plannedUsers: 400,
  smallestDifference: 0.1,
};

const EARLIER_TEXT = 'And your door code? It is on every bill, as in ab-1234-5.';
const VARIANT_TEXTS = {
  'address/zone': 'Which zone are you in? Two letters, as on the sign of your street.',
  'address/code': 'And your door code and slot, as in 1234-5?',
  'address/door_rude': 'No zone, door code and delivery slot (ZZ-CCCC-S), no pizza.',
};

/**
 * What the pizzeria's bot was like, one after the other: as it was for long, with the question for the
 * door code in new words, and with the experiment that is to mend it.
 */
const EDITIONS = {
  earlier: {
    texts: { ...TEXTS, 'address/door_code': EARLIER_TEXT },
    createAddress: () => (controller) => address(controller, EARLIER_TEXT),
  },
  reworded: { texts: TEXTS, createAddress: () => (controller) => address(controller) },
  experiment: {
    texts: { ...TEXTS, ...VARIANT_TEXTS },
    createAddress: (plugin) => (controller) => addressInVariants(controller, plugin),
  },
};

const CODE = '^[a-z]{2}-\\d{4}-\\d$';

function addressInVariants(controller, plugin) {
  const convo = new BotkitConversation('address', controller);
  const add = (node, { thread, pattern = CODE, next = { action: 'noted' } }) => {
    const text = EDITIONS.experiment.texts[`address/${node}`];
    convo.addQuestion(text, [{ pattern, type: 'regex', ...next }, ASK_AGAIN], node, thread);
  };
  convo.ask(TEXTS['address/street'], [{ default: true, action: 'door' }], 'street');
  add('door_code', { thread: 'door' });
  add('zone', { thread: 'split', pattern: '^[a-z]{2}$', next: { handler: async () => {} } });
  add('code', { thread: 'split', pattern: '^\\d{4}-\\d$' });
  add('door_rude', { thread: 'rude' });
  convo.addMessage({ id: 'noted', text: TEXTS['address/noted'] }, 'noted');
  const threads = { split: 'split', rude: 'rude' };
  convo.before('door', plugin.gotoVariant(EXPERIMENT, threads, DECLARATION));
  return convo;
}

const ASK_AGAIN = { default: true, handler: async (_answer, dialog) => dialog.repeat() };

module.exports = { DECLARATION, EDITIONS, EXPERIMENT };
