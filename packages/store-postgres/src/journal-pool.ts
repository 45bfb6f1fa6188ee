import type { StartTimer } from '@turnspan/journal';
import { Deadlines } from './journal-deadlines';
import { isSessionSound } from './journal-errors';
import type { PostgresClient, PostgresPool, PostgresQuery, PostgresResult } from './postgres-pool';

/** A pool of which no call hangs. */
export interface GuardedPool extends PostgresPool {
  /** Ends what is being asked and refuses all else: nobody waits for an answer any more. */
  cut(): void;
}

/**
 * The same pool, of which no call hangs and no connection is used again after it has failed. The
 * user's own choices of how values are read and written do not matter to it.
 */
export function guardPool(pool: PostgresPool, startTimer: StartTimer): GuardedPool {
  const deadlines = new Deadlines(startTimer);
  return {
    connect: async () => {
      deadlines.check();
      const lent = pool.connect();
      const client = await deadlines.hold(lent, () => {
        // It comes when nobody waits for it any more.
        lent.then((late) => late.release(true)).catch(ignore);
      });
      return new GuardedClient(client, deadlines);
    },
    cut: () => deadlines.cut(),
  };
}

/** A connection that was lent, until the first failure that it does not survive. */
class GuardedClient implements PostgresClient {
  readonly #client: PostgresClient;
  readonly #deadlines: Deadlines;
  #failure: { readonly cause: unknown } | undefined;

  constructor(client: PostgresClient, deadlines: Deadlines) {
    this.#client = client;
    this.#deadlines = deadlines;
    // What breaks tells so twice, and nobody else listens while it is lent.
    client.on?.('error', ignore);
  }

  async query({ text, values = [] }: PostgresQuery): Promise<PostgresResult> {
    // Whoever wants to undo what has failed is to hear of that, and not of the undoing.
    if (this.#failure) throw this.#failure.cause;
    try {
      this.#deadlines.check();
      const answer = this.#client.query({ text, values: values.map(toBindable), types: TYPES });
      return await this.#deadlines.hold(answer, () => answer.catch(ignore));
    } catch (cause) {
      if (!isSessionSound(cause)) this.#failure = { cause };
      throw cause;
    }
  }

  release(destroy = false): void {
    this.#client.off?.('error', ignore);
    this.#client.release(destroy || this.#failure !== undefined);
  }
}

function ignore(): void {}

/** What a column can hold; all else is null, and refused where a value is needed. Postgres has no text with a NUL. */
function toBindable(value: unknown): string | number | null {
  if (typeof value === 'string') return value.includes('\0') ? value.replaceAll('\0', '') : value;
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

/** The numbers of the types that are numbers: int8, int2, int4, float4, float8 and numeric. */
const NUMBERS: ReadonlySet<number> = new Set([20, 21, 23, 700, 701, 1700]);

/** Times are whole milliseconds, which `pg` would give as texts. */
const TYPES: NonNullable<PostgresQuery['types']> = {
  getTypeParser: (type) => (NUMBERS.has(type) ? Number : String),
};
