import type { Timestamp } from '@turnspan/core';
import type { Bookkeeper, Place, ShownVariant } from './bookkeeper';
import { nameVariant, type OpenJourney, type OpenVisit } from './open-journey';
import type { Phone, PhoneMessage } from './phone';

/** What the diary needs to know of the bot. */
export interface DiarySetup {
  readonly phone: Phone;
  readonly book: Bookkeeper;
  /** What each node of the bot says, by `flow/node`; a message that says something else is refused. */
  readonly texts: Readonly<Record<string, string>>;
  readonly stallAfterMs: number;
  readonly dropAfterMs: (flow: string) => number;
}

/**
 * What one customer lived through, told step by step by whoever plays the customer. Every message
 * on the phone has to be accounted for, so a tale that is not true does not get through.
 */
export class Diary {
  readonly #setup: DiarySetup;
  readonly #journeys: OpenJourney[] = [];
  /** Where in time the tale is. */
  #at: Timestamp = 0;
  /** The customer's last word; where there is none, the bot's question. */
  #wroteAt: Timestamp = 0;
  #wrote = false;
  #lastPlace: Place | undefined;

  constructor(setup: DiarySetup) {
    this.#setup = setup;
  }

  /** The node whose message came last. */
  get lastPlace(): Place | undefined {
    return this.#lastPlace;
  }

  /** The customer wrote, or the bot speaks first at this time. */
  turns(at: Timestamp, { wrote }: { readonly wrote: boolean }): void {
    this.#at = at;
    this.#wroteAt = at;
    this.#wrote = wrote;
    if (wrote) for (const journey of this.#journeys) journey.turns += 1;
  }

  /** A second message had waited for its turn, which comes now. */
  turnsAgain(): void {
    this.turns(this.#at, { wrote: true });
  }

  /** A flow began. */
  begins(flow: string, entry: 'user' | 'template' | 'return' | 'child' | 'switch'): void {
    const turns = entry === 'template' ? 0 : 1;
    this.#journeys.push({
      flow,
      startedAt: this.#at,
      turns,
      lastNode: undefined,
      visit: undefined,
      shown: undefined,
    });
    this.#setup.book.began(flow, entry);
  }

  /** The flow that is open asks in one of several ways from now on, and never did so before to this customer. */
  shows(shown: ShownVariant): void {
    this.#top().shown = shown;
    this.#setup.book.shown(shown);
  }

  /** The bot said something and went on. */
  passes(node: string, outcome = 'advanced'): void {
    const begunAt = this.#at;
    const place = this.#enter(node);
    this.#look(place);
    this.#setup.book.exited(place, outcome, this.#at - begunAt);
  }

  /** The bot did something without a word. */
  acts(node: string, outcome = 'advanced'): void {
    this.#setup.book.exited(this.#enter(node), outcome, 0);
  }

  /** The bot asked, and the customer owes an answer. */
  asks(node: string): void {
    const begunAt = this.#at;
    const place = this.#enter(node);
    this.#look(place);
    const processingMs = this.#at - begunAt;
    if (!this.#wrote) this.#wroteAt = this.#at;
    this.#top().visit = { ...place, processingMs, askedAt: this.#at };
  }

  /** The bot came to a node that begins a child flow. */
  opens(node: string): void {
    this.#top().visit = { ...this.#enter(node), processingMs: 0, askedAt: undefined };
  }

  /** What was open in the flow is over, because the customer answered or the child flow ended. */
  settles(outcome: string): void {
    const visit = this.#close();
    if (visit.askedAt !== undefined) {
      this.#setup.book.waited(visit, this.#wroteAt - visit.askedAt);
      this.#stall(visit, this.#wroteAt);
    }
    this.#setup.book.exited(visit, outcome, this.#processingMs(visit, outcome));
  }

  /** The open question is over without an answer: interrupted, stopped, refused by the channel. */
  leaves(outcome: string): void {
    const visit = this.#close();
    if (visit.askedAt !== undefined) this.#stall(visit, this.#wroteAt);
    const asked = visit.askedAt !== undefined || outcome === 'undelivered';
    this.#setup.book.exited(visit, outcome, asked ? undefined : visit.processingMs);
    if (outcome === 'jumped') this.#top().lastNode = undefined;
  }

  /** The flow ended. */
  ends(outcome: string): void {
    const { flow, startedAt, turns, shown } = this.#top();
    const variant = nameVariant(shown);
    this.#journeys.pop();
    this.#setup.book.ended(flow, outcome, { ms: this.#at - startedAt, turns, variant });
    if (shown?.goal === outcome) this.#setup.book.reached(shown);
  }

  /** The customer stayed silent until the deadline: everything that was open is dropped. */
  drops(outcome = 'dropped'): void {
    const { visit, flow } = this.#top();
    this.#at = this.#wroteAt + this.#setup.dropAfterMs(flow);
    if (visit?.askedAt !== undefined) this.#stall(visit, this.#at);
    this.#endAll(outcome);
  }

  /** Everything that was open broke, or reached nobody. */
  fails(outcome: 'failed' | 'undelivered', at: Timestamp = this.#at): void {
    this.#at = at;
    this.#endAll(outcome);
  }

  /** The customer came back to a question that had been dropped. */
  returns(flow: string, node: string): void {
    this.#setup.book.noted('returns', { flow, node });
  }

  /** The customer was confused at a node of the flow that is open. */
  confuses(node: string, signal: string): void {
    this.#setup.book.confused(this.#placeOf(node), signal);
  }

  /** The customer went round in a circle of so many questions. */
  loops(node: string, period: number): void {
    this.#setup.book.looped(this.#placeOf(node), period);
  }

  /** The bot said something beside its script; it belongs to the node it is at, or to no flow. */
  hears(text: string, node?: string): void {
    const place = node === undefined ? undefined : { flow: this.#top().flow, node };
    this.#account(this.#next(text), place);
  }

  /** Refuses a tale that left out a message. */
  check(): void {
    const [left] = this.#setup.phone.inbox;
    if (left) throw new Error(`Nobody told of the message "${left.text}".`);
  }

  /** Where the customer owes an answer in the end, if anywhere. */
  owed(now: Timestamp): (Place & { readonly stalled: boolean }) | undefined {
    const visit = this.#journeys.at(-1)?.visit;
    if (visit?.askedAt === undefined) return undefined;
    return { flow: visit.flow, node: visit.node, stalled: this.#stall(visit, now) };
  }

  #enter(node: string): Place {
    const journey = this.#top();
    const place = this.#placeOf(node);
    this.#setup.book.entered(place, journey.lastNode);
    journey.lastNode = node;
    return place;
  }

  #placeOf(node: string): Place {
    const { flow, shown } = this.#top();
    return { flow, node, variant: nameVariant(shown) };
  }

  #look(place: Place): void {
    const { flow, node } = place;
    const text = this.#setup.texts[`${flow}/${node}`];
    if (text === undefined) throw new Error(`Nobody knows what ${flow}/${node} says.`);
    this.#account(this.#next(text), place);
  }

  #next(text: string): PhoneMessage {
    const message = this.#setup.phone.inbox.shift();
    if (message?.text === text) return message;
    throw new Error(`Expected "${text}", got ${message ? `"${message.text}"` : 'nothing'}.`);
  }

  #account(message: PhoneMessage, place: Place | undefined): void {
    this.#at = message.acceptedAt;
    this.#lastPlace = place ?? this.#lastPlace;
    this.#setup.book.received(message, place);
  }

  /** Before the question and, if there was one, after the answer. */
  #processingMs({ askedAt, processingMs }: OpenVisit, outcome: string): number | undefined {
    if (outcome === 'failed') return undefined;
    return askedAt === undefined ? processingMs : processingMs + this.#at - this.#wroteAt;
  }

  #stall(visit: OpenVisit, until: Timestamp): boolean {
    const stalled = until - (visit.askedAt ?? until) >= this.#setup.stallAfterMs;
    if (stalled) this.#setup.book.noted('stalls', visit);
    return stalled;
  }

  #endAll(outcome: string): void {
    while (this.#journeys.length > 0) {
      const { visit } = this.#top();
      if (visit) this.#setup.book.exited(visit, outcome, undefined);
      this.ends(outcome);
    }
  }

  #close(): OpenVisit {
    const journey = this.#top();
    const { visit } = journey;
    if (!visit) throw new Error(`Nothing is open in ${journey.flow}.`);
    journey.visit = undefined;
    return visit;
  }

  #top(): OpenJourney {
    const journey = this.#journeys.at(-1);
    if (!journey) throw new Error('No flow is open.');
    return journey;
  }
}
