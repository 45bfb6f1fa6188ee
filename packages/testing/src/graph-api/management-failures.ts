import type { ManagementCall, ReadFailure, ReadFailureScope } from './management-types';

interface PlannedFailure {
  readonly failure: ReadFailure;
  readonly when: (call: ManagementCall) => boolean;
  left: number;
}

/** The failures of reads still to happen, first planned first. */
export class ReadFailures {
  readonly #planned: PlannedFailure[] = [];

  /** Plans a failure; the returned function takes it back. */
  plan(failure: ReadFailure, { times = 1, when = () => true }: ReadFailureScope = {}): () => void {
    const planned = { failure, when, left: times };
    this.#planned.push(planned);
    return () => {
      planned.left = 0;
    };
  }

  /** The failure of this call, which is used up by asking. */
  take(call: ManagementCall): ReadFailure | undefined {
    const planned = this.#planned.find(({ left, when }) => left > 0 && when(call));
    if (!planned) return undefined;
    planned.left -= 1;
    return planned.failure;
  }
}
