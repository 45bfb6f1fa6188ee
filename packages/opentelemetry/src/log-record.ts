import { type Context, isSpanContextValid, ROOT_CONTEXT, trace } from '@opentelemetry/api';
import type { TraceRef } from '@turnspan/core';
import { toSpanContext } from './links';
import { toLogAttributes } from './log-attributes';
import {
  LOG_EVENTS,
  type LogEvent,
  SEVERITY_NUMBERS,
  toBody,
  toSeverity,
  toTrace,
} from './log-events';
import type { LogRecord, LogRecordHead } from './logger';
import { toHrTime } from './time';

/** As much of a record as a logger needs to say whether it wants the rest. */
export function toRecordHead(event: LogEvent): LogRecordHead {
  return {
    eventName: LOG_EVENTS[event.kind],
    severityNumber: SEVERITY_NUMBERS[toSeverity(event)],
    context: toContext(toTrace(event)),
  };
}

/** The whole record, at the time of the event. */
export function toRecord(event: LogEvent, head: LogRecordHead): LogRecord {
  checkTime(event);
  const { eventName, severityNumber, context } = head;
  // Spreading `head` takes ten times as long as naming what it holds.
  return {
    eventName,
    severityNumber,
    context,
    timestamp: toHrTime(event.at),
    severityText: toSeverity(event),
    body: toBody(event),
    attributes: toLogAttributes(event),
  };
}

/** Never the active span: a deadline passes while the bot does something for somebody else. */
function toContext(span: TraceRef | undefined): Context {
  const target = span && toSpanContext(span, true);
  if (!target || !isSpanContextValid(target)) return ROOT_CONTEXT;
  return trace.setSpanContext(ROOT_CONTEXT, target);
}

/** OTLP cannot write such a time: all records sent along with it would be lost, or it would come out as another. */
function checkTime({ kind, at }: LogEvent): void {
  if (Number.isFinite(at) && at >= 0) return;
  throw new RangeError(`Expected the time of ${kind} to be milliseconds since 1970, got ${at}.`);
}
