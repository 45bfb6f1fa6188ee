import { SpanKind, SpanStatusCode } from '@opentelemetry/api';
import { VISIT_OUTCOMES } from '@turnspan/core';
import { createOpenTelemetryObserver } from '../src';
import {
  ELSEWHERE,
  MONDAY,
  playSignup,
  turnEnded,
  turnOf,
  turnStarted,
  visitOf,
  visitSettled,
} from './support/events';
import { createTracing, toMs, useContextManager } from './support/tracing';

useContextManager();

const DAY = 86_400_000;
const asked = visitOf({ askedAt: MONDAY });

describe('a visit', () => {
  it('lasts from the question to the reply, in a trace of its own, linked to both turns', () => {
    const { tracer, span } = createTracing();

    const { asking, answering } = playSignup(createOpenTelemetryObserver({ tracer }).observe);

    const visit = span('visit signup/ask_email');
    expect(visit.kind).toBe(SpanKind.INTERNAL);
    expect(visit.parentSpanContext).toBeUndefined();
    expect([asking, answering].map((turn) => turn.trace?.traceId)).not.toContain(
      visit.spanContext().traceId,
    );
    expect(toMs(visit.startTime)).toBe(MONDAY + 100);
    expect(toMs(visit.endTime)).toBe(answering.startedAt);
    expect(visit.links.map((link) => link.context)).toEqual([
      { ...asking.trace, traceFlags: 1, isRemote: true },
      { ...answering.trace, traceFlags: 1, isRemote: false },
    ]);
  });

  it('says how it ended', () => {
    const { tracer, span } = createTracing();

    playSignup(createOpenTelemetryObserver({ tracer }).observe);

    expect(span('visit signup/ask_email').attributes).toEqual({
      'conversation.flow': 'signup',
      'conversation.flow.version': 'v-7d1',
      'conversation.input.kind': 'text',
      'conversation.matched': 'matched',
      'conversation.node': 'ask_email',
      'conversation.node.kind': 'question',
      'conversation.outcome': 'advanced',
      'conversation.visit.index': 2,
      'conversation.wait_seconds': 59.9,
      'session.id': 'session-1',
      'user.hash': 'u-5f2c',
    });
  });

  it('ends at its deadline when nobody replied, and that is no error', () => {
    const { tracer, span } = createTracing();
    const { observe } = createOpenTelemetryObserver({ tracer });

    observe(visitSettled(asked, 'dropped', { at: MONDAY + DAY, openedBy: ELSEWHERE }));

    const visit = span('visit signup/ask_email');
    expect(toMs(visit.endTime)).toBe(MONDAY + DAY);
    expect(visit.status).toEqual({ code: SpanStatusCode.UNSET });
    expect(visit.links.map((link) => link.context)).toMatchObject([ELSEWHERE]);
    expect(visit.attributes).not.toHaveProperty(['conversation.wait_seconds']);
  });

  it('of a node that asked nothing leaves no span', () => {
    const { tracer, spans } = createTracing();
    const { observe } = createOpenTelemetryObserver({ tracer });

    observe(visitSettled(visitOf(), 'failed', { openedBy: ELSEWHERE }));

    expect(spans()).toEqual([]);
  });

  it('is a root even when the sweeper runs in a span', () => {
    const { tracer, span } = createTracing();
    const { observe } = createOpenTelemetryObserver({ tracer });

    tracer.startActiveSpan('sweep', (sweep) => {
      observe(visitSettled(asked, 'dropped'));
      sweep.end();
    });

    expect(span('visit signup/ask_email').parentSpanContext).toBeUndefined();
  });

  it.each([
    ['was opened and closed by the same turn', { openedBy: 'turn' as const, links: 1 }],
    ['was opened by a turn that was not recorded', { openedBy: undefined, links: 1 }],
    [
      'brings a broken trace from the storage of the bot',
      { openedBy: 'broken' as const, links: 1 },
    ],
  ])('that %s links to what it can', (_, { openedBy, links }) => {
    const { tracer, span } = createTracing();
    const { observe } = createOpenTelemetryObserver({ tracer });
    const turn = turnOf();
    const broken = { traceId: 'x', spanId: '' };

    observe(turnStarted(turn));
    const opener = openedBy === 'broken' ? broken : openedBy && turn.trace;
    observe(visitSettled(asked, 'switched', { turn, openedBy: opener }));
    observe(turnEnded(turn, MONDAY));

    const targets = span('visit signup/ask_email').links.map((link) => link.context.spanId);
    expect(targets).toEqual(Array(links).fill(turn.trace?.spanId));
  });

  it.each(VISIT_OUTCOMES)('that ended as %s is an error only if the bot threw', (outcome) => {
    const { tracer, span } = createTracing();
    const { observe } = createOpenTelemetryObserver({ tracer });

    observe(visitSettled(asked, outcome, { openedBy: ELSEWHERE }));

    const expected = outcome === 'failed' ? SpanStatusCode.ERROR : SpanStatusCode.UNSET;
    expect(span('visit signup/ask_email').status).toEqual({ code: expected });
  });
});

describe('a visit of a session that is not traced', () => {
  it.each([
    ['dropped', undefined, ['dropped']],
    ['failed', undefined, ['failed']],
    ['repeated', 2, ['repeated']],
    ['advanced', undefined, []],
    ['switched', undefined, []],
    ['undelivered', undefined, []],
  ] as const)('that ended as %s with a loop of %s leaves %j', (outcome, loopPeriod, expected) => {
    const { tracer, spans } = createTracing();
    const { observe } = createOpenTelemetryObserver({ tracer, sampleRatio: 0 });
    const turn = turnOf();

    observe(turnStarted(turn));
    observe(visitSettled(asked, outcome, { turn, loopPeriod }));
    observe(turnEnded(turn, MONDAY + 1));

    expect(spans().map((span) => span.attributes['conversation.outcome'])).toEqual(expected);
    expect(spans().map((span) => span.attributes['conversation.loop.period'])).toEqual(
      expected.map(() => loopPeriod),
    );
  });

  it('is kept for the reasons asked for', () => {
    const { tracer, spans } = createTracing();
    const { observe } = createOpenTelemetryObserver({
      tracer,
      sampleRatio: 0,
      alwaysKeep: ['undelivered'],
    });

    observe(visitSettled(asked, 'undelivered'));
    observe(visitSettled(asked, 'dropped'));
    observe(visitSettled(asked, 'repeated', { loopPeriod: 1 }));

    expect(spans().map((span) => span.attributes['conversation.outcome'])).toEqual(['undelivered']);
  });

  it('is kept when the turn that opened it was', () => {
    const { tracer, spans } = createTracing();
    const { observe } = createOpenTelemetryObserver({ tracer, sampleRatio: 0 });

    observe(visitSettled(asked, 'advanced', { openedBy: ELSEWHERE }));

    expect(spans()).toHaveLength(1);
  });
});
