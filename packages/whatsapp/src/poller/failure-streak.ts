import { type OnError, TurnspanError } from '@turnspan/core';
import { GraphError } from '../graph-error';
import { toBackoffMs } from './backoff';
import { ALL_ACCOUNTS, type CallGate } from './call-gate';

/** What the token may not do is not tried again for an hour: a person has to act. */
const REFUSED_MS = 3_600_000;
/** A blip is no news: fewer failures in a row are not reported while more tries follow. */
const REPORTED_FAILURES = 4;
/** Codes that are about the token or the app as a whole, and so about every account. */
const OF_ALL_ACCOUNTS: ReadonlySet<number | undefined> = new Set([0, 4, 190]);

/** What a {@link FailureStreak} needs. */
export interface FailureStreakSetup {
  readonly accountId: string;
  readonly intervalMs: number;
  readonly gate: CallGate;
  readonly random: () => number;
  readonly onError: OnError;
}

/** The failures in a row of one read: decides when to try again and whether to speak of it. */
export class FailureStreak {
  readonly #setup: FailureStreakSetup;
  #failures = 0;
  #isReported = false;

  constructor(setup: FailureStreakSetup) {
    this.#setup = setup;
  }

  /** It worked. */
  end(): void {
    this.#failures = 0;
    this.#isReported = false;
    this.#setup.gate.accept(this.#setup.accountId);
  }

  /** Takes in a failure and gives in how many milliseconds to try again. */
  fail(error: unknown, isTriedAgain: boolean): number {
    if (isRefusedToken(error)) return this.#refuse(error);
    const { intervalMs } = this.#setup;
    const isFinal = error instanceof GraphError ? !error.retryable : !isUnreachable(error);
    this.#failures += 1;
    if (isFinal || !isTriedAgain || this.#failures >= REPORTED_FAILURES) this.#report(error);
    return isFinal ? intervalMs : Math.min(this.#backOff(error), intervalMs);
  }

  /** Nothing else of the account is tried while it is throttled. */
  #backOff(error: unknown): number {
    const { gate, random } = this.#setup;
    const isThrottled = error instanceof GraphError && error.failureClass === 'throttled';
    const delayMs = toBackoffMs({ failures: this.#failures, isThrottled, random });
    if (isThrottled) gate.close(this.#toKey(error), delayMs);
    return delayMs;
  }

  /**
   * A token that is no good is good for nothing; a permission that it lacks may be that of one
   * call, so the others go on.
   */
  #refuse(error: GraphError): number {
    const { accountId, gate, onError } = this.#setup;
    const key = this.#toKey(error);
    if (key === ALL_ACCOUNTS) gate.close(key, REFUSED_MS);
    const isNew = gate.refuse(key) && !this.#isReported;
    this.#isReported = true;
    if (isNew) {
      const detail = key === ALL_ACCOUNTS ? toTokenAdvice(error) : toAccessAdvice(error, accountId);
      onError(new TurnspanError('GRAPH_REQUEST_FAILED', { detail, cause: error }));
    }
    return REFUSED_MS;
  }

  #report(error: unknown): void {
    if (!this.#isReported) this.#setup.onError(error);
    this.#isReported = true;
  }

  #toKey(error: GraphError): string {
    return OF_ALL_ACCOUNTS.has(error.graphCode) ? ALL_ACCOUNTS : this.#setup.accountId;
  }
}

function toTokenAdvice({ graphCode }: GraphError): string {
  return `Meta does not take the access token (code ${graphCode}), so nothing is polled; one call an hour finds out whether it is taken again. Check that it has not expired and was not revoked.`;
}

function toAccessAdvice({ graphCode }: GraphError, accountId: string): string {
  return `Meta does not let the access token read all of account ${accountId} (code ${graphCode}); what it refuses is asked for once an hour. Check that the token has the permission whatsapp_business_management, and that the account is assigned to its user.`;
}

function isRefusedToken(error: unknown): error is GraphError {
  return error instanceof GraphError && error.failureClass === 'auth';
}

function isUnreachable(error: unknown): boolean {
  return error instanceof TurnspanError && error.code === 'GRAPH_UNREACHABLE';
}
