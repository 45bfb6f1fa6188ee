import type { Claim, Due, Timestamp, Waiting } from '@turnspan/core';
import type { Row } from './store-connection';
import { toKey, toText } from './store-key';

/** A wait as it is bound to the statement that puts it on the list. */
export function toParameters(waiting: Waiting): unknown[] {
  const { id, flow, node, stallAt, dropAt } = waiting;
  const times = [toColumn(stallAt), toColumn(dropAt)];
  return [toKey(id), toText(flow), toText(node), JSON.stringify(waiting), ...times];
}

/** A claim that was granted; `waiting` is empty for a visit that was never on the list. */
export function toClaim(row: Row): Claim {
  const wasWaiting = typeof row.waiting === 'string';
  return {
    claimed: true,
    waiting: wasWaiting ? toWaiting(row) : undefined,
    stalled: row.stalled === true,
  };
}

/** What has passed of a wait that is due. */
export function toDue(row: Row, lease: string): Due {
  const waiting = toWaiting(row);
  const isDrop = row.stalled === true || waiting.dropAt <= waiting.stallAt;
  return { deadline: isDrop ? 'drop' : 'stall', waiting, lease };
}

/** When what is due was so. */
export function passedAt({ deadline, waiting }: Due): Timestamp {
  return deadline === 'drop' ? waiting.dropAt : waiting.stallAt;
}

/** A wait as it was put on the list. JSON knows no infinite number: the times come from their columns. */
export function toWaiting(row: Row): Waiting {
  const waiting = JSON.parse(String(row.waiting)) as Waiting;
  return { ...waiting, stallAt: Number(row.stall_at), dropAt: Number(row.drop_at) };
}

/** A time that is none never comes. */
function toColumn(at: Timestamp): number {
  return Number.isNaN(at) ? Number.POSITIVE_INFINITY : at;
}
