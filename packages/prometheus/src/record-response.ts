import type { UserRef } from '@turnspan/core';
import { type EventOf, NONE, type Recorder } from './recorder';

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
  const flow = event.flow === undefined ? NONE : limits.flow(event.flow);
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
