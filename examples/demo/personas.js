'use strict';
const { locationMessage, mediaMessage, reactionMessage } = require('@turnspan/testing');
const { DAY, HOUR, MINUTE, SECOND } = require('./phases');

/*
 * Each persona is played by a generator: it does what the customer does, tells the diary what came
 * of it, and yields how long the customer then does nothing. The diary knows only what was written
 * and what arrived on the phone, and refuses a tale that does not fit.
 */

/** Thinks for a while before answering: seconds mostly, sometimes long enough to stall. */
function think(me) {
  const lot = me.random.next();
  if (lot < 0.85) return me.random.between(4 * SECOND, 3 * MINUTE);
  return lot < 0.97
    ? me.random.between(3 * MINUTE, 29 * MINUTE)
    : me.random.between(31 * MINUTE, 5 * HOUR);
}

const tap = (text) => ({ id: text, title: text });

async function startsOrder(me, options) {
  await me.says('order', options);
  me.diary.begins('order', 'user');
  me.diary.passes('hello');
  me.diary.asks('size');
}

async function picksSize(me, options) {
  await me.taps(tap(me.random.pick(['small', 'medium', 'large'])), options);
  me.diary.settles('advanced');
  asksAddress(me);
}

function asksAddress({ diary }) {
  diary.opens('delivery');
  diary.begins('address', 'child');
  diary.asks('street');
}

async function saysStreet(me, options) {
  await me.says(`${me.random.between(1, 99)} Moon Street`, options);
  me.diary.settles('advanced');
}

async function givesStreet(me, options) {
  await saysStreet(me, options);
  me.diary.asks('door_code');
}

async function givesDoorCode(me, { code, ...options } = {}) {
  await me.says(code ?? `ab-${me.random.between(1000, 9999)}-${me.random.between(1, 9)}`, options);
  const { diary } = me;
  diary.settles('advanced');
  diary.passes('noted', 'completed');
  diary.ends('completed');
}

async function givesWrongDoorCode(me, text) {
  await me.says(text);
  me.diary.confuses('door_code', 'no_match');
  me.diary.settles('repeated');
  me.diary.asks('door_code');
}

/** The child flow is over: the order goes on. */
function asksConfirm({ diary }) {
  diary.settles('advanced');
  diary.asks('confirm');
}

async function confirms(me, options) {
  await me.taps(tap('yes'), options);
  me.diary.settles('advanced');
  me.diary.passes('placed', 'completed');
  me.diary.ends('completed');
}

async function* orders(me, options) {
  await startsOrder(me, options);
  yield think(me);
  await picksSize(me, options);
  yield think(me);
  await givesStreet(me, options);
  yield think(me);
  await givesDoorCode(me, options);
  asksConfirm(me);
  yield think(me);
  await confirms(me, options);
}

async function* untilDoorCode(me) {
  await startsOrder(me);
  yield think(me);
  await picksSize(me);
  yield think(me);
  await givesStreet(me);
}

/** Comes for a pizza and gets it. */
async function* buyer(me) {
  yield* orders(me);
}

/** Does not know the door code and leaves. */
async function* lostAtDoorCode(me) {
  yield* untilDoorCode(me);
  yield think(me);
  if (me.random.next() < 0.6) {
    await givesWrongDoorCode(me, 'what is that?');
    yield think(me);
  }
  yield 25 * HOUR;
  me.diary.drops();
}

/** Tries three wrong codes before the right one: goes round in a loop. */
async function* loopsAtDoorCode(me) {
  yield* untilDoorCode(me);
  yield think(me);
  await givesWrongDoorCode(me, '1234');
  yield think(me);
  await givesWrongDoorCode(me, '12345');
  me.diary.loops('door_code', 1);
  yield think(me);
  await givesWrongDoorCode(me, 'door 4');
  yield think(me);
  await givesDoorCode(me);
  asksConfirm(me);
  yield think(me);
  await confirms(me);
}

/** Says the same wrong thing twice, then gives up. */
async function* repeatsItself(me) {
  yield* untilDoorCode(me);
  yield think(me);
  await givesWrongDoorCode(me, 'I have none');
  yield think(me);
  await me.says('I have none');
  me.diary.confuses('door_code', 'no_match');
  me.diary.confuses('door_code', 'identical_input');
  me.diary.settles('repeated');
  me.diary.asks('door_code');
  me.diary.loops('door_code', 1);
  yield think(me);
  await me.says('cancel');
  stopsAtAddress(me);
}

function stopsAtAddress({ diary }) {
  diary.leaves('stopped');
  diary.ends('stopped');
  diary.leaves('stopped');
  diary.ends('stopped');
  diary.hears('Cancelled.');
}

/** Is so annoyed by the door code that they want no more messages, and WhatsApp lets none through. */
function annoyedCustomer({ promote }) {
  return async function* annoyed(me) {
    yield* untilDoorCode(me);
    yield think(me);
    await givesWrongDoorCode(me, 'why do you need that?');
    yield think(me);
    await me.optsOut();
    yield 25 * HOUR;
    me.diary.drops();
    me.losesMessages('order_ready', 131049);
    me.isSpokenTo();
    await promote(me.phone.customer.phone);
    me.diary.hears('order_ready');
  };
}

/** Leaves at the very first question. */
async function* bouncer(me) {
  await startsOrder(me);
  yield 26 * HOUR;
  me.diary.drops();
}

/** Is still thinking when the days are over. */
async function* undecided(me) {
  await startsOrder(me);
  yield MINUTE;
}

/** Wants a size that does not exist. */
async function* wantsExtraLarge(me) {
  await startsOrder(me);
  yield think(me);
  await me.says('XXL');
  me.diary.hears('Sorry, that is no size.', 'size');
  me.diary.confuses('size', 'no_match');
  me.diary.settles('repeated');
  me.diary.asks('size');
  yield think(me);
  await picksSize(me);
  yield 25 * HOUR;
  me.diary.drops();
}

/** Changes their mind at the end and starts over. */
async function* startsOver(me) {
  yield* untilDoorCode(me);
  yield think(me);
  await givesDoorCode(me);
  asksConfirm(me);
  yield think(me);
  await me.taps(tap('no'));
  me.diary.confuses('confirm', 'back');
  me.diary.settles('jumped');
  me.diary.passes('hello', 'jumped');
  me.diary.asks('size');
  yield think(me);
  await me.says('cancel');
  me.diary.leaves('stopped');
  me.diary.ends('stopped');
  me.diary.hears('Cancelled.');
}

/** Looks around in the menu, which may be shown again and again, then orders. */
async function* browser(me) {
  const { diary } = me;
  await me.says('menu');
  diary.begins('menu', 'user');
  diary.asks('choice');
  const visits = [
    ['prices', 'advanced'],
    ['hours', 'advanced'],
    ['prices', 'jumped'],
    ['hours', 'jumped'],
    ['prices', 'jumped'],
  ];
  for (const [topic, outcome] of visits) {
    yield think(me);
    await me.says(topic);
    diary.settles(outcome);
    diary.passes(topic, 'jumped');
    diary.asks('choice');
  }
  yield think(me);
  await me.says('order');
  diary.settles('advanced');
  diary.acts('order.0', 'switched');
  diary.ends('switched');
  diary.begins('order', 'switch');
  diary.passes('hello');
  diary.asks('size');
  yield 25 * HOUR;
  diary.drops();
}

/** Asks for help in the middle of a question, then goes on. */
async function* asksForHelp(me) {
  const { diary } = me;
  await startsOrder(me);
  yield think(me);
  await picksSize(me);
  yield think(me);
  await me.says('help');
  diary.confuses('street', 'help');
  diary.leaves('jumped');
  diary.begins('help', 'child');
  diary.passes('text', 'completed');
  diary.ends('completed');
  diary.asks('street');
  yield think(me);
  await givesStreet(me);
  yield 25 * HOUR;
  diary.drops();
}

/** Says something beside the question, which goes on waiting. */
async function* chats(me) {
  await startsOrder(me);
  yield 2 * MINUTE;
  await me.says('are you a robot');
  me.diary.hears('I am, and a hungry one.');
  yield 23 * HOUR;
  await picksSize(me);
  yield 25 * HOUR;
  me.diary.drops();
}

/** Sends a picture where a street was asked for. */
async function* sendsMedia(me) {
  await startsOrder(me);
  yield think(me);
  await picksSize(me);
  yield think(me);
  const photo = { type: 'image', id: 'media-1', mimeType: 'image/jpeg' };
  const place = { latitude: 40.4, longitude: -3.7 };
  const isPhoto = me.random.next() < 0.5;
  await me.sends((incoming) =>
    isPhoto ? mediaMessage(incoming, photo) : locationMessage(incoming, place),
  );
  me.diary.confuses('street', 'media');
  me.diary.settles('advanced');
  me.diary.asks('door_code');
  yield 25 * HOUR;
  me.diary.drops();
}

/** Only reacts: no answer, and no word that would keep the window open. */
async function* reacts(me) {
  await startsOrder(me);
  yield HOUR;
  const target = me.phone.lastMessageId;
  await me.sends((incoming) => reactionMessage(incoming, { messageId: target, emoji: '👍' }), {
    silent: true,
  });
  yield HOUR;
  const sticker = { type: 'sticker', id: 'sticker-1', mimeType: 'image/webp' };
  await me.sends((incoming) => mediaMessage(incoming, sticker), { silent: true });
  yield 24 * HOUR;
  me.diary.drops();
}

/** Meta posts each of the webhooks twice or three times. */
async function* duplicated(me) {
  yield* orders(me, { copies: me.random.between(2, 3) });
}

/** Writes two messages before the bot has answered the first. */
async function* hasty(me) {
  const { diary } = me;
  await me.saysTogether(['order', 'small']);
  diary.begins('order', 'user');
  diary.passes('hello');
  diary.asks('size');
  diary.turnsAgain();
  diary.settles('advanced');
  asksAddress(me);
  yield 25 * HOUR;
  diary.drops();
}

/** Comes back after two days and goes on as if nothing had happened. */
async function* returner(me) {
  const { diary } = me;
  await startsOrder(me);
  yield think(me);
  await picksSize(me);
  yield me.random.between(25 * HOUR, 40 * HOUR);
  diary.drops();
  await me.says('5 Late Street');
  diary.returns('address', 'street');
  diary.begins('order', 'return');
  diary.begins('address', 'return');
  diary.asks('door_code');
  yield think(me);
  await givesDoorCode(me);
  diary.asks('confirm');
  yield think(me);
  await confirms(me);
}

/**
 * Answers around the very millisecond in which the deadline passes, while the sweeper looks. At
 * the deadline it is too late, a millisecond before it is just in time; if the bot is busy with
 * somebody else at that moment, it may be a little later than meant.
 */
function aroundTheDeadline({ sweep }, earlierMs) {
  return async function* lastMoment(me) {
    const { diary } = me;
    const deadline = me.time + DAY;
    await startsOrder(me);
    yield deadline - earlierMs - me.time;
    const isTooLate = me.time >= deadline;
    if (isTooLate) diary.drops();
    await Promise.all([sweep(), me.says('small')]);
    if (isTooLate) {
      diary.returns('order', 'size');
      diary.begins('order', 'return');
    } else diary.settles('advanced');
    asksAddress(me);
    yield 25 * HOUR;
    diary.drops();
  };
}

/** Talks to both processes in turn. */
async function* twoProcesses(me) {
  await startsOrder(me, { to: 'A' });
  yield think(me);
  await picksSize(me, { to: 'B' });
  yield think(me);
  await givesStreet(me, { to: 'A' });
  yield think(me);
  await givesDoorCode(me, { to: 'B' });
  asksConfirm(me);
  yield think(me);
  await confirms(me, { to: 'B' });
}

/** Is in the middle of an order while process B restarts, and goes on there. */
async function* acrossRestart(me) {
  await startsOrder(me, { to: 'B' });
  yield think(me);
  await picksSize(me, { to: 'B' });
  yield 20 * HOUR;
  await givesStreet(me, { to: 'B' });
  yield think(me);
  await givesDoorCode(me, { to: 'B' });
  asksConfirm(me);
  yield think(me);
  await confirms(me, { to: 'B' });
}

/** Comes back three days later to a process that has restarted since. */
async function* afterThreeDays(me) {
  const { diary } = me;
  await startsOrder(me, { to: 'B' });
  yield 3 * DAY;
  diary.drops();
  await me.says('small', { to: 'B' });
  diary.returns('order', 'size');
  diary.begins('order', 'return');
  asksAddress(me);
  yield think(me);
  await me.says('cancel', { to: 'B' });
  stopsAtAddress(me);
}

/** The clock of the bot's machine is set back by 40 seconds while it answers. */
async function* clockSetBack(me) {
  const { diary } = me;
  await me.says('coupon');
  diary.begins('coupon', 'user');
  diary.asks('code');
  yield 15 * SECOND;
  const restore = me.skewsClock(-40 * SECOND);
  await me.says('PIZZA10');
  diary.settles('advanced');
  diary.passes('valid', 'completed');
  diary.ends('completed');
  restore();
  // The wait, the length of the journey, Meta's delay and the felt response time.
  me.notes('turnspan_clock_skews_total', 4);
}

/** Uses a coupon. */
async function* usesCoupon(me) {
  const { diary } = me;
  await me.says('coupon');
  diary.begins('coupon', 'user');
  diary.asks('code');
  if (me.random.next() < 0.4) {
    yield 7 * HOUR;
    diary.drops();
    return;
  }
  yield think(me);
  await me.says('PIZZA10');
  diary.settles('advanced');
  diary.passes('valid', 'completed');
  diary.ends('completed');
}

/** Meets a handler that throws, and tries again. */
function meetsError({ giveUp }) {
  return async function* triesAgain(me) {
    const { diary } = me;
    await me.says('coupon');
    diary.begins('coupon', 'user');
    diary.asks('code');
    yield think(me);
    await me.says('EXPIRED', { meanwhile: giveUp });
    diary.settles('failed');
    diary.ends('failed');
    yield 5 * MINUTE;
    await me.says('PIZZA10');
    diary.begins('coupon', 'return');
    diary.passes('valid', 'completed');
    diary.ends('completed');
  };
}

/** The Graph API refuses a question: Botkit says so in its own words and takes that for an answer. */
async function* refused(me) {
  const { diary } = me;
  me.refuses('Which size', 131047);
  await me.says('order');
  diary.begins('order', 'user');
  diary.passes('hello');
  diary.opens('size');
  diary.leaves('undelivered');
  diary.hears('Failed to start prompt order_default_prompt', 'size');
  diary.hears('Sorry, that is no size.', 'size');
  diary.asks('size');
  yield 25 * HOUR;
  diary.drops();
}

/** A question is accepted, and fails on its way: the customer never sees it. */
async function* unreachable(me) {
  const { diary } = me;
  me.losesMessages('Which street', 131026);
  await startsOrder(me);
  yield think(me);
  await picksSize(me);
  yield HOUR;
  diary.fails('undelivered', me.phone.failedAt);
}

/** Is asked by the pizzeria how it was, and answers. */
function critic({ askForFeedback, isFlowEdited }) {
  return async function* answersFeedback(me) {
    const { diary } = me;
    me.isSpokenTo();
    await askForFeedback(me.phone.customer.phone);
    diary.begins('feedback', 'template');
    diary.asks('stars');
    yield think(me);
    if (me.random.next() < 0.3) {
      await me.says('great');
      diary.confuses('stars', 'no_match');
      diary.settles('repeated');
      diary.asks('stars');
      yield think(me);
    }
    await me.says(String(me.random.between(1, 5)));
    diary.settles('advanced');
    diary.asks('comment');
    yield think(me);
    await me.says('more cheese');
    diary.settles('advanced');
    const hint = isFlowEdited();
    diary.passes('thanks', hint ? 'advanced' : 'completed');
    if (hint) diary.passes('hint', 'completed');
    diary.ends('completed');
  };
}

/** Is asked how it was, and never says a word: that is no drop-off. */
function silentCritic({ askForFeedback }) {
  return async function* ignoresFeedback(me) {
    me.isSpokenTo();
    await askForFeedback(me.phone.customer.phone);
    me.diary.begins('feedback', 'template');
    me.diary.asks('stars');
    yield 25 * HOUR;
    me.diary.drops('not_engaged');
  };
}

/** Gets a person to talk to; the clock of the bot stops. */
function needsPerson({ agentSays }) {
  return async function* talksToPerson(me) {
    const { diary } = me;
    await me.says('support');
    diary.begins('support', 'user');
    diary.asks('topic');
    yield think(me);
    await me.says('my pizza is late');
    diary.settles('handed_off');
    diary.ends('handed_off');
    me.phone.responder = 'agent';
    yield me.random.between(3 * MINUTE, 50 * MINUTE);
    me.isSpokenTo();
    await agentSays(me.phone.customer.phone, 'Anna here. It is at your corner!');
    diary.hears('Anna here. It is at your corner!');
  };
}

/** Who comes how often; one in so many is the share of each. */
function createPersonas(world) {
  return [
    [420, buyer],
    [430, lostAtDoorCode],
    [130, loopsAtDoorCode],
    [50, repeatsItself],
    [70, annoyedCustomer(world)],
    [150, bouncer],
    [60, wantsExtraLarge],
    [60, startsOver],
    [120, browser],
    [60, asksForHelp],
    [30, chats],
    [40, sendsMedia],
    [25, reacts],
    [40, duplicated],
    [40, hasty],
    [80, returner],
    [15, aroundTheDeadline(world, 0)],
    [15, aroundTheDeadline(world, 1)],
    [40, twoProcesses],
    [15, clockSetBack],
    [90, usesCoupon],
    [10, meetsError(world)],
    [20, refused],
    [20, unreachable],
    [90, critic(world)],
    [60, silentCritic(world)],
    [50, needsPerson(world)],
  ];
}

/** Who comes while the question for the door code is a good one: hardly anybody is lost there. */
function createQuietPersonas(world) {
  const isPlayedOnce = /returner|lastMoment|clockSetBack|triesAgain/;
  const shares = {
    buyer: 1050,
    lostAtDoorCode: 25,
    loopsAtDoorCode: 10,
    repeatsItself: 5,
    annoyed: 5,
  };
  return createPersonas(world)
    .filter(([, { name }]) => !isPlayedOnce.test(name))
    .map(([share, tale]) => [shares[tale.name] ?? share, tale]);
}

/** Who has to come at a certain time, so that the days have what they are for. */
const LATECOMERS = { undecided, acrossRestart, afterThreeDays };

module.exports = {
  DAY,
  HOUR,
  LATECOMERS,
  MINUTE,
  asksConfirm,
  confirms,
  createPersonas,
  createQuietPersonas,
  givesDoorCode,
  givesWrongDoorCode,
  picksSize,
  saysStreet,
  startsOrder,
  think,
};
