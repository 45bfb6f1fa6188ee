'use strict';
const { setTimeout: sleep } = require('node:timers/promises');

/*
 * What customers do, each told to a diary that refuses what did not happen. `pause` is how long they
 * think between two messages.
 */

const tap = (text) => ({ id: text, title: text });

async function order(me) {
  await me.says('order');
  me.diary.begins('order', 'user');
  me.diary.passes('hello');
  me.diary.asks('size');
}

async function size(me) {
  await me.taps(tap('large'));
  me.diary.settles('advanced');
  me.diary.opens('delivery');
  me.diary.begins('address', 'child');
  me.diary.asks('street');
}

async function street(me) {
  await me.says('12 Moon Street');
  me.diary.settles('advanced');
  me.diary.asks('door_code');
}

async function wrongCode(me) {
  await me.says('no idea');
  me.diary.confuses('door_code', 'no_match');
  me.diary.settles('repeated');
  me.diary.asks('door_code');
}

async function code(me) {
  await me.says('ab-1234-5');
  me.diary.settles('advanced');
  me.diary.passes('noted', 'completed');
  me.diary.ends('completed');
  me.diary.settles('advanced');
  me.diary.asks('confirm');
}

async function confirm(me) {
  await me.taps(tap('yes'));
  me.diary.settles('advanced');
  me.diary.passes('placed', 'completed');
  me.diary.ends('completed');
}

async function cancelInAddress(me) {
  await me.says('cancel');
  for (let flow = 0; flow < 2; flow += 1) {
    me.diary.leaves('stopped');
    me.diary.ends('stopped');
  }
  me.diary.hears('Cancelled.');
}

async function menu(me) {
  await me.says('menu');
  me.diary.begins('menu', 'user');
  me.diary.asks('choice');
}

const look = (topic, outcome) => async (me) => {
  await me.says(topic);
  me.diary.settles(outcome);
  me.diary.passes(topic, 'jumped');
  me.diary.asks('choice');
};

async function cancelMenu(me) {
  await me.says('cancel');
  me.diary.leaves('stopped');
  me.diary.ends('stopped');
  me.diary.hears('Cancelled.');
}

async function coupon(me) {
  await me.says('coupon');
  me.diary.begins('coupon', 'user');
  me.diary.asks('code');
}

/** Tales after which the customer could come again. */
const ROUND_TALES = [
  [order, size, street, code, confirm],
  [order, size, street, wrongCode, code, confirm],
  [order, size, cancelInAddress],
  [menu, look('prices', 'advanced'), look('hours', 'advanced'), cancelMenu],
];

/** Tales that end in silence, after which nothing more comes. */
const SILENT_TALES = [[order], [order, size, street], [order, size, street, wrongCode]];
const SHORT_SILENCE = [coupon];

/** Plays a tale in real time. */
async function tell(me, steps, pause) {
  for (const [index, step] of steps.entries()) {
    if (index > 0) await sleep(pause());
    await step(me);
    me.diary.check();
  }
}

module.exports = { ROUND_TALES, SHORT_SILENCE, SILENT_TALES, tell };
