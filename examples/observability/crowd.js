'use strict';
const { setMaxListeners } = require('node:events');
const { setTimeout: sleep } = require('node:timers/promises');
const { TEXTS } = require('@turnspan-examples/bot/conversations');
const { Actor, Bookkeeper, Diary, Ledger, Phone } = require('@turnspan/testing');

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Nobody looks into it: what the diaries write down is only there to tell a tale that is not true. */
class NoLedger extends Ledger {
  count() {}
  observe() {}
  set() {}
}

const realClock = {
  now: () => Date.now(),
  get time() {
    return Date.now();
  },
};

/**
 * Plays the tales of the demo in real time, only faster: of what they yield as so many hours, a part
 * passes. It stands in for the simulation, which has all the time in the world.
 */
class Crowd {
  start;
  ledger = new NoLedger();
  /** How many tales were told to their end, and how many turned out otherwise. */
  told = 0;
  broken = 0;
  #stage;
  #pace;
  #actors = new Map();
  #closing = new AbortController();

  constructor({ graph, random, webhookUrl, line, pace, start }) {
    this.start = start;
    this.#pace = pace;
    setMaxListeners(0, this.#closing.signal);
    this.#stage = {
      clock: realClock,
      graph,
      ledger: this.ledger,
      random,
      endpoint: { channel: 'whatsapp', line },
      webhooks: { A: webhookUrl, B: webhookUrl },
    };
    graph.setWebhookUrl(webhookUrl);
    graph.setStatuses((message) => this.#deliver(message));
    this.every(500 * pace, () => graph.flushStatuses(Date.now()));
  }

  get time() {
    return Date.now();
  }

  /** Lets a customer live a tale. A tale that turns out otherwise is given up. */
  async add(customer, tale) {
    const actor = this.#create(customer);
    const ids = [customer.phone, customer.userId].filter(Boolean);
    for (const id of ids) this.#actors.set(id, actor);
    try {
      for await (const ms of tale(actor)) {
        actor.diary.check();
        await this.#pass(ms);
      }
      actor.diary.check();
      this.told += 1;
    } catch (error) {
      if (this.#closing.signal.aborted) return;
      this.broken += 1;
      console.error(`${tale.name}: ${error.message}`);
    } finally {
      for (const id of ids) this.#actors.delete(id);
    }
  }

  /** Does something at a time of the tales. */
  at(time, run) {
    this.#after(time - this.start, run);
  }

  /** Does something again and again. */
  every(ms, run) {
    const again = async () => {
      await run();
      this.#after(ms, again);
    };
    this.#after(ms, again);
  }

  close() {
    this.#closing.abort();
  }

  #after(ms, run) {
    const failed = (error) => {
      if (!this.#closing.signal.aborted) console.error(error.message);
    };
    this.#pass(ms).then(run).catch(failed);
  }

  #pass(ms) {
    return sleep(ms / this.#pace, undefined, { signal: this.#closing.signal });
  }

  #create(customer) {
    const phone = new Phone(customer);
    const book = new Bookkeeper(this.ledger, this.#stage.endpoint);
    const diary = new Diary({
      phone,
      book,
      texts: TEXTS,
      stallAfterMs: (30 * MINUTE) / this.#pace,
      dropAfterMs: (flow) => (flow === 'coupon' ? 6 * HOUR : DAY) / this.#pace,
    });
    return new Actor(this.#stage, phone, diary);
  }

  /** Most messages are delivered and read; one in fifty arrives late. */
  #deliver(message) {
    const { random } = this.#stage;
    const actor = this.#actors.get(message.to);
    const statuses = actor?.plan(message) ?? planStatuses(random);
    actor?.phone.receive(message, statuses);
    return statuses;
  }
}

function planStatuses(random) {
  const sent = { status: 'sent', afterMs: random.between(100, 400) };
  if (random.next() < 0.02) return [sent, { status: 'delivered', afterMs: 30_000 }];
  const delivered = { status: 'delivered', afterMs: random.between(500, 2_000) };
  const read = { status: 'read', afterMs: random.between(2_000, 30_000) };
  return random.next() < 0.8 ? [sent, delivered, read] : [sent, delivered];
}

module.exports = { Crowd };
