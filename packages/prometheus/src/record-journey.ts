import type { JourneyRef } from '@turnspan/core';
import type { EventOf, Recorder } from './recorder';

type JourneyLabels = readonly [flow: string, variant: string, channel: string, line: string];

/** Counts a journey that begins. */
export function recordJourneyStarted(
  recorder: Recorder,
  { journey }: EventOf<'journey_started'>,
): void {
  const labels = toJourneyLabels(recorder, journey);
  recorder.metrics.conversation_journeys_started_total.inc(...labels, journey.entry);
}

/** Counts a journey that ends, and measures it. */
export function recordJourneyEnded(recorder: Recorder, event: EventOf<'journey_ended'>): void {
  const { metrics } = recorder;
  const labels = toJourneyLabels(recorder, event.journey);
  const [flow] = labels;
  metrics.conversation_journeys_ended_total.inc(...labels, event.outcome);
  metrics.conversation_journey_seconds.observe(event.seconds, event, flow, event.outcome);
  metrics.conversation_journey_turns.observe(event.turns, event, flow, event.outcome);
}

function toJourneyLabels({ limits }: Recorder, journey: JourneyRef): JourneyLabels {
  const { user } = journey;
  const flow = limits.flow(journey.flow);
  const variant = limits.variant(flow, journey.variant);
  return [flow, variant, limits.channel(user.channel), limits.line(user.line)];
}
