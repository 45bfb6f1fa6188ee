'use strict';
const { setTimeout: sleep } = require('node:timers/promises');
const { load } = require('../load');
const { textMessage, textOf } = load('@turnspan/testing');

const QUESTION = 'are you a robot';
const ANSWER = 'I am, and a hungry one.';
const LAST_WORD = 'coupon';
const LAST_QUESTION = 'What is your coupon code?';
const RETRY_MS = 100;
const PATIENCE_MS = 90_000;

/**
 * Customers of a bot that dies again and again. Meta posts their messages until there is a 200. Each
 * asks the same things over and over, one after the other, then asks for a coupon and is silent.
 */
class Guests {
  messages = 0;
  /** Messages that never got an answer. */
  lost = 0;
  /** Messages that the bot took twice. */
  repeated = 0;
  retries = 0;
  /** People who owe an answer to the bot's question, and the questions that they got. */
  silent = 0;
  asked = 0;
  #graph;
  #random;
  #phones = new Map();
  #isOver = false;
  #guests = 0;
  #visits = [];

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
    const inbox = [];
    this.#phones.set(phone, inbox);
    const questions = this.#random.between(2, 12);
    for (let question = 0; question < questions; question += 1) {
      await this.#say(phone, QUESTION);
      await this.#await(inbox, { text: ANSWER, times: question + 1 });
      await sleep(this.#random.between(5, 150));
    }
    await this.#say(phone, LAST_WORD);
    await this.#await(inbox, { text: LAST_QUESTION, times: 1 });
    this.#visits.push({ inbox, questions });
  }

  /** Sums up who is silent, when nothing can come any more: an answer may come twice at any time. */
  close() {
    for (const { inbox, questions } of this.#visits) {
      const asked = count(inbox, LAST_QUESTION);
      const misunderstood = inbox.filter(isUnexpected).length;
      this.repeated += count(inbox, ANSWER) - questions + asked - 1 + misunderstood;
      this.asked += asked;
      if (misunderstood === 0) this.silent += 1;
    }
  }

  async #say(phone, text) {
    this.messages += 1;
    const id = `wamid.guest${phone}.${this.messages}`;
    const body = textMessage({ from: { phone, name: 'Guest' }, at: Date.now(), id }, text);
    for (;;) {
      const status = await this.#graph.postWebhook(body).catch(() => 0);
      if (status === 200) return;
      this.retries += 1;
      await sleep(RETRY_MS);
    }
  }

  async #await(inbox, { text, times }) {
    const deadline = Date.now() + PATIENCE_MS;
    while (count(inbox, text) < times) {
      if (Date.now() > deadline) {
        this.lost += 1;
        return;
      }
      await sleep(5);
    }
  }
}

function count(inbox, text) {
  return inbox.filter((each) => each === text).length;
}

/** The bot took a word that it got twice for the answer to its question. */
function isUnexpected(text) {
  return text !== ANSWER && text !== LAST_QUESTION;
}

module.exports = { Guests };
