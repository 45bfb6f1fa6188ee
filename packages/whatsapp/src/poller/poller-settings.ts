import {
  attempt,
  type Clock,
  contain,
  type OnError,
  type QualityFact,
  systemClock,
  TurnspanError,
} from '@turnspan/core';
import { warn } from '../report';
import { type StartTimer, systemTimer } from '../timer';
import { CallGate } from './call-gate';
import type { ReaderSetup } from './graph-reader';
import { createQueue, type Enqueue } from './queue';
import { type Lease, POLL_SUBJECTS, type PollerOptions, type PollSubject } from './types';
import { UnsupportedFields } from './unsupported-fields';

const MINUTE = 60_000;
const INTERVALS_MS: Readonly<Record<PollSubject, number>> = {
  phones: 10 * MINUTE,
  account: 60 * MINUTE,
  limit: 60 * MINUTE,
  health: 15 * MINUTE,
  templates: 30 * MINUTE,
};

/** What the pollers of all accounts share. */
export interface PollerSettings {
  readonly intervalsMs: Readonly<Record<PollSubject, number>>;
  readonly clock: Clock;
  readonly startTimer: StartTimer;
  readonly random: () => number;
  readonly lease: Lease | undefined;
  /** Never throws. */
  readonly onError: OnError;
  readonly emit: (facts: readonly QualityFact[]) => void;
  /** Hears how a number is displayed, and which id it has. */
  readonly learn: (displayPhoneNumber: unknown, phoneNumberId: unknown) => void;
  readonly gate: CallGate;
  readonly reader: ReaderSetup;
  /** One call at a time, whatever is due. */
  readonly enqueue: Enqueue;
}

/**
 * Checks the options and fills in what is missing.
 *
 * @throws TurnspanError `OPTION_INVALID`
 */
export function toPollerSettings(options: PollerOptions): PollerSettings {
  const { clock = systemClock, startTimer = systemTimer, random = Math.random } = options;
  const { businessAccountIds, graph, onFacts, onRequest, lease } = options;
  const intervalsMs = { ...INTERVALS_MS, ...options.intervalsMs };
  check(businessAccountIds, intervalsMs);
  const onError = contain(options.onError ?? warn, () => {});
  const gate = new CallGate(clock, businessAccountIds);
  const unsupported = new UnsupportedFields(clock);
  return {
    intervalsMs,
    clock,
    startTimer,
    random,
    lease,
    onError,
    emit(facts) {
      if (facts.length > 0) attempt(() => onFacts(facts), onError);
    },
    learn: contain((display, id) => options.phones?.learn(display, id), onError),
    gate,
    reader: { graph, gate, unsupported, onRequest, onError },
    enqueue: createQueue(),
  };
}

function check(
  accountIds: readonly string[],
  intervalsMs: Readonly<Record<PollSubject, number>>,
): void {
  const bad = accountIds.find((id) => !/^\d+$/.test(id));
  if (bad !== undefined || accountIds.length === 0) {
    throw refuse(
      `Expected \`businessAccountIds\` to be ids in digits, got ${JSON.stringify(accountIds)}.`,
    );
  }
  for (const subject of POLL_SUBJECTS) {
    if (intervalsMs[subject] >= 1000) continue;
    throw refuse(
      `Expected \`intervalsMs.${subject}\` to be a number from 1000 up, got ${intervalsMs[subject]}.`,
    );
  }
}

function refuse(detail: string): TurnspanError {
  return new TurnspanError('OPTION_INVALID', { detail });
}
