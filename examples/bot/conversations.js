'use strict';
const { BotkitConversation } = require('botkit');

/** What the bot says, node by node. */
const TEXTS = {
  'order/hello': 'Hi! Let us get you a pizza.',
  'order/size': 'Which size: small, medium or large?',
  'order/delivery': '',
  'order/confirm': 'One pizza to your door, in 40 minutes. Shall I place the order?',
  'order/placed': 'Thank you! Your pizza is in the oven.',
  'address/street': 'Which street and number?',
  'address/door_code': 'Please give zone, door code and delivery slot (ZZ-CCCC-S).',
  'address/noted': 'Noted.',
  'menu/choice': 'What would you like to see: prices, hours, or order?',
  'menu/prices': 'Small 8, medium 10, large 12 euros.',
  'menu/hours': 'We bake from 11 to 23, every day.',
  'help/text': 'I take orders for pizza. Just answer the question, or write "cancel".',
  'coupon/code': 'What is your coupon code?',
  'coupon/valid': 'Ten percent off your next order!',
  'feedback/stars': 'How was your pizza? Give it 1 to 5 stars.',
  'feedback/comment': 'What could we do better?',
  'feedback/thanks': 'Thank you, that helps.',
  'support/topic': 'What is it about? I will get a colleague.',
};

/** Adds the conversations of a pizzeria to a Botkit controller; another one may ask for the address. */
function addConversations(controller, createAddress = address) {
  for (const create of [order, createAddress, menu, help, coupon, feedback, support]) {
    controller.addDialog(create(controller));
  }
  for (const flow of ['order', 'menu', 'coupon', 'support']) {
    controller.hears(flow, 'message', (bot) => bot.beginDialog(flow));
  }
  controller.interrupts('help', 'message', (bot) => bot.beginDialog('help'));
  controller.interrupts('are you a robot', 'message', (bot) => bot.say('I am, and a hungry one.'));
  controller.interrupts('cancel', 'message', async (bot) => {
    await bot.cancelAllDialogs();
    await bot.say('Cancelled.');
  });
}

function order(controller) {
  const convo = new BotkitConversation('order', controller);
  convo.say({ id: 'hello', text: TEXTS['order/hello'] });
  convo.ask(
    {
      text: TEXTS['order/size'],
      quick_replies: ['small', 'medium', 'large'].map((size) => ({ title: size, payload: size })),
    },
    [
      { pattern: '^(small|medium|large)$', type: 'regex', handler: async () => {} },
      {
        default: true,
        handler: async (_answer, dialog, bot) => {
          await bot.say('Sorry, that is no size.');
          await dialog.repeat();
        },
      },
    ],
    'size',
  );
  convo.addChildDialog('address', 'delivery');
  convo.ask(
    {
      text: TEXTS['order/confirm'],
      quick_replies: ['yes', 'no'].map((answer) => ({ title: answer, payload: answer })),
    },
    [
      { pattern: '^yes$', type: 'regex', action: 'placed' },
      { pattern: '^no$', type: 'regex', action: 'default' },
      { default: true, action: 'repeat' },
    ],
    'confirm',
  );
  convo.addMessage({ id: 'placed', text: TEXTS['order/placed'] }, 'placed');
  return convo;
}

/** Asks where to; a door code in other words is still a door code. */
function address(controller, doorText = TEXTS['address/door_code']) {
  const convo = new BotkitConversation('address', controller);
  convo.ask(TEXTS['address/street'], async () => {}, 'street');
  convo.ask(
    doorText,
    [
      { pattern: '^[a-z]{2}-\\d{4}-\\d$', type: 'regex', handler: async () => {} },
      { default: true, handler: async (_answer, dialog) => dialog.repeat() },
    ],
    'door_code',
  );
  convo.say({ id: 'noted', text: TEXTS['address/noted'] });
  return convo;
}

function menu(controller) {
  const convo = new BotkitConversation('menu', controller);
  convo.ask(
    TEXTS['menu/choice'],
    [
      { pattern: '^prices$', type: 'regex', action: 'prices' },
      { pattern: '^hours$', type: 'regex', action: 'hours' },
      { pattern: '^order$', type: 'regex', action: 'order' },
      { default: true, action: 'repeat' },
    ],
    'choice',
  );
  convo.addMessage({ id: 'prices', text: TEXTS['menu/prices'], action: 'default' }, 'prices');
  convo.addMessage({ id: 'hours', text: TEXTS['menu/hours'], action: 'default' }, 'hours');
  convo.addGotoDialog('order', 'order');
  return convo;
}

function help(controller) {
  const convo = new BotkitConversation('help', controller);
  convo.say({ id: 'text', text: TEXTS['help/text'] });
  return convo;
}

function coupon(controller) {
  const convo = new BotkitConversation('coupon', controller);
  convo.ask(
    TEXTS['coupon/code'],
    async (code) => {
      if (code === 'EXPIRED') throw new Error('the coupon service gave up');
    },
    'code',
  );
  convo.say({ id: 'valid', text: TEXTS['coupon/valid'] });
  return convo;
}

function feedback(controller) {
  const convo = new BotkitConversation('feedback', controller);
  convo.ask(
    TEXTS['feedback/stars'],
    [
      { pattern: '^[1-5]$', type: 'regex', handler: async () => {} },
      { default: true, action: 'repeat' },
    ],
    'stars',
  );
  convo.ask(TEXTS['feedback/comment'], async () => {}, 'comment');
  convo.say({ id: 'thanks', text: TEXTS['feedback/thanks'] });
  return convo;
}

/** The colleague takes over: the Bot Framework's own event says so. */
function support(controller) {
  const convo = new BotkitConversation('support', controller);
  convo.ask(
    TEXTS['support/topic'],
    async (_answer, dialog, bot) => {
      await bot.say({ type: 'event', name: 'handoff.initiate' });
      await dialog.stop();
    },
    'topic',
  );
  return convo;
}

module.exports = { addConversations, address, TEXTS };
