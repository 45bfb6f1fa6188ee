import { createLogsObserver } from '../src';
import { runNode } from './support/child';
import { ELSEWHERE } from './support/events';
import { tellStory } from './support/log-story';
import { createLogging } from './support/logging';
import { type OtlpLogRecord, startOtlpReceiver } from './support/otlp-receiver';

let received: readonly OtlpLogRecord[];
const startedAt = BigInt(Date.now()) * 1_000_000n;

beforeAll(async () => {
  const receiver = await startOtlpReceiver();
  await runNode([require.resolve('./support/export-logs')], {
    OTEL_EXPORTER_OTLP_ENDPOINT: receiver.endpoint,
  });
  received = receiver.records();
  await receiver.close();
}, 30_000);

describe('over OTLP', () => {
  it('all records arrive in order, whole and with their exact times', () => {
    const { provider, records } = createLogging();
    const { observe } = createLogsObserver({ loggerProvider: provider });

    for (const event of tellStory()) observe(event);

    const sent = records().map((record) => ({
      eventName: record.eventName,
      unixNanos: toNanos(record.hrTime),
      severityNumber: record.severityNumber,
      severityText: record.severityText,
      body: record.body,
      attributes: record.attributes,
      traceId: record.spanContext?.traceId ?? '',
      spanId: record.spanContext?.spanId ?? '',
    }));
    expect(sent).toHaveLength(23);
    expect(received).toMatchObject(sent);
  });

  it('a drop arrives in the trace of the turn that asked, at its deadline', () => {
    const drop = received.find(({ body }) => body === 'visit settled: dropped');

    expect(drop).toMatchObject({
      ...ELSEWHERE,
      eventName: 'conversation.visit.settled',
      unixNanos: BigInt(Date.UTC(2026, 0, 6, 9)) * 1_000_000n + 250_000n,
      severityText: 'INFO',
      severityNumber: 9,
      scope: 'turnspan',
      attributes: {
        'conversation.node': 'ask_email',
        'conversation.outcome': 'dropped',
        'conversation.visit.index': 2,
        'user.hash': 'u-5f2c',
      },
    });
    expect(drop?.observedUnixNanos).toBeGreaterThanOrEqual(startedAt);
  });
});

function toNanos([seconds, nanos]: readonly [number, number]): bigint {
  return BigInt(seconds) * 1_000_000_000n + BigInt(nanos);
}
