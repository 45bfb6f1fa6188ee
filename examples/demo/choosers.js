'use strict';
const { DECLARATION, EXPERIMENT } = require('./editions');
const { drawVariant } = require('./lots');
const { DAY, HOUR } = require('./phases');
const {
  asksConfirm,
  confirms,
  givesDoorCode,
  givesWrongDoorCode,
  picksSize,
  saysStreet,
  startsOrder,
  think,
} = require('./personas');

/** How many of a hundred get through each variant: what the experiment is to find out. */
const THROUGH = { 'one-question': 0.68, split: 0.9, rude: 0.35 };
/** Where each variant asks first. */
const FIRST_NODES = { 'one-question': 'door_code', split: 'zone', rude: 'door_rude' };

/** Comes to the question for the door code, in whichever way it is asked. */
function chooser(world) {
  return async function* meetsVariant(me) {
    await startsOrder(me);
    yield think(me);
    await picksSize(me);
    yield think(me);
    await saysStreet(me);
    const variant = seesVariant(me, world);
    yield* ANSWERS[variant](me, me.random.next() < THROUGH[variant]);
  };
}

/** What the phone shows is what was drawn, or the control, because that variant is paused; then it does not count. */
function seesVariant({ phone, diary }, { texts, ledger }) {
  const [{ text }] = phone.inbox;
  const drawn = drawVariant(phone.customer.phone);
  const [control] = DECLARATION.variants;
  const seen = [drawn, control].find((each) => texts[`address/${FIRST_NODES[each]}`] === text);
  if (seen === undefined) throw new Error(`Expected the variant ${drawn}, got "${text}".`);
  const labels = { experiment: EXPERIMENT, variant: drawn };
  if (seen === drawn) diary.shows({ ...labels, goal: 'completed' });
  else ledger.set('conversation_experiment_paused', labels, 1);
  diary.asks(FIRST_NODES[seen]);
  return seen;
}

const ANSWERS = {
  async *'one-question'(me, getsThrough) {
    yield think(me);
    if (!getsThrough || me.random.next() < 0.3) {
      await givesWrongDoorCode(me, 'what is that?');
      yield think(me);
    }
    if (!getsThrough) return yield* fallsSilent(me);
    await givesDoorCode(me);
    yield* finishes(me);
  },
  async *split(me, getsThrough) {
    yield think(me);
    await me.says('ab');
    me.diary.settles('advanced');
    me.diary.asks('code');
    yield think(me);
    if (!getsThrough) return yield* fallsSilent(me);
    await givesDoorCode(me, { code: '1234-5' });
    yield* finishes(me);
  },
  async *rude(me, getsThrough) {
    yield think(me);
    if (getsThrough) {
      await givesDoorCode(me);
      return yield* finishes(me);
    }
    if (me.random.next() < 0.8) await me.optsOut();
    yield* fallsSilent(me);
  },
};

async function* fallsSilent(me) {
  yield DAY + HOUR;
  me.diary.drops();
}

async function* finishes(me) {
  asksConfirm(me);
  yield think(me);
  await confirms(me);
}

module.exports = { chooser, THROUGH };
