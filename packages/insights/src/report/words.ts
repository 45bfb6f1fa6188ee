import type { Interval, Proportion } from '../statistics/proportion';

/** A part in words, with its interval: `42 % (39 to 45 %)`. */
export function writeProportion({ rate, low, high }: Proportion): string {
  return rate === undefined ? 'nobody' : `${writePercent(rate)} (${writeRange({ low, high })})`;
}

/** A part in per cent, with one digit where it is small. */
export function writePercent(rate: number): string {
  return `${toPercent(rate)} %`;
}

/** From where to where, in per cent. */
export function writeRange({ low, high }: Interval): string {
  return `${toPercent(low)} to ${toPercent(high)} %`;
}

/** A number with its thousands marked. */
export function writeCount(count: number): string {
  return Math.round(count).toLocaleString('en-US');
}

/** So many people, or one person. */
export function writePeople(count: number): string {
  return Math.round(count) === 1 ? '1 person' : `${writeCount(count)} people`;
}

/** A duration that people can picture. */
export function writeSeconds(seconds: number): string {
  if (seconds < 10) return `${Number(seconds.toPrecision(2))} s`;
  if (seconds < 100) return `${Math.round(seconds)} s`;
  if (seconds < 5400) return `${Math.round(seconds / 60)} min`;
  return `${Number((seconds / 3600).toPrecision(2))} h`;
}

function toPercent(rate: number): string {
  const percent = rate * 100;
  const isSmall = Math.abs(percent) < 9.95 && percent !== 0;
  return percent.toFixed(isSmall ? 1 : 0).replace('-', '−');
}
