import { type BotkitPlugin, type ControllerShape, createBotkitPlugin } from '@turnspan/botkit';
import { type OnError, Tracker, type TrackerOptions } from '@turnspan/core';
import {
  createLogsObserver,
  createOpenTelemetryObserver,
  type LogsObserver,
  type OpenTelemetryObserver,
} from '@turnspan/opentelemetry';
import type { ListeningAddress } from '@turnspan/prometheus';
import type { QualityReport, WebhookFront } from '@turnspan/whatsapp';
import { checkOptions } from './check-options';
import { type ConsolePage, type ConsolePageAddress, setUpConsole } from './console/console-page';
import { defined } from './defined';
import type { ExperimentTools } from './experiments/experiment-tools';
import { type Experimenting, setUpExperiments } from './experiments/set-up';
import { Failures } from './failures';
import { guardClock } from './guard-clock';
import { type Investigating, setUpInvestigations } from './investigations/investigations';
import { type Memory, openMemory } from './memory';
import { createMetrics, type Metrics, type MetricsSource, type Webserver } from './metrics';
import type { LogsOptions, TracingOptions, TurnspanOptions } from './options';
import { createSweepTimer } from './sweep-timer';
import { warnEachMinute } from './warn-each-minute';
import { createWhatsApp, type WhatsApp } from './whatsapp';

/** What {@link turnspan} gives to `controller.usePlugin`, and to you. */
export interface TurnspanPlugin extends BotkitPlugin, ExperimentTools {
  /** The exposition text, as Prometheus would scrape it now; '' when metrics are off. */
  metrics(): Promise<string>;
  /** Where the metrics listener is; undefined before the plugin is in use, and when there is none. */
  metricsAddress(): Promise<ListeningAddress | undefined>;
  /** Where the console is, and the link that lets in; undefined before the plugin is in use, and when there is none. */
  consoleAddress(): Promise<ConsolePageAddress | undefined>;
  /** Reads quality, status and limits now; timers do it otherwise. Does nothing without `whatsapp.accessToken`. */
  poll(): Promise<void>;
  /** Settles now what is due, and looks whether the files of journal and store are still there; a timer does it otherwise. Returns how many deadlines had passed. */
  sweep(): Promise<number>;
  /** What is known now of every number, template, account and portfolio of the business. */
  quality(): QualityReport;
  /**
   * Receives WhatsApp webhooks, if `whatsapp.appSecret` is given: `(req, res, next?)`. With `next`
   * the request goes on to the bot untouched; mount it ahead of any body parser.
   */
  readonly webhook: WebhookFront | undefined;
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
  const { metrics, memory, tracker, whatsapp, bot, experiments, page, investigating } =
    createParts(options);
  const sweep = async () => {
    const [swept] = await Promise.all([tracker.sweep(), memory.check(), experiments.check()]);
    return swept;
  };
  const timer = createSweepTimer(
    { sweep, contained: tracker.contained },
    options.sweepIntervalMs ?? TEN_SECONDS,
  );
  return {
    ...bot,
    ...experiments.tools,
    init: (controller) => {
      bot.init(controller);
      metrics?.serve(webserverOf(controller));
      page?.serve(controller);
      whatsapp.start(controller.adapter);
      timer.start();
    },
    metrics: async () => (await metrics?.text()) ?? '',
    metricsAddress: async () => await metrics?.address(),
    consoleAddress: async () => await page?.address(),
    quality: () => whatsapp.report(),
    poll: () => whatsapp.poll(),
    sweep,
    webhook: whatsapp.webhook,
    shutdown: async () => {
      timer.stop();
      whatsapp.stop();
      bot.uninstrument();
      await metrics?.close();
      await page?.close();
      await investigating?.close();
      await memory.close();
    },
  };
}

interface Parts {
  readonly metrics: Metrics | undefined;
  readonly memory: Memory;
  readonly tracker: Tracker;
  readonly whatsapp: WhatsApp;
  readonly bot: BotkitPlugin;
  readonly experiments: Experimenting;
  readonly page: ConsolePage | undefined;
  readonly investigating: Investigating | undefined;
}

/** Makes the parts and joins them: the bot tells the tracker, the tracker tells the rest. */
function createParts(options: TurnspanOptions): Parts {
  const failures = new Failures(options.onError ?? warnEachMinute());
  const onError = failures.note;
  const clock = guardClock(options, onError);
  const memory = openMemory(options, { clock, onError });
  const { journal, knowledge } = memory;
  const tracing = options.tracing === false ? undefined : createTracing(options.tracing, onError);
  const metrics = setUpMetrics(options, {
    snapshot: () => tracker.snapshot(),
    quality: () => whatsapp.facts(),
    journal: journal && (() => journal),
    now: clock.now,
    onError: failures.tell,
  });
  if (metrics) failures.countWith(metrics.observer.contained);
  const logs = options.logs && createLogs(options.logs, failures);
  const experiments = setUpExperiments(options.experiments, {
    shared: memory.store?.shared,
    clock,
    onError,
    tell: failures.tell,
    metrics: metrics?.observer,
    show: (...shown) => tracker.show(...shown),
    bot: () => bot,
  });
  const counting = { metrics: metrics?.observer, onError, now: clock.now };
  const investigating = setUpInvestigations(options.investigations, { journal, ...counting });
  const parts = [tracing, metrics?.observer, logs || undefined, journal, knowledge, experiments];
  const ours = [...parts, investigating].flatMap((part) => part?.observe ?? []);
  const observers = [...ours, ...(options.observers ?? [])];
  const tracker = createTracker(options, memory, { observers, onError: failures.tell, clock });
  const setup = { tracker, clock, knowledge, ...counting };
  const whatsapp = createWhatsApp(options.whatsapp ?? {}, setup);
  const bot = createBotkitPlugin({
    tracker,
    guard: options.guard ?? false,
    onSignal: whatsapp.onSignal,
    extension: { ...experiments.tools },
    chooseText: experiments.chooseText,
    followsCode: options.experiments !== undefined,
    ...(tracing && { activate: tracing.activate }),
  });
  const page = setUpConsole(options.console, { memory, bot, tracker, clock, onError });
  return { metrics, memory, tracker, whatsapp, bot, experiments, page, investigating };
}

function setUpMetrics({ metrics }: TurnspanOptions, source: MetricsSource): Metrics | undefined {
  return metrics === false ? undefined : createMetrics(metrics ?? {}, source);
}

function createTracing(options: TracingOptions = {}, onError: OnError): OpenTelemetryObserver {
  return createOpenTelemetryObserver({ ...options, onError });
}

/** An outage of a logger is told once, and every record that it costs is counted. */
function createLogs(options: LogsOptions, { tell, count }: Failures): LogsObserver {
  return createLogsObserver({ ...options, onError: tell, onLost: count });
}

function createTracker(
  options: TurnspanOptions,
  { store, key, journal }: Memory,
  parts: Required<Pick<TrackerOptions, 'observers' | 'onError' | 'clock'>>,
): Tracker {
  const { turnTimeoutMs } = options;
  const { stallAfterMs, dropAfterMs, flows, helpWords, agentWords } = options;
  return new Tracker({
    ...parts,
    ...defined({ hashKey: key, store, turnTimeoutMs }),
    ...(journal && { record: () => journal.flush() }),
    ...defined({ stallAfterMs, dropAfterMs, flows, helpWords, agentWords }),
  });
}

/** Botkit makes its web server, unless told not to, before any plugin is used. */
function webserverOf(controller: ControllerShape): Webserver | undefined {
  return (controller as { readonly webserver?: Webserver }).webserver;
}
