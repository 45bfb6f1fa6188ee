import type { QualityChangeRow } from '@turnspan/journal';

/** Words for a state in which fewer messages get through, of numbers, templates and accounts. */
const BAD_STATES: readonly string[] = [
  'FLAGGED',
  'RESTRICTED',
  'PAUSED',
  'DISABLED',
  'SCHEDULE_FOR_DISABLE',
  'REJECTED',
  'BANNED',
  'BLOCKED',
  'LIMITED',
  'RATE_LIMITED',
];
/** Best first. */
const RATINGS: readonly string[] = ['GREEN', 'YELLOW', 'RED'];

/** The changes for the worse among all that became known, oldest first. */
export function findNegativeChanges<
  T extends Pick<QualityChangeRow, 'attribute' | 'value' | 'previous' | 'at'>,
>(changes: readonly T[]): readonly T[] {
  return changes.filter(isWorse).sort((a, b) => a.at - b.at);
}

function isWorse({
  attribute,
  value,
  previous,
}: Pick<QualityChangeRow, 'attribute' | 'value' | 'previous'>): boolean {
  switch (attribute) {
    case 'rating':
      return previous !== null && isAfter(RATINGS, [previous, value]);
    case 'messaging_limit':
      return previous !== null && Number(value) < Number(previous);
    case 'status':
    case 'health':
    case 'review':
      return previous !== null && BAD_STATES.includes(value) && !BAD_STATES.includes(previous);
    case 'restriction':
    case 'violation':
      // Nobody reports that there is none, so the first one has nothing before it.
      return true;
    case 'throughput':
    case 'category':
    case 'name_status':
      return false;
  }
}

function isAfter(order: readonly string[], [from, to]: readonly [string, string]): boolean {
  return order.includes(from) && order.indexOf(to) > order.indexOf(from);
}
