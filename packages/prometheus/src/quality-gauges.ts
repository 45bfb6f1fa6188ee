import { attempt, type OnError, type QualityFact, type Timestamp } from '@turnspan/core';
import { toKnownSubjects } from './known-subjects';
import { oncePerTick } from './once-per-tick';
import { QualityLabels } from './quality-labels';
import { showSubject } from './quality-states';
import type { Recorder } from './recorder';

const QUALITY_GAUGES = [
  'whatsapp_phone_quality_rating',
  'whatsapp_phone_quality_score',
  'whatsapp_phone_status',
  'whatsapp_messaging_limit',
  'whatsapp_throughput_level',
  'whatsapp_template_status',
  'whatsapp_template_quality_rating',
  'whatsapp_template_quality_score',
  'whatsapp_template_paused_until_timestamp_seconds',
  'whatsapp_account_restricted',
  'whatsapp_account_restriction_until_timestamp_seconds',
  'whatsapp_health',
  'whatsapp_state_changed_timestamp_seconds',
  'whatsapp_state_observed_timestamp_seconds',
] as const;

/** Where the quality gauges get their values from; while it fails they have none. */
export interface QualityFacts {
  readonly quality: () => readonly QualityFact[];
  readonly now: () => Timestamp;
  readonly onError: OnError;
}

/** Makes the quality gauges read the facts whenever they are scraped. */
export function collectQuality(
  { metrics, limits }: Recorder,
  { quality, now, onError }: QualityFacts,
): void {
  const labels = new QualityLabels(limits);
  const apply = () => {
    const subjects = toKnownSubjects(quality(), now());
    for (const name of QUALITY_GAUGES) metrics[name].hide();
    labels.next();
    for (const known of subjects) showSubject({ metrics, labels }, known);
    return true;
  };
  const collect = oncePerTick(() => attempt(apply, onError) ?? false);
  for (const name of QUALITY_GAUGES) metrics[name].collect = collect;
}
