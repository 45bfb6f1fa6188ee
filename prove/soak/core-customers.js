'use strict';
const { load } = require('../load');
const { MemoryStore, Tracker } = load('@turnspan/core');
const { createPrometheusObserver } = load('@turnspan/prometheus');
const { Registry } = load('prom-client');
const { Ledger, parseExposition, Random, VirtualClock } = load('@turnspan/testing');

const SECOND = 1000;
const DAY = 24 * 60 * 60 * SECOND;
const STALL = 30 * 60 * SECOND;
const START = Date.UTC(2026, 0, 5);
const FLOW = 'visa';
const NODES = ['country', 'purpose', 'dates', 'passport'];

/** Metrics whose every exposed series has to be in the ledger. */
const COUNTERS = [
  'conversation_journeys_started_total',
  'conversation_journeys_ended_total',
  'conversation_node_entries_total',
  'conversation_node_exits_total',
  'conversation_node_stalls_total',
  'conversation_node_returns_total',
  'conversation_waiting',
  'turnspan_contained_errors_total',
];

/**
 * Customers who answer four questions, in any order among each other and with silences of any
 * length, played straight to a tracker: a bot that takes no time of its own.
 */
class CoreCustomers {
  #clock = new VirtualClock(START);
  #random = new Random(11);
  #ledger = new Ledger();
  #registry = new Registry();
  #customers;
  #tracker;
  /** Turns so far. */
  played = 0;

  constructor(size) {
    this.#ledger.know(...COUNTERS);
    this.#customers = Array.from({ length: size }, (_, index) => ({
      id: `3460${index}`,
      position: undefined,
      step: -1,
      askedAt: 0,
    }));
    const { observe } = createPrometheusObserver({
      registry: this.#registry,
      caps: {},
      onError: () => {},
      snapshot: () => this.#tracker.snapshot(),
      quality: () => [],
      now: this.#clock.now,
    });
    this.#tracker = new Tracker({
      hashKey: 'a key',
      store: new MemoryStore('soak'),
      observers: [observe],
      clock: this.#clock,
    });
  }

  /** Plays turns, each of somebody else; one a second. */
  async play(turns) {
    for (let turn = 0; turn < turns; turn += 1) {
      this.#clock.advance(SECOND);
      this.#speak(this.#random.pick(this.#customers));
    }
    this.played += turns;
    await this.#tracker.sweep();
  }

  /** Everybody writes once. */
  async meetEverybody() {
    for (const customer of this.#customers) this.#speak(customer);
    await this.#tracker.sweep();
  }

  /** Lets everybody be silent until nobody waits, and holds the metrics against the ledger. */
  async close() {
    this.#clock.advance(2 * DAY);
    await this.#tracker.sweep();
    for (const customer of this.#customers) if (customer.step >= 0) this.#drop(customer);
    return this.#ledger.check(parseExposition(await this.#registry.metrics()));
  }

  /** What the tracker may know of a customer is the position that the bot keeps. */
  #speak(customer) {
    const tracker = this.#tracker;
    const turn = tracker.startTurn({
      channel: 'whatsapp',
      line: '1',
      userId: customer.id,
      inputKind: 'text',
      text: 'yes',
    });
    const keep = (position) => {
      customer.position = position;
    };
    const journey = customer.position && tracker.load(turn, customer.position, keep);
    if (journey) {
      tracker.resume(turn, [journey]);
      this.#answer(customer, turn, journey);
    } else this.#begin(customer, turn, keep);
    tracker.endTurn(turn);
  }

  #begin(customer, turn, save) {
    this.#countJourney('started', { entry: 'user' });
    const journey = this.#tracker.begin(turn, { flow: FLOW, parents: [], save });
    this.#ask(customer, turn, { journey, step: 0 });
  }

  #answer(customer, turn, journey) {
    const step = customer.step + 1;
    const isLast = step === NODES.length;
    if (this.#silence(customer) >= DAY) this.#comeBack(customer);
    else this.#settle(customer, isLast ? 'completed' : 'advanced');
    this.#tracker.answer(turn, journey, { kind: 'text', match: 'accepted' });
    if (isLast) this.#end(customer, turn, journey);
    else this.#ask(customer, turn, { journey, step });
  }

  #ask(customer, turn, { journey, step }) {
    const tracker = this.#tracker;
    tracker.enter(turn, journey, { id: NODES[step], kind: 'question' });
    tracker.aboutToAsk(turn, journey);
    tracker.sent(turn, tracker.send(turn), { messages: 1, parents: [] });
    customer.step = step;
    customer.askedAt = this.#clock.now();
    this.#countNode('entries', customer);
  }

  #end(customer, turn, journey) {
    this.#tracker.end(turn, journey, 'completed');
    this.#countJourney('ended', { outcome: 'completed' });
    customer.position = undefined;
    customer.step = -1;
  }

  #comeBack(customer) {
    this.#drop(customer);
    this.#countNode('returns', customer);
    this.#countJourney('started', { entry: 'return' });
  }

  #drop(customer) {
    this.#settle(customer, 'dropped');
    this.#countJourney('ended', { outcome: 'dropped' });
  }

  #settle(customer, outcome) {
    if (this.#silence(customer) >= STALL) this.#countNode('stalls', customer);
    this.#countNode('exits', customer, { outcome });
  }

  #silence({ askedAt }) {
    return this.#clock.now() - askedAt;
  }

  #countNode(what, { step }, labels = {}) {
    const node = NODES[step];
    this.#ledger.count(`conversation_node_${what}_total`, { flow: FLOW, node, ...labels });
  }

  #countJourney(what, labels) {
    const place = { flow: FLOW, channel: 'whatsapp', line: '1' };
    this.#ledger.count(`conversation_journeys_${what}_total`, { ...place, ...labels });
  }
}

module.exports = { CoreCustomers };
