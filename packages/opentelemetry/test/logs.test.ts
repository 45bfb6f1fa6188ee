import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { context, ROOT_CONTEXT, trace } from '@opentelemetry/api';
import { type Logger as ApiLogger, logs } from '@opentelemetry/api-logs';
import type { VisitRef } from '@turnspan/core';
import { version } from '../package.json';
import {
  ATTRIBUTES,
  createLogsObserver,
  FLAG_ATTRIBUTES,
  LOG_ATTRIBUTES,
  LOG_EVENTS,
  type Logger,
  type LogRecord,
  type LogsOptions,
} from '../src';
import { MONDAY, visitOf, visitSettled } from './support/events';
import { TURN_SPAN, tellStory } from './support/log-story';
import { createLogging, toLine } from './support/logging';
import { toMs, useContextManager } from './support/tracing';

useContextManager();
afterEach(() => logs.disable());

const GOLDEN = join(__dirname, 'logs.golden.txt');
const dropped = visitSettled(visitOf(), 'dropped');

/** A logger that takes notes. */
function createNotes(enabled?: Logger['enabled']) {
  const records: LogRecord[] = [];
  const logger: Logger = {
    emit: (record) => void records.push(record),
    ...(enabled && { enabled }),
  };
  return { logger, records };
}

describe('the records of a conversation', () => {
  it('are those that were written down, and no others', () => {
    const { provider, records } = createLogging();
    const { observe } = createLogsObserver({ loggerProvider: provider });

    for (const event of tellStory()) observe(event);

    const golden = readFileSync(GOLDEN, 'utf8').trimEnd().split('\n');
    expect(records().map(toLine)).toEqual(golden);
  });

  it('have all names and attributes there are, and come from the scope turnspan', () => {
    const { provider, records } = createLogging();
    const { observe } = createLogsObserver({ loggerProvider: provider });

    for (const event of tellStory()) observe(event);

    const names = records().map(({ eventName }) => eventName);
    const known = new Set<string>(
      [ATTRIBUTES, LOG_ATTRIBUTES, FLAG_ATTRIBUTES].flatMap((names) => Object.values(names)),
    );
    const keys = records().flatMap(({ attributes }) => Object.keys(attributes));
    expect(new Set(names)).toEqual(new Set(Object.values(LOG_EVENTS)));
    expect(keys.filter((key) => !known.has(key))).toEqual([]);
    expect(Object.values(LOG_ATTRIBUTES).filter((name) => !keys.includes(name))).toEqual([]);
    expect(records()[0]?.instrumentationScope).toMatchObject({ name: 'turnspan', version });
  });

  it('bear the time of the event, and besides the time at which it was noticed', () => {
    const { provider, records } = createLogging();
    const { observe } = createLogsObserver({ loggerProvider: provider });
    const before = Date.now();

    observe({ ...dropped, at: MONDAY });

    const [record] = records();
    expect(record && toMs(record.hrTime)).toBe(MONDAY);
    expect(record && toMs(record.hrTimeObserved)).toBeGreaterThanOrEqual(before);
  });

  it('belong to no span that happens to be active', () => {
    const { provider, records } = createLogging();
    const { observe } = createLogsObserver({ loggerProvider: provider });
    const active = trace.setSpanContext(ROOT_CONTEXT, { ...TURN_SPAN, traceFlags: 1 });

    context.with(active, () => observe(dropped));

    expect(records()).toMatchObject([{ spanContext: undefined }]);
  });

  it('do without a trace that was read back broken', () => {
    const { provider, records } = createLogging();
    const { observe } = createLogsObserver({ loggerProvider: provider });

    observe({ ...dropped, openedBy: { traceId: 'no trace', spanId: '' } });

    expect(records()).toMatchObject([{ spanContext: undefined }]);
  });
});

describe('where records go', () => {
  it('is nowhere without an SDK', () => {
    const onError = jest.fn();
    const { observe } = createLogsObserver({ onError });

    for (const event of tellStory()) observe(event);

    expect(onError).not.toHaveBeenCalled();
  });

  it('is nowhere where the API is not installed', () => {
    const { provider, records } = createLogging();
    logs.setGlobalLoggerProvider(provider);
    jest.doMock('@opentelemetry/api-logs', () => {
      throw new Error("Cannot find module '@opentelemetry/api-logs'");
    });
    const onError = jest.fn();

    createLogsObserver({ onError }).observe(dropped);

    jest.dontMock('@opentelemetry/api-logs');
    expect(records()).toEqual([]);
    expect(onError).not.toHaveBeenCalled();
  });

  it('is the SDK that is registered when they are made', () => {
    const { observe } = createLogsObserver();
    const [first, second] = [createLogging(), createLogging()];

    observe(dropped);
    logs.setGlobalLoggerProvider(first.provider);
    observe(dropped);
    logs.disable();
    observe(dropped);
    logs.setGlobalLoggerProvider(second.provider);
    observe(dropped);
    observe(dropped);

    expect([first, second].map(({ records }) => records().length)).toEqual([1, 2]);
  });

  it('is a logger of the API, as it is', () => {
    const { provider, records } = createLogging();
    const logger: ApiLogger = provider.getLogger('mine');

    createLogsObserver({ logger }).observe(dropped);

    expect(records()).toMatchObject([{ instrumentationScope: { name: 'mine' } }]);
  });

  it('is looked up once for each provider', () => {
    const { logger, records } = createNotes();
    const getLogger = jest.fn(() => logger);
    const { observe } = createLogsObserver({ loggerProvider: { getLogger } });

    for (const event of [dropped, dropped, dropped]) observe(event);

    expect(records).toHaveLength(3);
    expect(getLogger.mock.calls).toEqual([['turnspan', version]]);
  });
});

describe('which records are made', () => {
  it('is what `eventNames` says', () => {
    const { logger, records } = createNotes();
    const { observe } = createLogsObserver({ logger, eventNames: ['conversation.node.looped'] });

    for (const event of tellStory()) observe(event);

    expect(records.map(({ eventName }) => eventName)).toEqual(['conversation.node.looped']);
  });

  it('is up to the logger, which sees name, severity and trace before the rest is read', () => {
    const enabled = jest.fn(() => false);
    const { logger, records } = createNotes(enabled);
    const { observe } = createLogsObserver({ logger });
    const { journey, ...place } = visitOf();
    const read = jest.fn(() => journey);
    const visit = Object.defineProperty(place, 'journey', { get: read }) as VisitRef;

    observe(visitSettled(visit, 'failed'));

    expect(enabled).toHaveBeenCalledWith({
      eventName: 'conversation.visit.settled',
      severityNumber: 17,
      context: ROOT_CONTEXT,
    });
    expect(records).toEqual([]);
    expect(read).not.toHaveBeenCalled();
  });
});

describe('options', () => {
  const { logger } = createNotes();

  it.each([
    [{ eventNames: ['visit_settled'] }, "names of log records, got 'visit_settled'"],
    [{ logger: {} }, '`logger` to have a method `emit`'],
    [{ logger: null }, '`logger` to have a method `emit`'],
    [{ loggerProvider: logger }, '`loggerProvider` to have a method `getLogger`'],
    [{ logger, loggerProvider: { getLogger: () => logger } }, '`logger` or `loggerProvider`'],
  ])('refuses %j at once', (options, text) => {
    expect(() => createLogsObserver(options as unknown as LogsOptions)).toThrow(
      expect.objectContaining({
        code: 'OPTION_INVALID',
        message: expect.stringContaining(text),
      }),
    );
  });
});
