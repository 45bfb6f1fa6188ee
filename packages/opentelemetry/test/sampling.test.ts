import fc from 'fast-check';
import { createOpenTelemetryObserver } from '../src';
import { playSignup } from './support/events';
import { createTracing } from './support/tracing';

const SPANS_OF_A_SESSION = 9;

function countSpans(sessions: readonly string[], sampleRatio: number): Map<string, number> {
  const { tracer, spans } = createTracing();
  const { observe } = createOpenTelemetryObserver({ tracer, sampleRatio });
  for (const session of sessions) playSignup(observe, session);
  const counts = new Map<string, number>();
  for (const { attributes } of spans()) {
    const session = String(attributes['session.id']);
    counts.set(session, (counts.get(session) ?? 0) + 1);
  }
  return counts;
}

describe('sampling', () => {
  it('keeps all spans of a session or none, whatever its id', () => {
    const sessions = fc.uniqueArray(fc.string(), { maxLength: 8 });
    const ratio = fc.double({ min: 0, max: 1, noNaN: true });

    fc.assert(
      fc.property(sessions, ratio, (ids, sampleRatio) => {
        const counts = [...countSpans(ids, sampleRatio).values()];
        expect(counts).toEqual(counts.map(() => SPANS_OF_A_SESSION));
      }),
      { numRuns: 50 },
    );
  });

  it('decides the same in every process, and keeps more when asked for more', () => {
    const ratios = fc.tuple(
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.double({ min: 0, max: 1, noNaN: true }),
    );

    fc.assert(
      fc.property(fc.uniqueArray(fc.string(), { maxLength: 8 }), ratios, (ids, [a, b]) => {
        const fewer = [...countSpans(ids, Math.min(a, b)).keys()];
        const more = [...countSpans(ids, Math.max(a, b)).keys()];
        expect(more).toEqual(expect.arrayContaining(fewer));
      }),
      { numRuns: 50 },
    );
  });

  // Bounds of four standard deviations of a binomial count.
  it.each([
    [0, 0, 0],
    [0.1, 144, 256],
    [0.5, 911, 1089],
    [1, 2000, 2000],
  ])('keeps about a share of %d', (ratio, least, most) => {
    const sessions = Array.from({ length: 2000 }, (_, index) => `session-${index}`);

    const { size } = countSpans(sessions, ratio);

    expect(size).toBeGreaterThanOrEqual(least);
    expect(size).toBeLessThanOrEqual(most);
  });
});
