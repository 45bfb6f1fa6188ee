import type { Journey, JourneyOutcome } from '@turnspan/core';
import type { DialogFollower } from './dialog-follower';
import { waterfallNodeId } from './script-flow';
import type { ContextShape, DialogContextShape, InstanceShape, WaterfallShape } from './shapes';
import type { Tracking, TurnRecord } from './tracking';

/** Turns what a WaterfallDialog does into facts for the tracker. */
export class WaterfallFollower implements DialogFollower {
  readonly takesAnswers = false;
  readonly #waterfall: WaterfallShape;
  readonly #tracking: Tracking;

  constructor(waterfall: WaterfallShape, tracking: Tracking) {
    this.#waterfall = waterfall;
    this.#tracking = tracking;
  }

  /** A step begins. */
  enterStep(step: DialogContextShape, index: number): void {
    const record = this.#tracking.open(step.context);
    const journey = step.activeDialog && this.#tracking.journeyOf(record, step.activeDialog);
    if (!journey) return;
    this.#takeAnswer(record, journey);
    const id = waterfallNodeId(this.#waterfall, index);
    this.#tracking.tracker.enter(record.turn, journey, { id, kind: 'action' });
  }

  /** A step that ends the turn and has put nothing on the stack waits for the next message itself. */
  leaveStep(step: DialogContextShape & { readonly index: number }, result: unknown): void {
    const { activeDialog: instance, context, index } = step;
    const { status } = (result ?? {}) as { status?: unknown };
    const waits = status === 'waiting' && instance?.id === this.#waterfall.id;
    if (!waits || instance.state.stepIndex !== index) return;
    const record = this.#tracking.open(context);
    const journey = this.#tracking.journeyOf(record, instance);
    if (!journey || journey.visit?.askedAt !== undefined) return;
    record.dc = step;
    this.#tracking.tracker.aboutToAsk(record.turn, journey);
    this.#tracking.tracker.asked(record.turn, journey, this.#tracking.parents(record, journey));
  }

  enterAgain(record: TurnRecord, instance: InstanceShape): Journey | undefined {
    const journey = this.#tracking.journeyOf(record, instance);
    const index = Number(instance.state.stepIndex);
    const exists = index < this.#waterfall.steps.length;
    if (!journey || journey.visit?.waiting || !exists) return undefined;
    const id = waterfallNodeId(this.#waterfall, index);
    this.#tracking.tracker.enter(record.turn, journey, { id, kind: 'question' });
    return journey;
  }

  /** The waterfall is over. */
  end(context: ContextShape, instance: InstanceShape, reason: string): void {
    const record = this.#tracking.open(context);
    const journey = this.#tracking.journeyOf(record, instance);
    if (!journey) return;
    if (reason === 'endCalled') this.#takeAnswer(record, journey);
    this.#tracking.tracker.end(record.turn, journey, outcomeOf(reason));
  }

  /** It goes on although it waits: what came is the answer, and no prompt has said so. */
  #takeAnswer({ turn }: TurnRecord, journey: Journey): void {
    if (turn.inputKind === undefined || !journey.visit?.waiting) return;
    this.#tracking.tracker.answer(turn, journey, { kind: turn.inputKind, match: 'accepted' });
  }
}

function outcomeOf(reason: string): JourneyOutcome {
  if (reason === 'endCalled') return 'completed';
  return reason === 'replaceCalled' ? 'switched' : 'stopped';
}
