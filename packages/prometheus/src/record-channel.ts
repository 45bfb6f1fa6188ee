import type { DeliverySignal } from '@turnspan/core';
import type { EventOf, Recorder } from './recorder';

const UNKNOWN = 'unknown';

/** Counts and measures a channel's word on a message sent earlier. */
export function recordDelivery(recorder: Recorder, event: EventOf<'delivery'>): void {
  recordStage(recorder, event);
  recordNodeMessage(recorder, event);
  if (event.signal.channel === 'whatsapp') recordWhatsappMessage(recorder, event.signal);
}

/** Counts an update received by webhook. */
export function recordWebhook({ metrics, limits }: Recorder, event: EventOf<'webhook'>): void {
  const { field, result } = event.signal;
  metrics.whatsapp_webhook_events_total.inc(limits.field(field), result);
}

function recordStage({ metrics, limits }: Recorder, event: EventOf<'delivery'>): void {
  const { channel, line, status } = event.signal;
  if (event.seconds === undefined || status === 'failed') return;
  const endpoint = [limits.channel(channel), limits.line(line)] as const;
  metrics.conversation_delivery_seconds.observe(event.seconds, event, ...endpoint, status);
}

function recordNodeMessage({ metrics, limits }: Recorder, event: EventOf<'delivery'>): void {
  if (event.flow === undefined || event.node === undefined) return;
  const flow = limits.flow(event.flow);
  const node = limits.node(flow, event.node);
  metrics.conversation_node_messages_total.inc(flow, node, event.signal.status);
}

function recordWhatsappMessage({ metrics, limits }: Recorder, signal: DeliverySignal): void {
  const line = limits.line(signal.line);
  const category = limits.category(signal.category || UNKNOWN);
  metrics.whatsapp_messages_total.inc(line, category, signal.status);
  if (signal.status !== 'failed') return;
  const { class: reason, code } = signal.failure ?? { class: 'other', code: UNKNOWN };
  metrics.whatsapp_message_failures_total.inc(line, reason, limits.code(code || UNKNOWN));
}
