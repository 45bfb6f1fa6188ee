import { diag, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { AlwaysOffSampler, SamplingDecision } from '@opentelemetry/sdk-trace-base';
import fc from 'fast-check';
import { createOpenTelemetryObserver } from '../src';
import {
  MONDAY,
  messageSent,
  nodeAsked,
  nodeEntered,
  numberRated,
  playSignup,
  turnEnded,
  turnOf,
  turnStarted,
  visitOf,
  visitSettled,
} from './support/events';
import { collectComplaints, createTracing, toMs, useContextManager } from './support/tracing';

useContextManager();
afterEach(() => diag.disable());

describe('a turn', () => {
  it('is one trace of turn, nodes and sends', () => {
    const { tracer, spans } = createTracing();

    const { asking } = playSignup(createOpenTelemetryObserver({ tracer }).observe);

    const inTrace = spans().filter((span) => span.spanContext().traceId === asking.trace?.traceId);
    const names = new Map(inTrace.map((span) => [span.spanContext().spanId, span.name]));
    const tree = inTrace.map((span) => [
      span.name,
      SpanKind[span.kind],
      names.get(span.parentSpanContext?.spanId ?? ''),
      toMs(span.startTime) - MONDAY,
      toMs(span.endTime) - MONDAY,
    ]);
    expect(tree).toEqual([
      ['send whatsapp', 'CLIENT', 'node signup/hello', 20, 50],
      ['node signup/hello', 'INTERNAL', 'process whatsapp', 10, 60],
      ['send whatsapp', 'CLIENT', 'node signup/ask_email', 70, 100],
      ['node signup/ask_email', 'INTERNAL', 'process whatsapp', 60, 100],
      ['process whatsapp', 'CONSUMER', undefined, 0, 110],
    ]);
  });

  it('gives OpenTelemetry nothing to complain about', () => {
    const complaints = collectComplaints();

    playSignup(createOpenTelemetryObserver({ tracer: createTracing().tracer }).observe);

    expect(complaints).toEqual([]);
  });

  it('leaves no span open while the person thinks', () => {
    const { tracer, open } = createTracing();
    const { observe } = createOpenTelemetryObserver({ tracer });
    const openAfterTurns: number[] = [];

    playSignup((event) => {
      observe(event);
      if (event.kind === 'turn_ended') openAfterTurns.push(open());
    });

    expect(openAfterTurns).toEqual([0, 0]);
  });

  it('says who, where and what, and no more', () => {
    const { tracer, span } = createTracing();
    const { observe } = createOpenTelemetryObserver({ tracer });
    const turn = turnOf({ session: { id: 'session-2', previousId: 'session-1' } });
    const visit = visitOf({ journey: { variant: 'B' } });

    observe(turnStarted(turn));
    observe(nodeEntered(turn, visit, MONDAY));
    observe(messageSent(turn, MONDAY + 40, { visit }));
    observe(visitSettled(visit, 'completed', { turn, at: MONDAY + 50 }));
    observe(turnEnded(turn, MONDAY + 60));

    const node = {
      'conversation.flow': 'signup',
      'conversation.flow.version': 'v-7d1',
      'conversation.node': 'ask_email',
      'conversation.node.kind': 'question',
      'conversation.variant': 'B',
      'conversation.visit.index': 1,
      'session.id': 'session-2',
    };
    expect(span('process whatsapp').attributes).toEqual({
      'conversation.input.kind': 'text',
      'messaging.message.id': 'm-91aa',
      'messaging.operation.type': 'process',
      'messaging.system': 'whatsapp',
      'session.id': 'session-2',
      'session.previous_id': 'session-1',
      'user.hash': 'u-5f2c',
    });
    expect(span('node signup/ask_email').attributes).toEqual({
      ...node,
      'conversation.outcome': 'completed',
    });
    expect(span('send whatsapp').attributes).toEqual({
      ...node,
      'messaging.operation.type': 'send',
      'messaging.system': 'whatsapp',
    });
  });

  it('bears the rating that the number had when it began', () => {
    const { tracer, spans } = createTracing();
    const { observe } = createOpenTelemetryObserver({ tracer });
    const [before, after] = [turnOf({ id: 'turn-1' }), turnOf({ id: 'turn-2' })];

    observe(numberRated(before.user.line, 'GREEN'));
    observe(turnStarted(before));
    observe(numberRated(before.user.line, 'RED'));
    observe(numberRated('another-line', 'YELLOW'));
    observe(turnEnded(before, MONDAY + 60));
    observe(turnStarted(after));
    observe(turnEnded(after, MONDAY + 60));

    const ratings = spans().map(({ attributes }) => attributes['whatsapp.quality_rating']);
    expect(ratings).toEqual(['green', 'red']);
  });

  it('bears the session that became known while it ran', () => {
    const { tracer, span } = createTracing();
    const { observe } = createOpenTelemetryObserver({ tracer });
    const turn = turnOf({ inputKind: undefined, messageKey: undefined });
    const adopted = { ...turn, session: { id: 'session-9' } };

    observe(turnStarted(turn));
    observe(turnEnded(adopted, MONDAY + 5));

    expect(span('process whatsapp').attributes['session.id']).toBe('session-9');
    expect(span('process whatsapp').attributes).not.toHaveProperty(['messaging.message.id']);
  });

  it.each([
    ['an answer that is not awaited', { visit: visitOf({ index: 7 }) }],
    ['no visit at all', { visit: undefined }],
  ])('takes a send of %s under itself', (_, given) => {
    const { tracer, span } = createTracing();
    const { observe } = createOpenTelemetryObserver({ tracer });
    const turn = turnOf();

    observe(turnStarted(turn));
    observe(nodeEntered(turn, visitOf(), MONDAY));
    observe(messageSent(turn, MONDAY + 40, given));
    observe(turnEnded(turn, MONDAY + 60));

    expect(span('send whatsapp').parentSpanContext?.spanId).toBe(turn.trace?.spanId);
  });

  it('takes a send that came back after its end under itself', () => {
    const { tracer, span, open } = createTracing();
    const { observe } = createOpenTelemetryObserver({ tracer });
    const turn = turnOf();

    observe(turnStarted(turn));
    observe(turnEnded(turn, MONDAY + 10));
    observe(messageSent(turn, MONDAY + 40));

    expect(span('send whatsapp').parentSpanContext).toMatchObject({ ...turn.trace });
    expect(open()).toBe(0);
  });

  it('ends the nodes that nobody settled', () => {
    const { tracer, span, open } = createTracing();
    const { observe } = createOpenTelemetryObserver({ tracer });
    const turn = turnOf();

    observe(turnStarted(turn));
    observe(nodeEntered(turn, visitOf(), MONDAY));
    observe(nodeEntered(turn, visitOf(), MONDAY + 1));
    observe(turnEnded(turn, MONDAY + 60));

    expect(toMs(span('node signup/ask_email').endTime)).toBe(MONDAY + 60);
    expect(open()).toBe(0);
  });

  it('begins once, even if it is announced twice', () => {
    const { tracer, spans, open } = createTracing();
    const { observe } = createOpenTelemetryObserver({ tracer });
    const turn = turnOf();

    observe(turnStarted(turn));
    observe(turnStarted(turn));
    observe(turnEnded(turn, MONDAY + 1));

    expect(spans()).toHaveLength(1);
    expect(open()).toBe(0);
  });

  it('has no negative length when the clock was set back', () => {
    const { tracer, spans } = createTracing();
    const { observe } = createOpenTelemetryObserver({ tracer });
    const complaints = collectComplaints();
    const turn = turnOf();

    observe(turnStarted(turn));
    observe(nodeEntered(turn, visitOf(), MONDAY + 10));
    observe(nodeAsked(turn, visitOf(), MONDAY - 1000));
    observe(messageSent(turn, MONDAY - 1000, { startedAt: MONDAY }));
    observe(turnEnded(turn, MONDAY - 1000));

    expect(spans().map(({ startTime, endTime }) => [startTime, endTime])).toEqual(
      spans().map(({ startTime }) => [startTime, startTime]),
    );
    expect(spans()).toHaveLength(3);
    expect(complaints).toEqual([]);
  });

  it.each([0, 1, 12.5, -1500.25, Date.UTC(2001, 8, 9)])(
    'keeps the time %d of a virtual clock',
    (at) => {
      const { tracer, span } = createTracing();
      const { observe } = createOpenTelemetryObserver({ tracer });
      const turn = turnOf({ startedAt: at });

      observe(turnStarted(turn));
      observe(turnEnded(turn, at + 1));

      expect(toMs(span('process whatsapp').startTime)).toBe(at);
      expect(toMs(span('process whatsapp').endTime)).toBe(at + 1);
    },
  );

  it('gives times in whole nanoseconds', () => {
    const { tracer, spans } = createTracing();
    const { observe } = createOpenTelemetryObserver({ tracer });
    const year2200 = 7_258_118_400_000;

    fc.assert(
      fc.property(fc.double({ min: -year2200, max: year2200, noNaN: true }), (at) => {
        const turn = turnOf({ startedAt: at });
        observe(turnStarted(turn));
        observe(turnEnded(turn, at));
        const [seconds = 0, nanos = -1] = spans().at(-1)?.startTime ?? [];
        expect(Number.isInteger(seconds)).toBe(true);
        expect(Number.isInteger(nanos)).toBe(true);
        expect(nanos).toBeGreaterThanOrEqual(0);
        expect(nanos).toBeLessThan(1e9);
        expect(Math.abs(toMs([seconds, nanos]) - at)).toBeLessThan(0.01);
      }),
    );
  });

  it('hangs under the HTTP request that brought it', () => {
    const { tracer, span } = createTracing();
    const { observe } = createOpenTelemetryObserver({ tracer });
    const turn = turnOf();

    tracer.startActiveSpan('POST /api/messages', { kind: SpanKind.SERVER }, (request) => {
      observe(turnStarted(turn));
      request.end();
    });
    observe(turnEnded(turn, MONDAY + 1));

    const request = span('POST /api/messages').spanContext();
    expect(span('process whatsapp').parentSpanContext?.spanId).toBe(request.spanId);
    expect(turn.trace?.traceId).toBe(request.traceId);
  });

  it('is not announced when it is recorded but not exported', () => {
    const sampler = { shouldSample: () => ({ decision: SamplingDecision.RECORD }) };
    const { observe } = createOpenTelemetryObserver({ tracer: createTracing(sampler).tracer });
    const turn = turnOf();

    observe(turnStarted(turn));

    expect(turn.trace).toBeUndefined();
  });

  it('leaves nothing behind when it has ended', () => {
    const { observe, activate } = createOpenTelemetryObserver({ tracer: createTracing().tracer });
    const turns = Array.from({ length: 50 }, (_, index) => turnOf({ id: `turn-${index}` }));

    for (const turn of turns) observe(turnStarted(turn));
    for (const turn of turns) observe(turnEnded(turn, MONDAY + 1));

    const active = turns.map((turn) => activate(turn, () => trace.getActiveSpan()));
    expect(active).toEqual(turns.map(() => undefined));
  });
});

describe('activate', () => {
  it('makes what the bot traces itself a child of the turn, across awaits', async () => {
    const { tracer, span } = createTracing();
    const { observe, activate } = createOpenTelemetryObserver({ tracer });
    const turn = turnOf();

    observe(turnStarted(turn));
    const reply = await activate(turn, async () => {
      await Promise.resolve();
      tracer.startSpan('GET crm').end();
      return 'reply';
    });
    observe(turnEnded(turn, MONDAY + 1));

    expect(reply).toBe('reply');
    expect(span('GET crm').parentSpanContext?.spanId).toBe(turn.trace?.spanId);
  });

  it('just runs what belongs to no running turn', () => {
    const { activate } = createOpenTelemetryObserver({ tracer: createTracing().tracer });

    const active = activate(turnOf(), () => trace.getActiveSpan());

    expect(active).toBeUndefined();
  });

  it('lets the error of the bot pass', () => {
    const { observe, activate } = createOpenTelemetryObserver({ tracer: createTracing().tracer });
    const turn = turnOf();
    const boom = new Error('boom');

    observe(turnStarted(turn));

    expect(() =>
      activate(turn, () => {
        throw boom;
      }),
    ).toThrow(boom);
  });

  it('hands on that the sampler of the SDK refused the turn', () => {
    const { tracer, spans } = createTracing(new AlwaysOffSampler());
    const { observe, activate } = createOpenTelemetryObserver({ tracer });
    const turn = turnOf();

    observe(turnStarted(turn));
    const active = activate(turn, () => trace.getActiveSpan()?.spanContext().traceFlags);
    observe(turnEnded(turn, MONDAY + 1));

    expect(active).toBe(0);
    expect(turn.trace).toBeUndefined();
    expect(spans()).toEqual([]);
  });
});

describe('status', () => {
  it('is an error where the bot threw, without the text of the error', () => {
    const { tracer, span } = createTracing();
    const { observe } = createOpenTelemetryObserver({ tracer });
    const turn = turnOf();

    observe(turnStarted(turn));
    observe(nodeEntered(turn, visitOf(), MONDAY));
    observe(visitSettled(visitOf(), 'failed', { turn, at: MONDAY + 5 }));
    observe(turnEnded(turn, MONDAY + 5, 'TypeError'));

    const { status, attributes, events } = span('process whatsapp');
    expect(status).toEqual({ code: SpanStatusCode.ERROR });
    expect(attributes['error.type']).toBe('TypeError');
    expect(events).toEqual([]);
    expect(span('node signup/ask_email').status).toEqual({ code: SpanStatusCode.ERROR });
  });

  it('is an error where the channel refused, on the send alone', () => {
    const { tracer, span } = createTracing();
    const { observe } = createOpenTelemetryObserver({ tracer });
    const turn = turnOf();

    observe(turnStarted(turn));
    observe(messageSent(turn, MONDAY + 40, { error: 'GraphError' }));
    observe(turnEnded(turn, MONDAY + 60));

    expect(span('send whatsapp').status).toEqual({ code: SpanStatusCode.ERROR });
    expect(span('send whatsapp').attributes['error.type']).toBe('GraphError');
    expect(span('process whatsapp').status).toEqual({ code: SpanStatusCode.UNSET });
  });

  it('is unset everywhere else', () => {
    const { tracer, spans } = createTracing();

    playSignup(createOpenTelemetryObserver({ tracer }).observe);

    expect(spans().map(({ status }) => status.code)).toEqual(
      spans().map(() => SpanStatusCode.UNSET),
    );
  });
});
