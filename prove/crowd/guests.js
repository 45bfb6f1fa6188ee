'use strict';
const { setTimeout: sleep } = require('node:timers/promises');
const { TEXTS } = require('../../examples/bot/conversations');
const { ASIDE } = require('../bot/ledger');
const { load } = require('../load');
const { textMessage, textOf } = load('@turnspan/testing');

/** What a guest says to each thing that the bot may have said last; the end of an order begins one. */
const ANSWERS = {
  [TEXTS['order/size']]: ['small', 'medium', 'enormous'],
  [TEXTS['address/street']]: ['Main Street 1'],
  [TEXTS['address/door_code']]: ['AB-1234-5', 'AB-1234-5', 'what code?'],
  [TEXTS['order/confirm']]: ['yes', 'yes', 'perhaps'],
  [TEXTS['order/placed']]: ['order'],
};
const FIRST_WORD = 'order';
const RETRY_MS = 100;
const PATIENCE_MS = 120_000;
/** How long something that can be answered may follow what was heard. */
const QUIET_MS = 15_000;

/**
 * Customers of a bot that dies again and again. Meta posts their messages until there is a 200. Each
 * orders pizza as long as it likes, then is silent at some question.
 */
class Guests {
  /** The messages that WhatsApp got a 200 for. */
  acknowledged = [];
  retries = 0;
  #graph;
  #random;
  #phones = new Map();
  #isOver = false;
  #guests = 0;

  constructor({ graph, webhookUrl, random }) {
    this.#graph = graph;
    this.#random = random;
    graph.setWebhookUrl(webhookUrl);
    graph.setStatuses((message) => {
      this.#phones.get(message.to)?.push(textOf(message));
      return [];
    });
  }

  /** Lets so many people at a time come, one after the other, until they are to leave. */
  async visit(people) {
    const places = Array.from({ length: people }, async () => {
      while (!this.#isOver) await this.#live();
    });
    await Promise.all(places);
  }

  /** Nobody new comes. */
  leave() {
    this.#isOver = true;
  }

  async #live() {
    this.#guests += 1;
    const phone = String(34_600_000_000 + this.#guests);
    const heard = [];
    this.#phones.set(phone, heard);
    let last = FIRST_WORD;
    for (let words = this.#random.between(3, 20); words > 0 && !this.#isOver; words -= 1) {
      const from = heard.length;
      const isAside = heard.length > 0 && this.#random.between(1, 10) === 1;
      await this.#say(phone, isAside ? ASIDE : last);
      last = await this.#listen(heard, from);
      await sleep(this.#random.between(5, 150));
    }
  }

  /** Waits for something that can be answered, and gives the answer. */
  async #listen(heard, from) {
    const deadline = Date.now() + PATIENCE_MS;
    while (heard.length === from && Date.now() < deadline) await sleep(5);
    const quiet = Date.now() + QUIET_MS;
    while (Date.now() < quiet) {
      const answers = ANSWERS[heard.at(-1)];
      if (answers) return answers[this.#random.between(0, answers.length - 1)];
      // An aside leaves the question open that came before it.
      if (heard.at(-1)?.startsWith('I am')) break;
      await sleep(20);
    }
    const open = heard.findLast((text) => ANSWERS[text]);
    return open ? ANSWERS[open][0] : FIRST_WORD;
  }

  async #say(phone, text) {
    const id = `wamid.guest${phone}.${this.acknowledged.length}.${this.#random.between(0, 1e9)}`;
    const body = textMessage({ from: { phone, name: 'Guest' }, at: Date.now(), id }, text);
    for (;;) {
      const status = await this.#graph.postWebhook(body).catch(() => 0);
      if (status === 200) break;
      this.retries += 1;
      await sleep(RETRY_MS);
    }
    this.acknowledged.push(id);
  }
}

module.exports = { Guests };
