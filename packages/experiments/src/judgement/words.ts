/** Writes a share as a percentage of three digits. */
export function toPercent(share: number): string {
  return `${Number((share * 100).toPrecision(3))} %`;
}

/** Writes a difference of shares in percentage points. */
export function toPoints(difference: number): string {
  return `${Number((difference * 100).toPrecision(3))} points`;
}
