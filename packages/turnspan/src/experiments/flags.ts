import { type SharedState, TurnspanError } from '@turnspan/core';
import type { Declaration, Experiment, Exposure } from '@turnspan/experiments';
import { waitAtMost } from '../wait-at-most';
import type { FlagClient, FlagDetails } from './options';
import { SeenUsers } from './seen-users';

const TIMEOUT_MS = 250;

/** Reasons of OpenFeature that mean that nobody chose. */
const UNRESOLVED: readonly (string | undefined)[] = ['ERROR', 'DEFAULT', 'DISABLED', 'No-op'];

/** What is shown to a user, as far as it matters in a bot; a flag has two reasons of its own. */
export interface Resolved extends Omit<Exposure, 'experiment' | 'reason'> {
  readonly reason: Exposure['reason'] | 'flag' | 'unresolved';
}

/** Asks somebody else's flag client for variants, and remembers who was exposed to them. */
export class FlagVariants {
  readonly #client: FlagClient;
  readonly #seen: SeenUsers;
  readonly #now: () => number;

  constructor(client: FlagClient, shared: SharedState | undefined, now: () => number) {
    this.#client = client;
    this.#seen = new SeenUsers(shared);
    this.#now = now;
  }

  /**
   * Gives the variant that the client names. Who gets none by choice (an error, a default, a
   * disabled flag) gets the control and does not count.
   *
   * @throws TurnspanError `OPTION_INVALID` if the client names no variant of the experiment
   */
  async expose(experiment: Experiment, userKey: string): Promise<Resolved> {
    const { declaration } = experiment;
    const control = declaration.variants[0] ?? '';
    const details = await this.#ask(declaration.name, control, userKey);
    const variant = toVariant(declaration, details);
    const given = { exposedAt: this.#now(), isFirst: false };
    if (UNRESOLVED.includes(details.reason)) {
      return { ...given, variant: control, reason: 'unresolved', counts: false };
    }
    const isStopped = experiment.stopped() !== undefined;
    if (isStopped || experiment.paused().has(variant)) {
      const reason = isStopped ? 'stopped' : 'paused';
      return { ...given, variant: control, reason, counts: false };
    }
    const isFirst = await this.#see(declaration, variant, userKey);
    return { ...given, variant, reason: 'flag', counts: true, isFirst };
  }

  async #ask(name: string, control: string, userKey: string): Promise<FlagDetails> {
    const asking = this.#client.getStringDetails(name, control, { targetingKey: userKey });
    if (await waitAtMost(TIMEOUT_MS, asking)) return await asking;
    const detail = `The flag client did not answer for "${name}" within ${TIMEOUT_MS} ms.`;
    throw new TurnspanError('STORE_UNAVAILABLE', { detail });
  }

  async #see({ name, salt }: Declaration, variant: string, userKey: string): Promise<boolean> {
    return await this.#seen.see(`experiment/${name}/${salt}/flag/${variant}/${userKey}`);
  }
}

function toVariant({ name, variants }: Declaration, { value, variant }: FlagDetails): string {
  const found = [value, variant].find((each) => each !== undefined && variants.includes(each));
  if (found !== undefined) return found;
  const detail = `Experiment "${name}": the flag client says ${JSON.stringify(value)}; let it say one of ${JSON.stringify(variants)}.`;
  throw new TurnspanError('OPTION_INVALID', { detail });
}
