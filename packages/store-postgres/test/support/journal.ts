import type { TrackerEvent, VisitSettled } from '@turnspan/core';

const T0 = Date.UTC(2026, 0, 5, 9);
const USER = { channel: 'whatsapp', line: '15550001', key: 'u1' };

/** A visit that was answered. */
export function settled(index = 1): VisitSettled {
  const journey = { id: 'j1', flow: 'order', version: 'v1', variant: '', entry: 'user' } as const;
  const run = { ...journey, exposures: [], startedAt: T0, user: USER, sessionId: 's1' };
  const asked = { kind: 'question', variant: '', enteredAt: T0, askedAt: T0 } as const;
  return {
    kind: 'visit_settled',
    at: T0 + 5000,
    visit: { journey: run, index, node: 'size', ...asked },
    turn: undefined,
    outcome: 'advanced',
    waitSeconds: 5,
    processingSeconds: 0.1,
    repliedAt: T0 + 5000,
    inputKind: 'text',
    match: 'matched',
    openedBy: undefined,
    loopPeriod: undefined,
  };
}

/** So many of them. */
export function visits(count: number): TrackerEvent[] {
  return Array.from({ length: count }, (_, index) => settled(index));
}

/** A message that was sent. */
export function delivery(): TrackerEvent {
  const { channel, line } = USER;
  const signal = { kind: 'delivery', channel, line, status: 'sent', at: T0 } as const;
  return { kind: 'delivery', at: T0, signal, flow: 'order', node: 'size', seconds: undefined };
}

/** Timers that run when they are told to. */
export function createTimers() {
  const timers = new Set<{ readonly run: () => void; readonly delayMs: number }>();
  return {
    timers,
    startTimer: (run: () => void, delayMs: number) => {
      const timer = { run, delayMs };
      timers.add(timer);
      return () => timers.delete(timer);
    },
    /** Runs what is due after this delay. */
    runAll: (delayMs: number) => {
      for (const timer of [...timers]) {
        if (timer.delayMs !== delayMs) continue;
        timers.delete(timer);
        timer.run();
      }
    },
  };
}
