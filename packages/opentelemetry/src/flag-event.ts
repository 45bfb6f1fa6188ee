import type { Attributes, Span } from '@opentelemetry/api';
import type { Shown, UserRef } from '@turnspan/core';
import type { EventOf } from './spans';
import { toHrTime } from './time';

/** The name of the event that a shown variant leaves on the span of its turn, as OpenTelemetry has it. */
export const FLAG_EVENT = 'feature_flag.evaluation';

/** The attributes of that event, as OpenTelemetry's conventions for feature flags name them. */
export const FLAG_ATTRIBUTES = {
  key: 'feature_flag.key',
  variant: 'feature_flag.result.variant',
  reason: 'feature_flag.result.reason',
  provider: 'feature_flag.provider.name',
  version: 'feature_flag.version',
  context: 'feature_flag.context.id',
} as const;

/** The conventions know only these words; what is not here was drawn. */
const REASONS: Readonly<Record<string, string>> = {
  override: 'targeting_match',
  outside_ramp: 'default',
  outside_group: 'default',
  paused: 'disabled',
  unresolved: 'error',
};

/** Notes on a span that a variant was shown. */
export function recordFlag(span: Span, { shown, turn, at }: EventOf<'variant_shown'>): void {
  span.addEvent(FLAG_EVENT, toFlagAttributes(shown, turn.user), toHrTime(at));
}

/** What is known of a shown variant; the user is a keyed hash, and the salt is the version of the experiment. */
export function toFlagAttributes(shown: Shown, user: UserRef): Attributes {
  return {
    [FLAG_ATTRIBUTES.key]: shown.experiment,
    [FLAG_ATTRIBUTES.variant]: shown.variant,
    [FLAG_ATTRIBUTES.reason]: REASONS[shown.reason] ?? 'split',
    [FLAG_ATTRIBUTES.provider]: 'turnspan',
    [FLAG_ATTRIBUTES.version]: shown.salt,
    [FLAG_ATTRIBUTES.context]: user.key,
  };
}
