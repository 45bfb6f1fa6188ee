import type { JourneyOutcome } from '@turnspan/core';
import type { DialogFollower } from './dialog-follower';
import { waterfallNodeId } from './script-flow';
import type { ContextShape, DialogContextShape, InstanceShape, WaterfallShape } from './shapes';
import type { Tracking } from './tracking';

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
    const id = waterfallNodeId(this.#waterfall, index);
    this.#tracking.tracker.enter(record.turn, journey, { id, kind: 'action' });
  }

  askAgain(dc: DialogContextShape, instance: InstanceShape): void {
    const record = this.#tracking.open(dc.context);
    const journey = this.#tracking.journeyOf(record, instance);
    const index = Number(instance.state.stepIndex);
    if (!journey || journey.visit?.waiting || !(index < this.#waterfall.steps.length)) return;
    const id = waterfallNodeId(this.#waterfall, index);
    this.#tracking.tracker.enter(record.turn, journey, { id, kind: 'question' });
    this.#tracking.tracker.aboutToAsk(record.turn, journey);
  }

  /** The waterfall is over. */
  end(context: ContextShape, instance: InstanceShape, reason: string): void {
    const record = this.#tracking.open(context);
    const journey = this.#tracking.journeyOf(record, instance);
    if (journey) this.#tracking.tracker.end(record.turn, journey, outcomeOf(reason));
  }
}

function outcomeOf(reason: string): JourneyOutcome {
  if (reason === 'endCalled') return 'completed';
  return reason === 'replaceCalled' ? 'switched' : 'stopped';
}
