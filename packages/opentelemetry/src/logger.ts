import type { AttributeValue, Context, HrTime } from '@opentelemetry/api';

/** The attributes of a log record; what is not known is absent. */
export type LogAttributes = Record<string, AttributeValue>;

/** What a logger is asked before a record is made. */
export interface LogRecordHead {
  readonly eventName: string;
  readonly severityNumber: number;
  readonly context: Context;
}

/** Something that happened, in the shape that loggers of `@opentelemetry/api-logs` take. */
export interface LogRecord extends LogRecordHead {
  readonly timestamp: HrTime;
  readonly severityText: string;
  readonly body: string;
  readonly attributes: LogAttributes;
}

/** Takes log records; the `Logger` of `@opentelemetry/api-logs` is one. */
export interface Logger {
  /** Takes one record; a promise that it returns is not waited for. */
  emit(record: LogRecord): unknown;
  /** Whether a record would be taken; without it every one is made. */
  enabled?(head: LogRecordHead): boolean;
}

/** Makes loggers; the `LoggerProvider` of `@opentelemetry/api-logs` is one. */
export interface LoggerProvider {
  /** Gives the logger of a library. */
  getLogger(name: string, version?: string): Logger;
}

/** Gives the logger to use now; undefined if there is none. */
export type GetLogger = () => Logger | undefined;

/** Where log records go. */
export interface LoggerChoice {
  readonly logger: Logger | undefined;
  readonly loggerProvider: LoggerProvider | undefined;
}

const { version }: { readonly version: string } = require('../package.json');

/** Uses what is given, else whatever SDK is registered when a record is made. */
export function createGetLogger({ logger, loggerProvider }: LoggerChoice): GetLogger {
  if (logger) return () => logger;
  const getProvider = loggerProvider ? () => loggerProvider : loadRegistry()?.getLoggerProvider;
  return getProvider ? rememberLogger(getProvider) : () => undefined;
}

/** To look a logger up may be slow, so it is done once for each provider. */
function rememberLogger(getProvider: () => LoggerProvider): GetLogger {
  let known: { readonly provider: LoggerProvider; readonly logger: Logger } | undefined;
  return () => {
    const provider = getProvider();
    if (known?.provider !== provider) {
      known = { provider, logger: provider.getLogger('turnspan', version) };
    }
    return known.logger;
  };
}

/** Where SDKs are registered; undefined where nobody has installed `@opentelemetry/api-logs`. */
function loadRegistry(): { readonly getLoggerProvider: () => LoggerProvider } | undefined {
  try {
    const { logs } = require('@opentelemetry/api-logs');
    return { getLoggerProvider: () => logs.getLoggerProvider() };
  } catch {
    return undefined;
  }
}
