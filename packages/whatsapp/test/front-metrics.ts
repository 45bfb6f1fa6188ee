import { Tracker } from '@turnspan/core';
import { Registry } from 'prom-client';
import { createPrometheusObserver } from '../../prometheus/src';
import { createQuality, toDeliverySignal, type WebhookFrontOptions } from '../src';
import { SECRET } from './harness';

/** After everything in the recorded stream, so that what it says is the same whenever it comes. */
const NOW = Date.UTC(2026, 10, 1);

/** What a front is given to count everything, and the metrics that come of it. */
export function createMeasured(): {
  readonly options: WebhookFrontOptions;
  readonly text: () => Promise<string>;
} {
  const registry = new Registry();
  const clock = { now: () => NOW, tick: () => NOW };
  const { observe } = createPrometheusObserver({
    registry,
    now: clock.now,
    snapshot: () => tracker.snapshot(),
    quality: () => quality.facts(),
  });
  const tracker = new Tracker({ clock, observers: [observe], hashKey: 'key' });
  const onSignal = tracker.signal.bind(tracker);
  const quality = createQuality({ clock, onSignal });
  const options: WebhookFrontOptions = {
    appSecret: SECRET,
    verifyToken: 'agreed',
    clock,
    quality,
    onSignal,
    onError: () => {},
    onStatus: (status, { receivedAt }) => {
      const signal = toDeliverySignal(status, receivedAt);
      if (signal) onSignal(signal);
    },
  };
  return { options, text: () => registry.metrics() };
}
