import type {
  ChangeSignal,
  ChannelSignal,
  Clock,
  OnError,
  QualityFact,
  Tracker,
} from '@turnspan/core';
import type { PrometheusObserver } from '@turnspan/prometheus';
import {
  createGraphClient,
  createPoller,
  createQuality,
  createWebhookFront,
  type FieldChange,
  type GraphUsage,
  type PhoneDirectory,
  type Poller,
  type Quality,
  type QualityReport,
  type StartTimer,
  toDeliverySignal,
  type WebhookFront,
} from '@turnspan/whatsapp';
import type { WhatsAppOptions } from './options';
import type { SharedKnowledge } from './shared-knowledge';
import { SharedQuality } from './shared-quality';

/** Everything that is known of the business on WhatsApp, however it is learned. */
export interface WhatsApp {
  /** Takes what a channel adapter tells beside the messages. */
  readonly onSignal: (signal: ChannelSignal) => void;
  /** Receives webhooks; undefined without an app secret. */
  readonly webhook: WebhookFront | undefined;
  facts(): readonly QualityFact[];
  report(): QualityReport;
  /** Reads now what Meta tells only to those who ask; does nothing without a token. */
  poll(): Promise<void>;
  /** Begins to poll, and to keep to what other processes know. */
  start(adapter: unknown): void;
  stop(): void;
}

/** What {@link createWhatsApp} needs. */
export interface WhatsAppSetup {
  readonly tracker: Tracker;
  readonly clock: Clock;
  readonly onError: OnError;
  readonly metrics: Pick<PrometheusObserver, 'graphUsage' | 'graphRequest'> | undefined;
  /** What other processes know; undefined where there are none to be known of. */
  readonly knowledge: SharedKnowledge | undefined;
  /**
   * What wakes up the poller and the look at what others know.
   * @default timers of this machine, which keep no process alive
   */
  readonly startTimer?: StartTimer;
}

/** Joins webhooks, polling and what other processes know to one state of quality. */
export function createWhatsApp(options: WhatsAppOptions, setup: WhatsAppSetup): WhatsApp {
  const { tracker, clock, onError, knowledge, startTimer } = setup;
  const onSignal = (signal: ChannelSignal) => tracker.signal(signal);
  const quality = createQuality({ clock, onError, onSignal });
  const shared = knowledge && new SharedQuality({ quality, knowledge, onError, startTimer });
  const poller = setUpPoller(options, { quality, shared }, setup);
  const takeChange = (change: FieldChange, receivedAt: number) => {
    quality.takeChange(change, receivedAt);
    poller?.noteWebhook(change.field, change.accountId);
  };
  const { phones } = quality;
  return {
    onSignal: (signal) => {
      if (signal.kind === 'change') takeChange(toFieldChange(signal), signal.receivedAt);
      else tracker.signal(signal);
    },
    webhook: setUpWebhook(options, { takeChange, phones }, setup),
    facts: () => quality.facts(),
    report: () => quality.toJson(),
    poll: async () => {
      if (!poller) return;
      await poller.pollNow();
      await shared?.refresh();
    },
    start: (adapter) => {
      learnFrom(adapter, phones);
      shared?.start();
      poller?.start();
    },
    stop: () => {
      poller?.stop();
      shared?.stop();
    },
  };
}

function setUpPoller(
  { accessToken, businessAccountId, baseUrl, version, intervalsMs }: WhatsAppOptions,
  { quality, shared }: { readonly quality: Quality; readonly shared: SharedQuality | undefined },
  { clock, onError, metrics, knowledge, startTimer }: WhatsAppSetup,
): Poller | undefined {
  if (accessToken === undefined || businessAccountId === undefined) return undefined;
  const onUsage = (usages: readonly GraphUsage[]) => {
    poller.noteUsage(usages);
    for (const usage of usages) metrics?.graphUsage(usage.type ?? 'app', toRatio(usage));
  };
  const graph = createGraphClient({
    accessToken,
    onUsage,
    onError,
    ...(baseUrl !== undefined && { baseUrl }),
    ...(version !== undefined && { version }),
  });
  const poller = createPoller({
    graph,
    businessAccountIds: [businessAccountId].flat(),
    onFacts: (facts) => void (shared ?? quality).takeFacts(facts),
    clock,
    onError,
    phones: quality.phones,
    onRequest: (endpoint, result) => metrics?.graphRequest(endpoint, result),
    ...(intervalsMs && { intervalsMs }),
    ...(knowledge && { lease: knowledge.lease }),
    ...(startTimer && { startTimer }),
  });
  return poller;
}

function setUpWebhook(
  { appSecret, verifyToken }: WhatsAppOptions,
  quality: Pick<Quality, 'takeChange' | 'phones'>,
  { tracker, clock, onError }: WhatsAppSetup,
): WebhookFront | undefined {
  if (appSecret === undefined || verifyToken === undefined) return undefined;
  return createWebhookFront({
    appSecret,
    verifyToken,
    quality,
    clock,
    onError,
    onStatus: (status, { receivedAt }) => {
      const signal = toDeliverySignal(status, receivedAt);
      if (signal) tracker.signal(signal);
    },
    onSignal: (signal) => tracker.signal(signal),
  });
}

/** An adapter that hears messages knows which id a displayed number has. */
function learnFrom(adapter: unknown, phones: PhoneDirectory): void {
  const { phones: known } = (adapter ?? {}) as { readonly phones?: Partial<PhoneDirectory> };
  known?.subscribe?.(({ digits, id }) => phones.learn(digits, id));
}

function toFieldChange({ field, accountId, timestamp, value }: ChangeSignal): FieldChange {
  return {
    kind: 'change',
    field,
    value,
    ...(accountId !== undefined && { accountId }),
    ...(timestamp !== undefined && { timestamp }),
  };
}

/** The limit that is nearest to being used up. */
function toRatio({ callPercent, cpuTimePercent, totalTimePercent }: GraphUsage): number {
  return Math.max(callPercent, cpuTimePercent, totalTimePercent) / 100;
}
