import type { Timestamp } from '@turnspan/core';

const SECOND = 1000;
const UNITS = [
  ['d', 86_400 * SECOND],
  ['h', 3600 * SECOND],
  ['min', 60 * SECOND],
  ['s', SECOND],
] as const;

/** A duration in its two largest units, as `3 d 4 h`; the part that is lost is never rounded up. */
export function formatDuration(ms: number): string {
  const first = UNITS.findIndex(([, size]) => ms >= size);
  if (first < 0) return '0 s';
  let rest = ms;
  const parts = UNITS.slice(first, first + 2).flatMap(([unit, size]) => {
    const count = Math.floor(rest / size);
    rest -= count * size;
    return count === 0 ? [] : [`${count} ${unit}`];
  });
  return parts.join(' ');
}

/** How long ago a moment was, in its largest unit, as `3 d ago`. */
export function formatAgo(at: Timestamp, now: Timestamp): string {
  return `${formatDuration(now - at)
    .split(' ')
    .slice(0, 2)
    .join(' ')} ago`;
}

/** A moment in UTC, to the minute. */
export function formatTime(at: Timestamp): string {
  return new Date(at).toISOString().slice(0, 16).replace('T', ' ');
}
