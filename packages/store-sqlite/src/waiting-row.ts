import type { Due, Timestamp, Waiting } from '@turnspan/core';
import type { Row } from './internal-types';
import type { Parameters } from './store-file';

/** The columns of a wait, in the order of {@link toParameters}. */
export const WAIT_COLUMNS: string =
  'id, channel, line, user_key, flow, node, position, parents, stall_at, drop_at';

/** A wait as it is bound to a statement. */
export function toParameters({ user, parents, ...waiting }: Waiting): Parameters {
  return [
    waiting.id,
    user.channel,
    user.line,
    user.key,
    waiting.flow,
    waiting.node,
    waiting.position,
    JSON.stringify(parents),
    toColumn(waiting.stallAt),
    toColumn(waiting.dropAt),
  ];
}

/** A wait as it was bound. */
export function toWaiting(row: Row): Waiting {
  return {
    id: String(row.id),
    user: { channel: String(row.channel), line: String(row.line), key: String(row.user_key) },
    flow: String(row.flow),
    node: String(row.node),
    position: String(row.position),
    parents: JSON.parse(String(row.parents)) as readonly string[],
    stallAt: Number(row.stall_at),
    dropAt: Number(row.drop_at),
  };
}

/** What has passed of a wait that is due. */
export function toDue(row: Row, lease: string): Due {
  const waiting = toWaiting(row);
  const isDrop = isStalled(row) || waiting.dropAt <= waiting.stallAt;
  return { deadline: isDrop ? 'drop' : 'stall', waiting, lease };
}

/** Whether the stall of a wait has been settled. */
export function isStalled(row: Row): boolean {
  return row.stalled === 1;
}

/** When what is due was so. */
export function passedAt({ deadline, waiting }: Due): Timestamp {
  return deadline === 'drop' ? waiting.dropAt : waiting.stallAt;
}

/** A time that is none never comes; refused, it would be told again for ever. */
function toColumn(at: Timestamp): number {
  return Number.isFinite(at) ? at : Number.MAX_SAFE_INTEGER;
}
