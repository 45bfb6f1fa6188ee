import {
  type OnError,
  type QualityFact,
  type Snapshot,
  type Timestamp,
  TurnspanError,
} from '@turnspan/core';
import {
  createMetricsHandler,
  createMetricsServer,
  createPrometheusObserver,
  type JournalProgress,
  type ListeningAddress,
  type MetricsHandler,
  type MetricsServer,
  type PrometheusObserver,
} from '@turnspan/prometheus';
import { Registry } from 'prom-client';
import { metricsAddress } from './environment';
import type { MetricsOptions } from './options';

/** The part of Express, or of a server like it, that a route is added to. */
export interface Webserver {
  get(path: string, handler: MetricsHandler): unknown;
}

/** The metrics of one bot and the way they are served. */
export interface Metrics {
  readonly observer: PrometheusObserver;
  /** The exposition text. */
  text(): Promise<string>;
  /** Begins to serve: on a listener of its own, or on the bot's web server. */
  serve(webserver: Webserver | undefined): void;
  /** Where the listener is; undefined if there is none. */
  address(): Promise<ListeningAddress | undefined>;
  /** Stops serving and takes the metrics out of the registry. */
  close(): Promise<void>;
}

/** What {@link createMetrics} needs of the tracker. */
export interface MetricsSource {
  readonly snapshot: () => Snapshot;
  readonly quality: () => readonly QualityFact[];
  readonly journal: (() => JournalProgress) | undefined;
  readonly now: () => Timestamp;
  /** Hears of failures that are counted already. */
  readonly onError: OnError;
}

/** Sets metrics up; nothing is listened on before `serve`. */
export function createMetrics(
  options: MetricsOptions,
  { onError, journal, ...source }: MetricsSource,
): Metrics {
  const { registry = new Registry(), caps = {}, path = '/metrics', token } = options;
  const observer = createPrometheusObserver({
    registry,
    caps,
    onError,
    ...source,
    ...(journal && { journal }),
  });
  const note: OnError = (error) => {
    observer.contained();
    onError(error);
  };
  const access = { registry, onError: note, ...(token !== undefined && { token }) };
  const address = { path, ...metricsAddress(process.env), ...pick(options) };
  let server: MetricsServer | undefined;
  return {
    observer,
    text: () => registry.metrics(),
    serve: (webserver) => {
      if (!options.onBotServer) server ??= createMetricsServer({ ...access, ...address });
      else if (webserver) webserver.get(path, createMetricsHandler(access));
      else note(noWebserver());
    },
    address: async () => await server?.listening,
    close: async () => {
      observer.unregister();
      await server?.close();
      server = undefined;
    },
  };
}

function pick({ host, port }: MetricsOptions): Pick<MetricsOptions, 'host' | 'port'> {
  return { ...(host !== undefined && { host }), ...(port !== undefined && { port }) };
}

function noWebserver(): TurnspanError {
  const detail =
    'Expected `metrics.onBotServer` to be set only where the bot has a web server, and this one has none; the metrics are not served.';
  return new TurnspanError('OPTION_INVALID', { detail });
}
