import { diag } from '@opentelemetry/api';
import { LoggerProvider, SimpleLogRecordProcessor } from '@opentelemetry/sdk-logs';
import { createLogsObserver, type LogsOptions } from '../src';
import { visitOf, visitSettled } from './support/events';
import { tellStory } from './support/log-story';
import { createLogging } from './support/logging';
import { collectComplaints } from './support/tracing';

afterEach(() => diag.disable());

const boom = new Error('boom');
const dropped = visitSettled(visitOf(), 'dropped');
const fail = () => {
  throw boom;
};
const never = new Promise<never>(() => undefined);

/** Lets everything run that waits for a promise that is settled. */
const settle = () => new Promise(setImmediate);

/** How many records a logger that works gets of the story. */
function countRecords(): number {
  const { provider, records } = createLogging();
  const { observe } = createLogsObserver({ loggerProvider: provider });
  for (const event of tellStory()) observe(event);
  return records().length;
}

describe('a logger that fails', () => {
  it.each<[string, LogsOptions]>([
    ['throws', { logger: { emit: fail } }],
    ['throws when asked', { logger: { emit: jest.fn(), enabled: fail } }],
    ['refuses later', { logger: { emit: () => Promise.reject(boom) } }],
    ['cannot be had', { loggerProvider: { getLogger: fail } }],
  ])('because it %s never reaches the caller and is reported once', async (_, options) => {
    const onError = jest.fn();
    const onLost = jest.fn();
    const { observe } = createLogsObserver({ ...options, onError, onLost });

    for (const event of tellStory()) observe(event);
    await settle();
    for (const event of tellStory()) observe(event);
    await settle();

    expect(onError.mock.calls).toEqual([[boom]]);
    expect(onLost).toHaveBeenCalledTimes(2 * countRecords());
  });

  it('is reported again after it has worked in between', () => {
    const onError = jest.fn();
    const emit = jest.fn<void, []>();
    const { observe } = createLogsObserver({ logger: { emit }, onError });

    for (const works of [false, false, true, false]) {
      emit.mockImplementationOnce(works ? () => undefined : fail);
      observe(dropped);
    }

    expect(onError).toHaveBeenCalledTimes(2);
  });

  it("is reported to OpenTelemetry's own log by default", () => {
    const complaints = collectComplaints();
    const { observe } = createLogsObserver({ logger: { emit: fail } });

    observe(dropped);

    expect(complaints).toEqual([[expect.stringContaining('turnspan'), boom]]);
  });

  it.each<[string, () => void]>([
    ['throws', fail],
    ['rejects', () => Promise.reject(boom)],
  ])('does no harm when onError and onLost %s as well', async (_, onError) => {
    const { observe } = createLogsObserver({ logger: { emit: fail }, onError, onLost: onError });

    expect(() => observe(dropped)).not.toThrow();
    await settle();
  });
});

describe('a logger that hangs', () => {
  it('is given no more than a thousand records, and reported once', () => {
    const onError = jest.fn();
    const onLost = jest.fn();
    const emit = jest.fn(() => never);
    const { observe } = createLogsObserver({ logger: { emit }, onError, onLost });

    for (let count = 0; count < 3000; count += 1) observe(dropped);

    expect(emit).toHaveBeenCalledTimes(1000);
    expect(onLost).toHaveBeenCalledTimes(2000);
    expect(onError.mock.calls).toEqual([
      [
        expect.objectContaining({
          code: 'LOGGER_UNAVAILABLE',
          message: expect.stringContaining('busy with 1000'),
        }),
      ],
    ]);
  });

  it('is given records again once it goes on', async () => {
    const open: (() => void)[] = [];
    const emit = jest.fn(() => new Promise<void>((resolve) => open.push(resolve)));
    const onError = jest.fn();
    const { observe } = createLogsObserver({ logger: { emit }, onError });

    for (let count = 0; count < 1001; count += 1) observe(dropped);
    for (const resolve of open) resolve();
    await settle();
    observe(dropped);

    expect(emit).toHaveBeenCalledTimes(1001);
    expect(onError).toHaveBeenCalledTimes(1);
  });

  it('because its exporter does holds nobody up', () => {
    const hung = jest.fn();
    const exporter = { export: hung, forceFlush: () => never, shutdown: () => never };
    const loggerProvider = new LoggerProvider({
      processors: [new SimpleLogRecordProcessor({ exporter })],
    });
    const onError = jest.fn();
    const { observe } = createLogsObserver({ loggerProvider, onError });

    for (const event of tellStory()) observe(event);

    expect(hung).toHaveBeenCalled();
    expect(onError).not.toHaveBeenCalled();
  });
});

describe('an event without a time', () => {
  it.each([Number.NaN, Number.POSITIVE_INFINITY, -1])(
    'takes no other records down: one at %d is left out and reported',
    (at) => {
      const { provider, records } = createLogging();
      const onError = jest.fn();
      const { observe } = createLogsObserver({ loggerProvider: provider, onError });

      for (const event of [dropped, { ...dropped, at }, dropped]) observe(event);

      expect(records()).toHaveLength(2);
      expect(onError.mock.calls).toEqual([[expect.any(RangeError)]]);
    },
  );
});
