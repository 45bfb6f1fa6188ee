import { AccountReads } from './account-reads';
import { CallHeld } from './call-gate';
import { FailureStreak } from './failure-streak';
import { GraphReader } from './graph-reader';
import { LeaseKeeper } from './lease-keeper';
import { PollTask } from './poll-task';
import type { PollerSettings } from './poller-settings';
import { POLL_SUBJECTS, type PollSubject } from './types';

/** Polls one account while its lease is had. */
export class AccountPoller {
  readonly accountId: string;
  readonly #settings: PollerSettings;
  readonly #reads: AccountReads;
  readonly #tasks: ReadonlyMap<PollSubject, PollTask>;
  readonly #keeper: LeaseKeeper;

  constructor(accountId: string, settings: PollerSettings) {
    const { clock, emit, learn, lease, startTimer, onError } = settings;
    this.accountId = accountId;
    this.#settings = settings;
    this.#reads = new AccountReads({ accountId, clock, emit, learn });
    this.#tasks = new Map(POLL_SUBJECTS.map((subject) => [subject, this.#createTask(subject)]));
    this.#keeper = new LeaseKeeper({
      name: `turnspan:poller:${accountId}`,
      lease,
      clock,
      startTimer,
      onError,
      onGain: () => this.#each((task) => task.start()),
      onLose: () => this.#each((task) => task.stop()),
    });
  }

  start(): void {
    this.#keeper.start();
  }

  stop(): void {
    this.#keeper.stop();
    this.#each((task) => task.stop());
  }

  /** Reads now, if the lease can be had. */
  async pollNow(subjects: readonly PollSubject[]): Promise<void> {
    if (!this.#keeper.isHeld && !(await this.#keeper.claim())) return;
    await Promise.all(subjects.map((subject) => this.#tasks.get(subject)?.readNow()));
  }

  /** Reads soon what webhooks say has changed. */
  noteWebhook(subjects: readonly PollSubject[]): void {
    for (const subject of subjects) this.#tasks.get(subject)?.noteWebhook();
  }

  #each(act: (task: PollTask) => void): void {
    for (const task of this.#tasks.values()) act(task);
  }

  #createTask(subject: PollSubject): PollTask {
    const { clock, startTimer, enqueue, gate, random, onError, intervalsMs } = this.#settings;
    const intervalMs = intervalsMs[subject];
    const { accountId } = this;
    const streak = new FailureStreak({ accountId, intervalMs, gate, random, onError });
    const read = (isWanted: () => boolean) => this.#read(subject, streak, isWanted);
    return new PollTask({ clock, startTimer, enqueue, read });
  }

  /** Reads one subject and gives in how many milliseconds to read it again. */
  async #read(
    subject: PollSubject,
    streak: FailureStreak,
    isWanted: () => boolean,
  ): Promise<number> {
    const { gate, intervalsMs, reader } = this.#settings;
    const isStillWanted = () => isWanted() && this.#keeper.isHeld;
    const scope = { accountId: this.accountId, isWanted: isStillWanted };
    try {
      await this.#reads.read(subject, new GraphReader(reader, scope));
      streak.end();
      return intervalsMs[subject] * gate.slowdown(this.accountId);
    } catch (error) {
      if (error instanceof CallHeld || !isStillWanted()) {
        return gate.waitMs(this.accountId) || intervalsMs[subject];
      }
      return streak.fail(error, this.#tasks.get(subject)?.isStarted === true);
    }
  }
}
