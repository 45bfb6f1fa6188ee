import {
  contain,
  type Observer,
  type OnError,
  type StartTimer,
  systemTimer,
  type Timestamp,
  type TrackerEvent,
} from '@turnspan/core';
import { findJump, toDailyCounts } from '@turnspan/insights';
import type { Journal, MessageHourRow } from '@turnspan/journal';
import { type JumpKind, type JumpOccasion, toJumpOccasion } from './jump-occasion';

/** What a {@link JumpWatch} needs. */
export interface JumpWatchOptions {
  readonly journal: Pick<Journal, 'hours'>;
  readonly now: () => Timestamp;
  /** Hears of a jump, of each line at most once a day. */
  readonly onJump: (occasion: JumpOccasion) => void;
  readonly onError: OnError;
  /** @default a timer that keeps no process alive */
  readonly startTimer?: StartTimer | undefined;
}

/** However many people leave at once, the journal is read so often at most. */
const LOOK_AFTER_MS = 5 * 60_000;
/** A business has a few lines. */
const MOST_LINES = 100;
const DAY_MS = 86_400_000;
const PAST_MS = 28 * DAY_MS;

/** Looks, after people opted out or complained, whether more do so than on the same weekdays before. */
export class JumpWatch {
  readonly #options: JumpWatchOptions;
  /** Where it happened since the last look. */
  readonly #stirred = new Map<string, Subject>();
  /** What was told of already, on the day that it is. */
  readonly #told = new Map<string, number>();
  #stop: (() => void) | undefined;
  #isClosed = false;

  constructor(options: JumpWatchOptions) {
    this.#options = options;
  }

  readonly observe: Observer = (event) => {
    const subject = toSubject(event);
    if (!subject || this.#isClosed) return;
    const key = toKey(subject);
    const isNew = !this.#stirred.has(key) && this.#told.get(key) !== this.#today();
    if (!isNew || this.#stirred.size >= MOST_LINES) return;
    this.#stirred.set(key, subject);
    const { startTimer = systemTimer, onError } = this.#options;
    const look = contain(() => this.#look(), onError);
    this.#stop ??= startTimer(() => void look(), LOOK_AFTER_MS);
  };

  close(): void {
    this.#isClosed = true;
    this.#stop?.();
  }

  #today(): number {
    return Math.floor(this.#options.now() / DAY_MS);
  }

  async #look(): Promise<void> {
    this.#stop = undefined;
    const subjects = [...this.#stirred.values()];
    this.#stirred.clear();
    const { journal, now } = this.#options;
    const at = now();
    const today = Math.floor(at / DAY_MS);
    const query = { since: today * DAY_MS - PAST_MS, until: at + 1, stepMs: DAY_MS };
    const rows = await journal.hours('message_hours', query);
    if (this.#isClosed) return;
    for (const subject of subjects) this.#judge(subject, { rows, at, today });
  }

  #judge(subject: Subject, { rows, at, today }: Look): void {
    const answer = findJump(toDays(rows, subject), today);
    if (answer.kind !== 'found' || !answer.value.jumped) return;
    this.#remember(toKey(subject), today);
    this.#options.onJump(toJumpOccasion({ ...subject, at, today, jump: answer.value }));
  }

  #remember(key: string, today: number): void {
    for (const [each, day] of this.#told) if (day !== today) this.#told.delete(each);
    this.#told.set(key, today);
  }
}

interface Subject {
  readonly kind: JumpKind;
  readonly channel: string;
  readonly line: string;
}

interface Look {
  readonly rows: readonly MessageHourRow[];
  readonly at: Timestamp;
  readonly today: number;
}

function toSubject(event: TrackerEvent): Subject | undefined {
  if (event.kind === 'preference_changed' && event.value === 'stop') {
    const { channel, line } = event.user;
    return { kind: 'opt_out', channel, line };
  }
  if (event.kind === 'delivery' && event.signal.failure?.class === 'negative_feedback') {
    const { channel, line } = event.signal;
    return { kind: 'negative_feedback', channel, line };
  }
  return undefined;
}

function toKey({ kind, channel, line }: Subject): string {
  return `${kind} ${channel} ${line}`;
}

const EVENTS = { opt_out: 'opted_out', negative_feedback: 'negative_feedback' } as const;

function toDays(rows: readonly MessageHourRow[], { kind, channel, line }: Subject) {
  const own = rows.filter((row) => row.channel === channel && row.line === line);
  return toDailyCounts(
    own.map(({ hour, event, count }) => ({
      hour,
      count: event === EVENTS[kind] ? count : 0,
      total: event === 'sent' ? count : 0,
    })),
  );
}
