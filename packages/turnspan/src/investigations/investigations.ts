import type { Observer, OnError, StartTimer, Timestamp } from '@turnspan/core';
import { type Answer, type Investigation, investigate, readEvidence } from '@turnspan/insights';
import type { Journal } from '@turnspan/journal';
import type { PrometheusObserver } from '@turnspan/prometheus';
import { JUMP_KINDS } from './jump-occasion';
import { JumpWatch } from './jump-watch';
import { toInvestigationRow, toKept } from './kept';
import { toMessage } from './message';
import { isForTheWorse, NEGATIVE_ATTRIBUTES, type Occasion, toOccasion } from './occasion';
import type { InvestigationsOptions } from './options';
import { post } from './post';

/** Looks into what changed for the worse. */
export interface Investigating {
  /** Never waits: what there is to do is done later. */
  readonly observe: Observer;
  /** Ends what is being done; never rejects. */
  close(): Promise<void>;
}

/** The part of a journal that is looked into, and that keeps what was found. */
type InvestigatedJournal = Pick<Journal, 'hours' | 'keepInvestigation'>;

/** What investigations are made with. */
export interface InvestigatingSetup {
  readonly journal: InvestigatedJournal | undefined;
  readonly metrics: Pick<PrometheusObserver, 'investigated'> | undefined;
  readonly onError: OnError;
  readonly now: () => Timestamp;
  /** @default a timer that keeps no process alive */
  readonly startTimer?: StartTimer | undefined;
  /** How long whoever is told may take. @default 5000 */
  readonly deadlineMs?: number | undefined;
}

/** Sets investigations up where there is a journal to look into. */
export function setUpInvestigations(
  options: InvestigationsOptions | false | undefined,
  { journal, ...setup }: InvestigatingSetup,
): Investigating | undefined {
  if (options === false || !journal) return undefined;
  for (const trigger of [...NEGATIVE_ATTRIBUTES, ...JUMP_KINDS]) {
    setup.metrics?.investigated(trigger, 0);
  }
  const investigator = new Investigator(options ?? {}, { ...setup, journal });
  const onJump = (occasion: Occasion) => investigator.take(occasion);
  const { now, onError, startTimer } = setup;
  const jumps = new JumpWatch({ journal, now, onJump, onError, startTimer });
  return {
    observe: (event) => {
      jumps.observe(event);
      if (event.kind !== 'quality_changed' || !isForTheWorse(event.change)) return;
      investigator.take(toOccasion(event.change));
    },
    close: async () => {
      jumps.close();
      await investigator.close();
    },
  };
}

/** Of what changes at once the rest is left to those who ask the console, which looks into it then. */
const MOST_WAITING = 20;
const HOUR_MS = 3_600_000;

interface InvestigatorSetup extends InvestigatingSetup {
  readonly journal: InvestigatedJournal;
}

/** Looks into one occasion after the other. */
class Investigator {
  readonly #options: InvestigationsOptions;
  readonly #setup: InvestigatorSetup;
  readonly #closing = new AbortController();
  #waiting = 0;
  #tail: Promise<void> = Promise.resolve();
  /** What is being looked at, for all that happened in the same hour. */
  #evidence:
    | { readonly hour: Timestamp; readonly rows: ReturnType<typeof readEvidence> }
    | undefined;

  constructor(options: InvestigationsOptions, setup: InvestigatorSetup) {
    this.#options = options;
    this.#setup = setup;
  }

  take(occasion: Occasion): void {
    if (this.#waiting >= MOST_WAITING || this.#isClosed) return;
    this.#waiting += 1;
    this.#tail = this.#tail
      .then(nextMacrotask)
      .then(() => (this.#isClosed ? undefined : this.#lookInto(occasion)))
      .catch((error) => this.#tell(error))
      .then(() => this.#end());
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await this.#tail;
  }

  get #isClosed(): boolean {
    return this.#closing.signal.aborted;
  }

  async #lookInto(occasion: Occasion): Promise<void> {
    const { journal, metrics, deadlineMs } = this.#setup;
    const answer = await this.#answer(occasion.until ?? occasion.at);
    const row = toInvestigationRow(occasion, toKept(occasion, answer));
    // Whoever else heard of it may have been first.
    if (!(await journal.keepInvestigation(row))) return;
    metrics?.investigated(row.trigger, 1);
    const { webhook, format } = this.#options;
    if (webhook === undefined || this.#isClosed) return;
    const message = toMessage(occasion, answer, format);
    await post(webhook, message, { signal: this.#closing.signal, deadlineMs });
  }

  async #answer(at: Timestamp): Promise<Answer<Investigation>> {
    const hour = Math.floor(at / HOUR_MS) * HOUR_MS;
    if (this.#evidence?.hour !== hour) {
      this.#evidence = { hour, rows: readEvidence(this.#setup.journal, at) };
    }
    return investigate(await this.#evidence.rows, at);
  }

  /** What was cut short is no failure. */
  #tell(error: unknown): void {
    this.#evidence = undefined;
    if (!this.#isClosed) this.#setup.onError(error);
  }

  /** What was read is held no longer than it is of use. */
  #end(): void {
    this.#waiting -= 1;
    if (this.#waiting === 0) this.#evidence = undefined;
  }
}

function nextMacrotask(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
