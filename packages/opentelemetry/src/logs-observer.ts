import { diag } from '@opentelemetry/api';
import { contain, type Observer, type OnError, TurnspanError } from '@turnspan/core';
import { isLogEvent, LOG_EVENTS, type LogEventName } from './log-events';
import { LogWriter } from './log-writer';
import { createGetLogger, type Logger, type LoggerProvider } from './logger';

/** How conversations become log records. */
export interface LogsOptions {
  /**
   * Takes the records; instead of `loggerProvider`.
   * @default the logger `turnspan` of the SDK that is registered when a record is made
   */
  readonly logger?: Logger;
  /**
   * Gives the logger `turnspan`, which takes the records.
   * @default the SDK that is registered when a record is made
   */
  readonly loggerProvider?: LoggerProvider;
  /**
   * The records to make, by the names of their events.
   * @default all
   */
  readonly eventNames?: readonly LogEventName[];
  /**
   * Hears that records cannot be made or handed over: once, and again after it has worked in between.
   * @default OpenTelemetry's own diagnostic log
   */
  readonly onError?: OnError;
  /**
   * Hears of every record that could not be made or handed over, for whoever counts them.
   * @default nobody counts them
   */
  readonly onLost?: () => void;
}

/** Makes log records of what the tracker tells. */
export interface LogsObserver {
  /** Takes the tracker's events; never throws and never waits. */
  readonly observe: Observer;
}

const LOG_EVENT_NAMES: readonly LogEventName[] = Object.values(LOG_EVENTS);

/**
 * Turns what a journal would keep into log records, one for each event, and gives them to whatever
 * OpenTelemetry SDK the application has registered; without one it does nothing.
 *
 * @example
 * const { observe } = createLogsObserver({ eventNames: ['conversation.visit.settled'] });
 */
export function createLogsObserver({
  logger,
  loggerProvider,
  eventNames = LOG_EVENT_NAMES,
  onError = reportToDiag,
  onLost = () => undefined,
}: LogsOptions = {}): LogsObserver {
  checkLogger({ logger, loggerProvider });
  checkEventNames(eventNames);
  const ignore = () => undefined;
  const writer = new LogWriter(createGetLogger({ logger, loggerProvider }), {
    onError: contain(onError, ignore),
    onLost: contain(onLost, ignore),
  });
  const wanted = new Set(eventNames);
  return {
    observe: (event) => {
      if (isLogEvent(event) && wanted.has(LOG_EVENTS[event.kind])) writer.write(event);
    },
  };
}

function reportToDiag(error: unknown): void {
  diag.error('turnspan: log records could not be made', error);
}

function checkLogger(given: { readonly logger: unknown; readonly loggerProvider: unknown }): void {
  if (given.logger !== undefined && given.loggerProvider !== undefined) {
    refuse('Expected `logger` or `loggerProvider`, got both.');
  }
  checkMethod(given.logger, { option: 'logger', method: 'emit' });
  checkMethod(given.loggerProvider, { option: 'loggerProvider', method: 'getLogger' });
}

function checkMethod(
  value: unknown,
  { option, method }: { readonly option: string; readonly method: string },
): void {
  if (value === undefined) return;
  const methods = value as Readonly<Record<string, unknown>> | null;
  if (typeof methods?.[method] === 'function') return;
  refuse(`Expected \`${option}\` to have a method \`${method}\`, as in @opentelemetry/api-logs.`);
}

function checkEventNames(names: readonly string[]): void {
  const known: readonly string[] = LOG_EVENT_NAMES;
  const unknown = names.find((name) => !known.includes(name));
  if (unknown === undefined) return;
  refuse(`Expected \`eventNames\` to hold names of log records, got '${unknown}'.`);
}

function refuse(detail: string): never {
  throw new TurnspanError('OPTION_INVALID', { detail });
}
