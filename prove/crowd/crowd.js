'use strict';
const { setTimeout: sleep } = require('node:timers/promises');
const { TEXTS } = require('../../examples/bot/conversations');
const { ACCOUNT } = require('../bot/pizza-bot');
const { load } = require('../load');
const { ROUND_TALES, SHORT_SILENCE, SILENT_TALES, tell } = require('./tales');
const { Actor, addUp, Bookkeeper, Diary, Ledger, Phone, Random } = load('@turnspan/testing');

/** Metrics whose every exposed series has to be in the ledger. */
const COUNTERS = [
  'conversation_journeys_started_total',
  'conversation_journeys_ended_total',
  'conversation_node_entries_total',
  'conversation_node_exits_total',
  'conversation_node_returns_total',
  'conversation_node_confusions_total',
  'conversation_node_stalls_total',
  'conversation_transitions_total',
];

/** Counts only: how long something took is not known to the millisecond in real time. */
class CountingLedger extends Ledger {
  observe() {}
}

const realClock = {
  now: () => Date.now(),
  get time() {
    return Date.now();
  },
};

/** Customers in real time: each plays one tale after the other, and some end in silence. */
class Crowd {
  ledger = new CountingLedger();
  /** Everybody who has become silent, and so will be dropped. */
  #silent = [];
  #phones = new Map();
  #random;
  #stage;
  #customers = 0;
  #isWrong = false;

  constructor({ graph, webhookUrl, seed = 3 }) {
    this.#random = new Random(seed);
    this.ledger.know(...COUNTERS);
    const endpoint = { channel: 'whatsapp', line: ACCOUNT.phoneNumberId };
    this.#stage = {
      clock: realClock,
      graph,
      ledger: this.ledger,
      random: this.#random,
      endpoint,
      webhooks: { all: webhookUrl },
    };
    graph.setStatuses((message) => {
      this.#phones.get(message.to)?.receive(message, []);
      return [];
    });
  }

  /** How many people there were. */
  get size() {
    return this.#customers;
  }

  /** How many of them will be dropped. */
  get silent() {
    return this.#silent.length;
  }

  /** Lets so many people talk at a time, until it is over. */
  async talk({ people, isOver, pause = () => this.#random.between(5, 60) }) {
    const places = Array.from({ length: people }, async () => {
      while (!isOver() && !this.#isWrong) await this.#live(pause);
    });
    const outcomes = await Promise.allSettled(places);
    for (const { reason } of outcomes) if (reason) throw reason;
  }

  /** Lets everybody who is silent be dropped, in the ledger; the bot has to find out by itself. */
  dropSilent() {
    for (const { diary } of this.#silent) diary.drops();
  }

  /** Holds what all processes together have counted of conversations against the truth. */
  check(expositions) {
    const checks = this.ledger.check(addUp(expositions));
    return checks.filter(({ series }) => series.startsWith('conversation_'));
  }

  /** Holds the sums of the journal, as samples, against the truth. */
  checkJournal(samples) {
    const names = new Set(samples.map(({ name }) => name));
    const checks = this.ledger.check(samples);
    return checks.filter(
      ({ series, expected, actual }) =>
        names.has(series.replace(/\{.*/s, '')) && (expected > 0 || actual !== undefined),
    );
  }

  async #live(pause) {
    const me = this.#create();
    const lot = this.#random.next();
    const isSilent = lot < 0.2;
    const silence = lot < 0.08 ? [SHORT_SILENCE] : SILENT_TALES;
    await this.#tell(me, this.#random.pick(isSilent ? silence : ROUND_TALES), pause);
    if (isSilent) this.#silent.push(me);
    else this.#phones.delete(me.phone.customer.phone);
    await sleep(pause());
  }

  /** A tale that is not true ends all others. */
  async #tell(me, steps, pause) {
    try {
      await tell(me, steps, pause);
    } catch (error) {
      this.#isWrong = true;
      throw error;
    }
  }

  #create() {
    this.#customers += 1;
    const phone = new Phone({ phone: String(34_600_000_000 + this.#customers), name: 'Somebody' });
    const book = new Bookkeeper(this.ledger, this.#stage.endpoint);
    const diary = new Diary({
      phone,
      book,
      texts: TEXTS,
      stallAfterMs: Number.POSITIVE_INFINITY,
      dropAfterMs: () => 0,
    });
    this.#phones.set(phone.customer.phone, phone);
    return new Actor(this.#stage, phone, diary);
  }
}

module.exports = { Crowd };
