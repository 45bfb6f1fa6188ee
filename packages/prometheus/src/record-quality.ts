import { type EventOf, NONE, type Recorder } from './recorder';

/** Counts what a channel says about the business itself. */
export function recordQualityEvent(
  { metrics, limits }: Recorder,
  { signal }: EventOf<'quality_event'>,
): void {
  const event = limits.event(signal.event.toLowerCase());
  metrics.whatsapp_quality_events_total.inc(signal.subject.kind, event);
}

/** Counts a person who wants no more messages, at the node whose message they got last. */
export function recordPreference(
  { metrics, limits }: Recorder,
  { user, value, place }: EventOf<'preference_changed'>,
): void {
  if (user.channel !== 'whatsapp' || value !== 'stop') return;
  const flow = place === undefined ? NONE : limits.flow(place.flow);
  const node = place === undefined ? NONE : limits.node(flow, place.node);
  metrics.whatsapp_opt_outs_total.inc(limits.line(user.line), flow, node);
}
