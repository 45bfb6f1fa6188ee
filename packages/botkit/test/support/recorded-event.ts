import type { TrackerEvent } from '@turnspan/core';

/** An event as it was when it was told. */
export type RecordedEvent = TrackerEvent;

/** Copies an event: what it points to changes while the turn goes on. */
export function recordEvent(event: TrackerEvent): RecordedEvent {
  return JSON.parse(JSON.stringify(event, withErrors)) as RecordedEvent;
}

function withErrors(_key: string, value: unknown): unknown {
  return value instanceof Error ? { name: value.name, message: value.message } : value;
}
