const UNITS = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1000],
  ['ms', 1],
] as const;

/** Writes seconds as Prometheus does, as `1h30m`; what is less than a millisecond becomes one. */
export function toDuration(seconds: number): string {
  let rest = Math.max(1, Math.round(seconds * 1000));
  let text = '';
  for (const [unit, milliseconds] of UNITS) {
    const count = Math.floor(rest / milliseconds);
    if (count > 0) text += `${count}${unit}`;
    rest -= count * milliseconds;
  }
  return text;
}
