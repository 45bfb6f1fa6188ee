import { runNode } from './support/child';
import type { Signup } from './support/events';
import { type OtlpReceiver, type OtlpSpan, startOtlpReceiver } from './support/otlp-receiver';

let receiver: OtlpReceiver;
let signup: Signup;

beforeAll(async () => {
  receiver = await startOtlpReceiver();
  const script = require.resolve('./support/export-signup');
  const output = await runNode([script], { OTEL_EXPORTER_OTLP_ENDPOINT: receiver.endpoint });
  signup = JSON.parse(output);
}, 30_000);
afterAll(() => receiver.close());

/** Each span as the path of names from the root of its trace. */
function toPaths(spans: readonly OtlpSpan[]): string[] {
  const byId = new Map(spans.map((span) => [span.spanId, span]));
  const toPath = ({ name, parentSpanId }: OtlpSpan): string => {
    const parent = byId.get(parentSpanId);
    return parent ? `${toPath(parent)} > ${name}` : name;
  };
  return spans.map(toPath).sort();
}

describe('over OTLP', () => {
  it('arrives as turn, nodes and sends, one trace per turn, and visits of their own', () => {
    const { asking, answering } = signup;

    const pathsOf = (traceId: string | undefined) =>
      toPaths(receiver.spans().filter((span) => span.traceId === traceId));
    expect(pathsOf(asking.trace?.traceId)).toEqual([
      'process whatsapp',
      'process whatsapp > node signup/ask_email',
      'process whatsapp > node signup/ask_email > send whatsapp',
      'process whatsapp > node signup/hello',
      'process whatsapp > node signup/hello > send whatsapp',
    ]);
    expect(pathsOf(answering.trace?.traceId)).toEqual([
      'process whatsapp',
      'process whatsapp > node signup/bye',
      'process whatsapp > node signup/bye > send whatsapp',
    ]);
    expect(receiver.spans()).toHaveLength(9);
  });

  it('arrives with the two links and the exact times of a visit', () => {
    const { asking, answering, question } = signup;

    const visit = receiver.spans().find((span) => span.name === 'visit signup/ask_email');
    expect(visit).toMatchObject({
      parentSpanId: '',
      kind: 'INTERNAL',
      status: 'UNSET',
      scope: 'turnspan',
      service: 'bot',
      links: [asking.trace, answering.trace],
      startUnixNanos: toNanos(question.askedAt),
      endUnixNanos: toNanos(answering.startedAt),
      attributes: {
        'conversation.node': 'ask_email',
        'conversation.visit.index': 2,
        'conversation.wait_seconds': 59.9,
        'conversation.outcome': 'advanced',
      },
    });
  });
});

/** The fixture's times are whole quarters of a millisecond. */
function toNanos(ms = 0): bigint {
  return BigInt(ms * 4) * 250_000n;
}
