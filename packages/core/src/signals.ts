import type { ChannelSignal, PreferenceSignal } from './channel';
import type { TrackerContext } from './context';
import type { Deliveries } from './deliveries';
import { type Pseudonymize, toPublicLine } from './privacy';
import type { UserRef } from './refs';

/** Takes in what a channel tells beside the messages. */
export class Signals {
  readonly #context: TrackerContext;
  readonly #deliveries: Deliveries;
  readonly #pseudonymize: Pseudonymize;

  constructor(context: TrackerContext, deliveries: Deliveries, pseudonymize: Pseudonymize) {
    this.#context = context;
    this.#deliveries = deliveries;
    this.#pseudonymize = pseudonymize;
  }

  /** A channel tells something. */
  receive(signal: ChannelSignal): void {
    const { emitter, clock } = this.#context;
    switch (signal.kind) {
      case 'delivery':
        this.#deliveries.receive(signal);
        break;
      case 'webhook':
        emitter.emit({ kind: 'webhook', at: clock.now(), signal });
        break;
      case 'quality_event':
        emitter.emit({ kind: 'quality_event', at: signal.at, signal });
        break;
      case 'quality_changed':
        emitter.emit({ kind: 'quality_changed', at: signal.change.at, change: signal.change });
        break;
      case 'preference':
        this.#prefer(signal);
        break;
      case 'change':
        // What it means is for the keeper of the quality state to say.
        break;
    }
  }

  /** Nobody says which message made a person opt out, so it is the last one they got. */
  #prefer({ channel, line, userId, value, at }: PreferenceSignal): void {
    const key = this.#pseudonymize(channel, userId);
    const user: UserRef = { channel, line: toPublicLine(line, this.#pseudonymize), key };
    const place = this.#context.lastPlaces.get(placeKey(user));
    this.#context.emitter.emit({ kind: 'preference_changed', at, user, value, place });
  }
}

/** Names a user on a line. */
export function placeKey({ key, line }: UserRef): string {
  return `${key}\0${line}`;
}
