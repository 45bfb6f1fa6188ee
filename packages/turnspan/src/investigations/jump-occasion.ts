import type { InvestigationTrigger } from '@turnspan/console';
import type { Timestamp } from '@turnspan/core';
import type { Jump } from '@turnspan/insights';
import type { Occasion } from './occasion';

/** What more people than usual do. */
export const JUMP_KINDS = ['opt_out', 'negative_feedback'] as const;
/** One of {@link JUMP_KINDS}. */
export type JumpKind = (typeof JUMP_KINDS)[number];

/** What is looked into because more people than usual do something. */
export interface JumpOccasion extends Occasion {
  readonly trigger: Extract<InvestigationTrigger, { readonly kind: JumpKind }>;
}

/** On which line it happened, and how often. */
export interface JumpSeen {
  readonly kind: JumpKind;
  readonly channel: string;
  readonly line: string;
  readonly at: Timestamp;
  /** The day as its number since 1 January 1970. */
  readonly today: number;
  readonly jump: Jump;
}

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

/** A jump as something to look into; its id is the same in every process, all day long. */
export function toJumpOccasion({ kind, channel, line, at, today, jump }: JumpSeen): JumpOccasion {
  const day = new Date(today * DAY_MS).toISOString().slice(0, 10);
  const { observed, expected, total } = jump;
  return {
    id: ['line', channel, line, kind, day].join('.'),
    at,
    // What happened in the hour that is not over is part of the evidence.
    until: (Math.floor(at / HOUR_MS) + 1) * HOUR_MS,
    trigger: { kind, line, observed, expected, total },
  };
}
