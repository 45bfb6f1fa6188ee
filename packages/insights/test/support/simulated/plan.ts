import type { Place } from '../../../src/places';

/** Something that is wrong, and from which day on. */
export type Fault =
  | {
      readonly kind: 'confusing' | 'slow' | 'overlong';
      readonly place: Place;
      readonly from: number;
    }
  | { readonly kind: 'loop'; readonly place: Place; readonly back: string; readonly from: number }
  | { readonly kind: 'bad_template'; readonly template: string; readonly from: number };

/** Something that changed and did no harm. */
export type Innocent =
  | { readonly kind: 'campaign' | 'new_version'; readonly flow: string; readonly from: number }
  | { readonly kind: 'improvement'; readonly place: Place; readonly from: number }
  | { readonly kind: 'holiday'; readonly from: number };

/** What is planted: the ledger of the truth. */
export interface Plan {
  readonly seed: number;
  readonly faults?: readonly Fault[];
  readonly innocents?: readonly Innocent[];
}

export const FLOWS: readonly string[] = ['book', 'cancel', 'support'];
export const NODES: readonly string[] = ['a', 'b', 'c', 'd', 'e', 'f'];
export const TEMPLATES: readonly string[] = ['hello', 'news', 'offer', 'reminder', 'survey'];
export const DAYS = 35;

const DAY_MS = 86_400_000;
/** A Monday. */
const FIRST_DAY = 20_454;

/** When the simulated days are over. */
export const END: number = (FIRST_DAY + DAYS) * DAY_MS;

/** All that happens on a day happens within one hour. */
export function toHourOf(day: number): number {
  return (FIRST_DAY + day) * DAY_MS + DAY_MS / 2;
}

/** How much goes on: less on Saturdays and Sundays. */
export function toTraffic(day: number): number {
  return day % 7 > 4 ? 0.7 : 1;
}

export function isSamePlace(one: Place, other: Place): boolean {
  return one.flow === other.flow && one.node === other.node;
}
