import type { Clock } from './clock';
import type { TrackerEvent } from './events';
import type { Shown } from './exposures';
import type { Journey, Visit } from './journey';
import type { SessionRef, TraceRef, TurnRef, UserRef } from './refs';
import type { Session } from './sessions';
import { SmallSet } from './small-set';
import type { InputKind, Timestamp } from './vocabulary';

/** What a turn begins with. */
export interface TurnStart {
  readonly id: string;
  readonly user: UserRef;
  readonly startedAt: Timestamp;
  readonly proactive: boolean;
  readonly inputKind: InputKind | undefined;
  /** Keyed hash of the channel's own id of the message, made when somebody asks for it. */
  readonly hashMessage: () => string | undefined;
  /** The message comes again should this process end before the turn does. */
  readonly kept: boolean;
  /** A process that has ended may have done some of the turn. */
  readonly again: boolean;
  /** Makes an id that never repeats. */
  readonly createId: () => string;
  /** Keyed hash of what the user typed; '' if nothing. */
  readonly inputHash: string;
  /** The user asked for help or for a person. */
  readonly plea: 'help' | 'agent' | undefined;
  readonly session: Session;
}

type EntryEvent = Extract<TrackerEvent, { readonly kind: 'node_entered' }>;

/** A turn as the tracker works on it; observers see it as a {@link TurnRef}. */
export class Turn implements TurnRef {
  readonly id: string;
  readonly user: UserRef;
  readonly startedAt: Timestamp;
  readonly proactive: boolean;
  readonly inputKind: InputKind | undefined;
  readonly kept: boolean;
  readonly again: boolean;
  trace: TraceRef | undefined;
  ended = false;
  /** Nodes visited, so that an endless loop of the bot does not become one of ours. */
  visits = 0;
  /** Experiments that were shown in the turn while no journey of theirs was there. */
  readonly shown: Shown[] = [];
  /** Visit that a message sent now belongs to. */
  current: Visit | undefined;
  /** Question whose prompt is the next thing sent. */
  asking: Visit | undefined;
  /** Question that the user owed an answer to when the turn began. */
  owed: Visit | undefined;
  /** Journeys that the bot was in when the turn began, outermost first. */
  resumed: readonly Journey[] = [];
  /** The channel refused a node's message in this turn. */
  undelivered = false;
  plea: 'help' | 'agent' | undefined;
  readonly inputHash: string;
  /** A flow was replaced in this turn: the next one to begin was switched to. */
  switched = false;
  readonly state: Session;
  /** Journeys that this turn has to do with. */
  readonly journeys: SmallSet<Journey> = new SmallSet();
  /** Ids of journeys that ended in this turn: should the bot throw and forget it, they are there again. */
  readonly over: SmallSet<string> = new SmallSet();
  /** Journeys that reached a goal of theirs in this turn. */
  readonly goals: SmallSet<Journey> = new SmallSet();
  /** Another turn is already counting the steps of this one. */
  muted = false;
  /** Visits that somebody else has settled. */
  readonly settledElsewhere: SmallSet<Visit> = new SmallSet();
  /** Ids of journeys that were begun anew; should the turn throw, the bot still has them. */
  readonly replaced: string[] = [];
  readonly #createId: () => string;
  readonly #hashMessage: () => string | undefined;
  #messageKey: string | undefined;
  #journeyIds = 0;
  readonly #clock: Clock;
  readonly #startTick: number;
  /** Events that wait until a slow store has said whose they are. */
  #held: TrackerEvent[] | undefined;
  #entry: EntryEvent | undefined;
  #pending: Promise<unknown> = Promise.resolve();

  constructor(start: TurnStart, clock: Clock) {
    this.id = start.id;
    this.user = start.user;
    this.startedAt = start.startedAt;
    this.proactive = start.proactive;
    this.inputKind = start.inputKind;
    this.#hashMessage = start.hashMessage;
    this.kept = start.kept;
    this.again = start.again;
    this.#createId = start.createId;
    this.inputHash = start.inputHash;
    this.plea = start.plea;
    this.state = start.session;
    this.#clock = clock;
    this.#startTick = clock.tick();
  }

  /** No person's message started it: the bot acts by itself, or because of an event. */
  get botSpeaksFirst(): boolean {
    return this.proactive || this.inputKind === 'event';
  }

  get session(): SessionRef {
    return this.state.ref;
  }

  get messageKey(): string | undefined {
    this.#messageKey ??= this.#hashMessage();
    return this.#messageKey;
  }

  /** Who claims for the turn, if it can happen that the same message claims again. */
  get claimant(): string | undefined {
    return this.kept ? this.messageKey : undefined;
  }

  /** What observers may know. */
  toJSON(): TurnRef {
    const { id, user, startedAt, proactive, inputKind, messageKey, session, trace } = this;
    return { id, user, startedAt, proactive, inputKind, messageKey, session, trace };
  }

  /** An id for a journey that begins in the turn: the same one when its message comes again. */
  createJourneyId(): string {
    if (this.claimant === undefined || this.#isDone()) return this.#createId();
    this.#journeyIds += 1;
    return `${this.claimant}.${this.#journeyIds}`;
  }

  /** The bot has dealt with the message before and saved it; now it does so once more. */
  #isDone(): boolean {
    const began = `${this.claimant}.`;
    return this.again && [...this.resumed].some(({ id }) => id.startsWith(began));
  }

  /** Time inside the turn: the wall clock at its start and the steady clock since. */
  now(): Timestamp {
    return this.startedAt + (this.#clock.tick() - this.#startTick);
  }

  /**
   * Keeps the entry of a node back until something else is told: the code of a node runs after it
   * was entered, and may find out only then which variant it shows.
   */
  keepEntry(entry: EntryEvent): void {
    this.#entry = entry;
  }

  /** Gives the entry that was kept back, once. */
  takeEntry(): EntryEvent | undefined {
    const entry = this.#entry;
    this.#entry = undefined;
    return entry;
  }

  /** Whether nobody has been told of this visit yet. */
  isEntering(visit: Visit | undefined): boolean {
    return visit !== undefined && this.#entry?.visit === visit;
  }

  /** Keeps events back until the promise is done, then gives them to `release`, in order. */
  hold(until: Promise<unknown>, release: (event: TrackerEvent) => void): void {
    this.#held ??= [];
    const pending = Promise.allSettled([this.#pending, until]);
    this.#pending = pending;
    void pending.then(() => {
      if (this.#pending !== pending) return;
      const held = this.#held ?? [];
      this.#held = undefined;
      for (const event of held) release(event);
    });
  }

  /** Waits until no event is held back. */
  async told(): Promise<void> {
    while (this.#held) await this.#pending;
  }

  /** Takes an event in if events are being held back. */
  take(event: TrackerEvent): boolean {
    this.#held?.push(event);
    return this.#held !== undefined;
  }

  /** Whether the event is about something that another turn counts. */
  hides(event: TrackerEvent): boolean {
    if (event.kind === 'journey_started' || event.kind === 'journey_ended') return this.muted;
    if (!('visit' in event) || event.kind === 'message_sent') return false;
    const isSettled = event.kind === 'visit_settled';
    return this.muted || (isSettled && this.settledElsewhere.has(event.visit as Visit));
  }
}
