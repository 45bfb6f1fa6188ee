import type { DeliverySignal } from './channel';
import { secondsBetween, type TrackerContext } from './context';
import type { Endings } from './endings';
import { isPending } from './maybe';
import type { MessageTag } from './message-tag';
import type { Claim } from './store';

/** Takes in what a channel says about messages sent earlier. */
export class Deliveries {
  readonly #context: TrackerContext;
  readonly #endings: Endings;

  constructor(context: TrackerContext, endings: Endings) {
    this.#context = context;
    this.#endings = endings;
  }

  /** A status came; a question that failed to reach its user is settled as undelivered. */
  receive(signal: DeliverySignal): void {
    const { at } = signal;
    const tag = this.#context.tags.decode(signal.tag);
    this.#context.emitter.emit({
      kind: 'delivery',
      at,
      signal,
      flow: tag?.flow,
      node: tag?.node,
      seconds: tag && this.#seconds(tag, signal),
    });
    if (signal.status === 'failed' && tag) this.#undeliver(tag, Math.max(at, tag.sentAt));
  }

  /** Statuses bear whole seconds, so half a second of difference is rounding, not a skewed clock. */
  #seconds({ sentAt }: MessageTag, { at }: DeliverySignal): number {
    return at > sentAt - 1000 && at < sentAt ? 0 : secondsBetween(this.#context, sentAt, at);
  }

  /** What another store lists can be settled only there. */
  #undeliver({ claimId }: MessageTag, at: number): void {
    const { waitingList } = this.#context;
    if (!claimId.startsWith(`${waitingList.origin}.`)) return;
    const settle = (claim: Claim) => {
      if (!claim.claimed || !claim.waiting) return;
      this.#endings.settleWaiting(claim.waiting, {
        outcome: 'undelivered',
        at,
        stalled: claim.stalled,
      });
    };
    const claim = waitingList.claim(claimId, { reason: 'undelivered' });
    if (isPending(claim)) claim.then(settle).catch(this.#context.emitter.contained);
    else settle(claim);
  }
}
