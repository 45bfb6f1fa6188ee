import type {
  Claim,
  ClaimReason,
  Due,
  Waiting,
  WaitingCount,
  WaitingSummary,
} from '@turnspan/core';
import { toBoolean, toList, toTexts } from './reply';

/** A wait as the scripts take it. */
export function toPacked(waiting: Waiting): string[] {
  const { id, user, flow, node, position, parents, stallAt, dropAt } = waiting;
  const { channel, line, key } = user;
  return [
    id,
    String(stallAt),
    String(dropAt),
    channel,
    line,
    key,
    flow,
    node,
    position,
    ...parents,
  ];
}

/** A wait as the scripts give it. */
function toWaiting(packed: readonly string[]): Waiting {
  const [id = '', stallAt, dropAt, channel = '', line = '', key = ''] = packed;
  const [flow = '', node = '', position = '', ...parents] = packed.slice(6);
  return {
    id,
    user: { channel, line, key },
    flow,
    node,
    position,
    parents,
    stallAt: Number(stallAt),
    dropAt: Number(dropAt),
  };
}

/** What the script of a claim answered. */
export function toClaim(reply: unknown): Claim {
  const [claimed, reason, stalled, ...packed] = toTexts(reply);
  if (!toBoolean(claimed)) return { claimed: false, reason: toReason(reason) };
  const waiting = packed.length > 0 ? toWaiting(packed) : undefined;
  return { claimed: true, waiting, stalled: toBoolean(stalled) };
}

/** A deadline that was handed out under a lease. */
export function toDue(reply: unknown, lease: string): Due {
  const [deadline, ...packed] = toTexts(reply);
  return { deadline: deadline === 'drop' ? 'drop' : 'stall', waiting: toWaiting(packed), lease };
}

/** What the script that lists drops answered. */
export function toWaitings(reply: unknown): readonly Waiting[] {
  return toList(reply).map((packed) => toWaiting(toTexts(packed)));
}

/** What the script of a summary answered. */
export function toSummary(reply: unknown): WaitingSummary {
  const [next = '', ...counts] = toList(reply);
  const nextDeadline = String(next) === '' ? undefined : Number(next);
  return { counts: counts.map(toCount), nextDeadline };
}

function toCount(reply: unknown): WaitingCount {
  const [flow = '', node = '', waiting, stalled] = toTexts(reply);
  return { flow, node, waiting: Number(waiting), stalled: Number(stalled) };
}

const REASONS: readonly ClaimReason[] = ['answered', 'dropped', 'undelivered'];

function toReason(text: string | undefined): ClaimReason | undefined {
  return REASONS.find((reason) => reason === text);
}
