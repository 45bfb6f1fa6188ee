import { AsyncLocalStorage } from 'node:async_hooks';
import { attempt, type Journey, type Tracker, type Turn } from '@turnspan/core';
import { watchSends } from './sends';
import type { ContextShape, DialogContextShape, InstanceShape } from './shapes';
import { instancesOf, POSITION } from './stack';
import { toTurnInput } from './turn-input';

const RECORD = Symbol.for('turnspan.turn');

/** What is known of the turn that a context belongs to; it hangs on the context itself. */
export interface TurnRecord {
  readonly turn: Turn;
  /** Journeys by the dialog state they are saved in. */
  readonly journeys: Map<object, Journey>;
  /** The stack, as last seen. */
  dc: DialogContextShape | undefined;
  /** Journey that the user came back to, and whose question was not put again. */
  adrift: Journey | undefined;
  /** How many of our hooks are under way, one inside the other. */
  depth: number;
}

/**
 * The turns that the present code runs in, one for each bot of the process. Before Node.js 24 every
 * storage that was ever used slows every promise down, so bots share one, and use it only when some
 * code has asked for its turn.
 */
const SCOPE = new AsyncLocalStorage<ReadonlyMap<Tracking, TurnRecord>>();

/** Connects the contexts, dialogs and stacks of a bot with the turns and journeys of the tracker. */
export class Tracking {
  readonly tracker: Tracker;
  readonly #resumed = new WeakSet<Turn>();
  readonly #watched = new WeakSet<object>();
  /** Whether code of the bot is followed, so that it finds its turn. */
  #follows: boolean;
  #latest: TurnRecord | undefined;
  /** Uninstrumented bots keep their hooks where Botkit gives no way to take them out. */
  active = true;

  constructor(tracker: Tracker, { followsCode }: { readonly followsCode: boolean }) {
    this.tracker = tracker;
    this.#follows = followsCode;
  }

  /** Runs something of ours inside the bot; what it throws is counted and kept from the bot. */
  attempt<T>(run: () => T): T | undefined {
    return this.active ? attempt(run, this.tracker.contained) : undefined;
  }

  /** Runs a piece of the bot so that whatever it calls finds its turn. */
  inside<T>(record: TurnRecord, run: () => T): T {
    if (!this.#follows) return run();
    const scope = SCOPE.getStore();
    if (scope?.get(this) === record) return run();
    return SCOPE.run(new Map(scope).set(this, record), run);
  }

  /** The turn that the present code runs in, if it is not over. From the first time on, code is followed. */
  current(): TurnRecord | undefined {
    const record = this.#follows ? SCOPE.getStore()?.get(this) : this.#onlyOpen();
    this.#follows = true;
    return record?.turn.ended ? undefined : record;
  }

  /** Code that nobody has followed yet can belong to no other turn than the only one. */
  #onlyOpen(): TurnRecord | undefined {
    return this.tracker.openTurns === 1 ? this.#latest : undefined;
  }

  /** The turn of an inbound activity. */
  openInbound(context: ContextShape): TurnRecord {
    return this.recordOf(context) ?? this.#open(context, true);
  }

  /** The turn a context is in; a context that nobody announced is one in which the bot speaks first. */
  open(context: ContextShape): TurnRecord {
    const known = this.recordOf(context);
    const over = known?.turn.ended && known.turn.proactive;
    return known && !over ? known : this.#open(context, false);
  }

  /** The turn has reached a bot with this stack. */
  resume(record: TurnRecord, dc: DialogContextShape): void {
    record.dc = dc;
    this.#resume(record, this.journeys(record, dc));
  }

  /** A dialog was put on the stack: its journey begins. */
  begin(dc: DialogContextShape): void {
    const instance = dc.activeDialog;
    if (!instance) return;
    const record = this.open(dc.context);
    const parents = this.journeys(record, dc);
    this.#resume(record, parents);
    const { state } = instance;
    const keep = (position: string) => {
      state[POSITION] = position;
    };
    const journey = this.tracker.begin(record.turn, { flow: instance.id, parents, save: keep });
    record.journeys.set(state, journey);
  }

  /** The journey saved in a dialog's state. */
  journeyOf(record: TurnRecord, { state }: InstanceShape): Journey | undefined {
    const known = record.journeys.get(state);
    if (known || state?.[POSITION] === undefined) return known;
    const journey = this.tracker.load(record.turn, state[POSITION], (position) => {
      state[POSITION] = position;
    });
    if (journey) record.journeys.set(state, journey);
    return journey;
  }

  /** The journeys on the stack, outermost first. */
  journeys(record: TurnRecord, dc: DialogContextShape): readonly Journey[] {
    const journeys: Journey[] = [];
    for (const instance of instancesOf(dc)) {
      const journey = this.journeyOf(record, instance);
      if (journey) journeys.push(journey);
    }
    return journeys;
  }

  /** The journeys below this one. */
  parents(record: TurnRecord, journey: Journey): readonly Journey[] {
    const journeys = record.dc ? this.journeys(record, record.dc) : [];
    const index = journeys.indexOf(journey);
    return index < 0 ? [] : journeys.slice(0, index);
  }

  /** Runs a step of the bot inside of the turn: notices what it throws, and the end of a turn that the bot began. */
  async step<T>(dc: DialogContextShape, run: () => Promise<T>): Promise<T> {
    const record = this.attempt(() => this.#enterStep(dc));
    try {
      return await (record ? this.inside(record, run) : run());
    } catch (error) {
      if (record) this.attempt(() => this.#failed(record, dc, error));
      throw error;
    } finally {
      if (record) this.attempt(() => this.#leaveStep(record));
    }
  }

  #resume(record: TurnRecord, journeys: readonly Journey[]): void {
    const { turn } = record;
    if (this.#resumed.has(turn)) return;
    this.#resumed.add(turn);
    const top = journeys.at(-1);
    const owes = top?.visit?.waiting;
    this.tracker.resume(turn, journeys);
    if (owes && top?.visit === undefined && !turn.botSpeaksFirst) record.adrift = top;
  }

  #enterStep(dc: DialogContextShape): TurnRecord {
    const record = this.open(dc.context);
    record.dc = dc;
    record.depth += 1;
    return record;
  }

  #leaveStep(record: TurnRecord): void {
    record.depth -= 1;
    if (record.depth === 0) this.tracker.endStep(record.turn);
    this.endIfProactive(record);
  }

  /** A turn that the bot began is over when nothing of the bot is under way. */
  endIfProactive(record: TurnRecord): void {
    if (record.turn.proactive && record.depth === 0) this.tracker.endTurn(record.turn);
  }

  /** Botkit never reports an error of a dialog, and the turn may never settle: this is the end of it. */
  #failed(record: TurnRecord, dc: DialogContextShape, error: unknown): void {
    const { turn, journeys } = record;
    this.tracker.fail(turn, this.journeys(record, dc));
    if (record.depth > 1) return;
    // Nothing of this turn is saved: what ended in it is still there when the next message comes.
    this.tracker.fail(turn, [...journeys.values()]);
    this.tracker.endTurn(turn, thrownBy(error));
  }

  /** The turn a context is in, if it is in one. */
  recordOf(context: ContextShape): TurnRecord | undefined {
    return context.turnState.get(RECORD) as TurnRecord | undefined;
  }

  #open(context: ContextShape, inbound: boolean): TurnRecord {
    const turn = this.tracker.startTurn(toTurnInput(context, inbound));
    const record = { turn, journeys: new Map(), dc: undefined, adrift: undefined, depth: 0 };
    this.#latest = record;
    context.turnState.set(RECORD, record);
    if (!this.#watched.has(context.turnState)) {
      this.#watched.add(context.turnState);
      watchSends(this, context);
    }
    return record;
  }
}

/** The Bot Framework wraps what a dialog throws. */
export function thrownBy(error: unknown): unknown {
  const { name, error: inner } = (error ?? {}) as { name?: unknown; error?: unknown };
  const wrapped = name === 'DialogContextError' && inner instanceof Error;
  return (wrapped ? inner : error) ?? new Error('unknown');
}
