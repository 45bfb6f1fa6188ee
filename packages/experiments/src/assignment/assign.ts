import type { Declaration, Exclusion } from '../declaration/types';
import { toBuckets } from './buckets';

/** Why a user gets a variant: by hash, as a tester, or the control because nothing else is to be had. */
export type AssignmentReason =
  | 'hash'
  | 'override'
  | 'outside_ramp'
  | 'outside_group'
  | 'paused'
  | 'stopped';

/** The variant of a user and why it is that one. */
export interface Assignment {
  readonly variant: string;
  readonly reason: AssignmentReason;
}

/**
 * Gives the variant of a user, from nothing but the declaration and the user's key. Whether users
 * take part hangs on one hash and which variant they get on another, so that a higher ramp lets
 * more in and moves nobody.
 */
export function assignVariant(declaration: Declaration, userKey: string): Assignment {
  const { variants, overrides, salt, ramp, exclusion } = declaration;
  const control = variants[0] ?? '';
  const override = Object.hasOwn(overrides, userKey) ? overrides[userKey] : undefined;
  if (override !== undefined) return { variant: override, reason: 'override' };
  if (exclusion && !isInGroup(exclusion, userKey)) {
    return { variant: control, reason: 'outside_group' };
  }
  const { first, second } = toBuckets(`experiment/${declaration.name}/${salt}`, userKey);
  if (first >= ramp) return { variant: control, reason: 'outside_ramp' };
  return { variant: pick(declaration, second) ?? control, reason: 'hash' };
}

function isInGroup({ group, from, to }: Exclusion, userKey: string): boolean {
  const { first } = toBuckets(`group/${group}`, userKey);
  return first >= from && first < to;
}

function pick({ variants, weights }: Declaration, place: number): string | undefined {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  let rest = place * total;
  const index = weights.findIndex((weight) => {
    rest -= weight;
    return rest < 0;
  });
  return variants.at(index);
}
