import type { TrackerEvent } from '@turnspan/core';
import { createOpenTelemetryObserver, FLAG_ATTRIBUTES, FLAG_EVENT } from '../src';
import { MONDAY, turnEnded, turnOf, turnStarted } from './support/events';
import { createTracing, useContextManager } from './support/tracing';

useContextManager();

const turn = turnOf();

function shown(reason: string): TrackerEvent {
  const run = { flow: 'signup', salt: 'greeting-2', counts: true, first: true, since: MONDAY };
  const shown = { experiment: 'greeting', variant: 'short', reason, ...run };
  return { kind: 'variant_shown', at: MONDAY + 20, turn, journey: undefined, shown };
}

describe('a variant that is shown', () => {
  it.each([
    ['store', 'split'],
    ['hash', 'split'],
    ['flag', 'split'],
    ['override', 'targeting_match'],
    ['outside_ramp', 'default'],
    ['paused', 'disabled'],
    ['unresolved', 'error'],
  ])('because of %s is an event on the span of its turn, with the reason %s', (reason, word) => {
    const { tracer, spans } = createTracing();
    const { observe } = createOpenTelemetryObserver({ tracer });

    for (const event of [turnStarted(turn), shown(reason), turnEnded(turn, MONDAY + 50)]) {
      observe(event);
    }

    const [event] = spans()[0]?.events ?? [];
    expect(event?.name).toBe(FLAG_EVENT);
    expect(event?.attributes).toEqual({
      [FLAG_ATTRIBUTES.key]: 'greeting',
      [FLAG_ATTRIBUTES.variant]: 'short',
      [FLAG_ATTRIBUTES.reason]: word,
      [FLAG_ATTRIBUTES.provider]: 'turnspan',
      [FLAG_ATTRIBUTES.version]: 'greeting-2',
      [FLAG_ATTRIBUTES.context]: 'u-5f2c',
    });
  });
});
