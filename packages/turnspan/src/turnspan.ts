import { type BotkitPlugin, type ControllerShape, createBotkitPlugin } from '@turnspan/botkit';
import { contain, type Observer, type OnError, systemClock, Tracker } from '@turnspan/core';
import { createOpenTelemetryObserver, type OpenTelemetryObserver } from '@turnspan/opentelemetry';
import type { ListeningAddress } from '@turnspan/prometheus';
import { createWebhookHandler, toDeliverySignal, type WebhookHandler } from '@turnspan/whatsapp';
import { checkOptions } from './check-options';
import { hashKey } from './environment';
import { createMetrics, type Webserver } from './metrics';
import type { TracingOptions, TurnspanOptions, WhatsAppOptions } from './options';
import { createSweepTimer } from './sweep-timer';
import { warnOnce } from './warn-once';

/** What {@link turnspan} gives to `controller.usePlugin`, and to you. */
export interface TurnspanPlugin extends BotkitPlugin {
  /** The exposition text, as Prometheus would scrape it now; '' when metrics are off. */
  metrics(): Promise<string>;
  /** Where the metrics listener is; undefined before the plugin is in use, and when there is none. */
  metricsAddress(): Promise<ListeningAddress | undefined>;
  /** Settles now what is due; a timer does it otherwise. Returns how many deadlines had passed. */
  sweep(): Promise<number>;
  /** Receives WhatsApp webhooks, if the option `whatsapp` is given: mount it ahead of any body parser. */
  readonly webhook: WebhookHandler | undefined;
  /** Stops the timer and the listener, takes the metrics out of the registry and puts the bot back as it was. */
  shutdown(): Promise<void>;
}

const TEN_SECONDS = 10_000;

/**
 * Creates the plugin that measures a Botkit bot: every step of its conversation tree as
 * Prometheus metrics and, where an OpenTelemetry SDK is registered, as spans. The bot behaves as
 * before.
 *
 * @example
 * const { turnspan } = require('turnspan');
 * controller.usePlugin(turnspan());
 *
 * @throws TurnspanError `OPTION_INVALID` at once, naming the option, what was expected and what came
 */
export function turnspan(options: TurnspanOptions = {}): TurnspanPlugin {
  checkOptions(options);
  const onError = contain(options.onError ?? warnOnce(), () => undefined);
  const tracing = options.tracing === false ? undefined : createTracing(options.tracing, onError);
  const snapshot = () => tracker.snapshot();
  const metrics =
    options.metrics === false
      ? undefined
      : createMetrics(options.metrics ?? {}, { snapshot, onError });
  const observers = [tracing?.observe, metrics?.observe, ...(options.observers ?? [])];
  const tracker = createTracker(options, { observers: observers.filter(isDefined), onError });
  const { guard = false, sweepIntervalMs = TEN_SECONDS, whatsapp } = options;
  const bot = createBotkitPlugin({
    tracker,
    guard,
    ...(tracing && { activate: tracing.activate }),
  });
  const timer = createSweepTimer(tracker, sweepIntervalMs);
  return {
    ...bot,
    init: (controller) => {
      bot.init(controller);
      metrics?.serve(webserverOf(controller));
      timer.start();
    },
    metrics: async () => (await metrics?.text()) ?? '',
    metricsAddress: async () => await metrics?.address(),
    sweep: () => tracker.sweep(),
    webhook: whatsapp && createWebhook(whatsapp, tracker, onError),
    shutdown: async () => {
      timer.stop();
      bot.uninstrument();
      await metrics?.close();
    },
  };
}

function createTracing(options: TracingOptions = {}, onError: OnError): OpenTelemetryObserver {
  return createOpenTelemetryObserver({ ...options, onError });
}

function createTracker(
  options: TurnspanOptions,
  { observers, onError }: { readonly observers: readonly Observer[]; readonly onError: OnError },
): Tracker {
  const { now, tick, privacy, store, turnTimeoutMs } = options;
  const { stallAfterMs, dropAfterMs, flows, helpWords, agentWords } = options;
  return new Tracker({
    observers,
    onError,
    clock: { now: now ?? systemClock.now, tick: tick ?? now ?? systemClock.tick },
    ...defined({ hashKey: privacy?.key ?? hashKey(process.env), store, turnTimeoutMs }),
    ...defined({ stallAfterMs, dropAfterMs, flows, helpWords, agentWords }),
  });
}

function createWebhook(
  options: WhatsAppOptions,
  tracker: Tracker,
  onError: OnError,
): WebhookHandler {
  return createWebhookHandler({
    ...options,
    onError,
    onStatus: (status, { receivedAt }) => {
      const signal = toDeliverySignal(status, receivedAt);
      if (signal) tracker.signal(signal);
    },
    onSignal: (signal) => tracker.signal(signal),
  });
}

/** Botkit makes its web server, unless told not to, before any plugin is used. */
function webserverOf(controller: ControllerShape): Webserver | undefined {
  return (controller as { readonly webserver?: Webserver }).webserver;
}

function isDefined<T>(value: T | undefined): value is T {
  return value !== undefined;
}

/** Leaves out what is undefined, so that defaults apply. */
function defined<T extends object>(values: T): { [K in keyof T]?: NonNullable<T[K]> } {
  const entries = Object.entries(values).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as { [K in keyof T]?: NonNullable<T[K]> };
}
