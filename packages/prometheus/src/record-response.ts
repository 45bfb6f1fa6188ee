import type { UserRef } from '@turnspan/core';
import type { EventOf, Recorder } from './recorder';

/** The value of `flow` where something was said outside of every flow. */
const NO_FLOW = '__none__';

type EndpointLabels = readonly [channel: string, line: string];

/** Measures how long the channel took to hand over a message. */
export function recordInbound(recorder: Recorder, event: EventOf<'inbound_received'>): void {
  if (event.delaySeconds === undefined) return;
  const labels = toEndpointLabels(recorder, event.turn.user);
  recorder.metrics.conversation_inbound_delay_seconds.observe(event.delaySeconds, event, ...labels);
}

/** Measures a response, on our clock and on the one of the channel. */
export function recordResponded(recorder: Recorder, event: EventOf<'responded'>): void {
  const { metrics, limits } = recorder;
  const { seconds, feltSeconds, responder } = event;
  const flow = event.flow === undefined ? NO_FLOW : limits.flow(event.flow);
  const endpoint = toEndpointLabels(recorder, event.turn.user);
  metrics.conversation_response_seconds.observe(seconds, event, flow, ...endpoint, responder);
  if (event.first) {
    metrics.conversation_first_response_seconds.observe(
      seconds,
      event,
      flow,
      ...endpoint,
      responder,
    );
  }
  if (feltSeconds !== undefined) {
    metrics.conversation_felt_response_seconds.observe(feltSeconds, event, ...endpoint);
  }
}

function toEndpointLabels({ limits }: Recorder, { channel, line }: UserRef): EndpointLabels {
  return [limits.channel(channel), limits.line(line)];
}
