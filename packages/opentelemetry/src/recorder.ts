import type { Tracer } from '@opentelemetry/api';
import type { TrackerEvent, TurnRef, VisitSettled } from '@turnspan/core';
import { isSessionTraced, isVisitKept, type KeepReason } from './sampling';
import { recordLateSend } from './send-span';
import type { EventOf } from './spans';
import { startTurn, type TurnSpans } from './turn-spans';
import { recordVisit } from './visit-span';

/** What a {@link Recorder} goes by. */
export interface RecorderPlan {
  /** None where no SDK is registered. */
  readonly getTracer: () => Tracer | undefined;
  readonly sampleRatio: number;
  readonly alwaysKeep: ReadonlySet<KeepReason>;
}

/** Turns the tracker's events into spans; holds the turns that run, the present ratings and nothing else. */
export class Recorder {
  readonly #plan: RecorderPlan;
  readonly #turns = new Map<string, TurnSpans>();
  /** How the channel rates each line now. */
  readonly #ratings = new Map<string, string>();

  constructor(plan: RecorderPlan) {
    this.#plan = plan;
  }

  observe(event: TrackerEvent): void {
    switch (event.kind) {
      case 'turn_started':
        this.#start(event);
        break;
      case 'node_entered':
        this.#turns.get(event.turn.id)?.enter(event);
        break;
      case 'node_asked':
        this.#turns.get(event.turn.id)?.ask(event);
        break;
      case 'visit_settled':
        this.#settle(event);
        break;
      case 'variant_shown':
        this.#turns.get(event.turn.id)?.show(event);
        break;
      case 'message_sent':
        this.#send(event);
        break;
      case 'turn_ended':
        this.#end(event);
        break;
      case 'quality_changed':
        this.#rate(event);
        break;
    }
  }

  activate<T>({ id }: TurnRef, run: () => T): T {
    const spans = this.#turns.get(id);
    return spans ? spans.activate(run) : run();
  }

  #start(event: EventOf<'turn_started'>): void {
    const { id, session } = event.turn;
    if (this.#turns.has(id) || !isSessionTraced(session.id, this.#plan.sampleRatio)) return;
    const tracer = this.#plan.getTracer();
    const rating = this.#ratings.get(event.turn.user.line);
    const spans = tracer && startTurn(tracer, event, rating);
    if (spans) this.#turns.set(id, spans);
  }

  #settle(event: VisitSettled): void {
    if (event.turn) this.#turns.get(event.turn.id)?.settle(event);
    const { askedAt } = event.visit;
    if (askedAt === undefined || !isVisitKept(event, this.#plan.alwaysKeep)) return;
    const tracer = this.#plan.getTracer();
    if (tracer) recordVisit(tracer, event, askedAt);
  }

  #send(event: EventOf<'message_sent'>): void {
    const spans = this.#turns.get(event.turn.id);
    if (spans) spans.send(event);
    else this.#sendLate(event);
  }

  #sendLate(event: EventOf<'message_sent'>): void {
    const { trace } = event.turn;
    const tracer = trace && this.#plan.getTracer();
    if (tracer) recordLateSend(tracer, event, trace);
  }

  #end(event: EventOf<'turn_ended'>): void {
    const spans = this.#turns.get(event.turn.id);
    this.#turns.delete(event.turn.id);
    spans?.end(event);
  }

  #rate({ change: { subject, attribute, value } }: EventOf<'quality_changed'>): void {
    if (subject.kind !== 'phone' || attribute !== 'rating') return;
    this.#ratings.set(subject.id, value.toLowerCase());
  }
}
