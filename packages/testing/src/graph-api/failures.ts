import type { FailureScope, SendFailure, SendRequest } from './types';

interface PlannedFailure {
  readonly failure: SendFailure;
  readonly when: (request: SendRequest) => boolean;
  left: number;
}

/** The failures still to happen, first planned first. */
export class Failures {
  readonly #planned: PlannedFailure[] = [];

  /** Plans a failure; the returned function takes it back. */
  plan(failure: SendFailure, { times = 1, when = () => true }: FailureScope = {}): () => void {
    const planned = { failure, when, left: times };
    this.#planned.push(planned);
    return () => {
      planned.left = 0;
    };
  }

  /** The failure of this send, which is used up by asking. */
  take(request: SendRequest): SendFailure | undefined {
    const planned = this.#planned.find(({ left, when }) => left > 0 && when(request));
    if (!planned) return undefined;
    planned.left -= 1;
    return planned.failure;
  }
}
