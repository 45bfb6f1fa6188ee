import type { IncomingMessage } from 'node:http';
import {
  type Clock,
  contain,
  type OnError,
  systemClock,
  type Timestamp,
  TurnspanError,
  type WebhookSignal,
} from '@turnspan/core';
import type { Quality } from './quality/quality';
import { warn } from './report';
import { createSeenKeys, type SeenKeys } from './seen-keys';
import { type StartTimer, systemTimer } from './timer';
import type { FieldChange, InboundMessage, StatusUpdate } from './types';

/** The webhook that an update came with. */
export interface WebhookDelivery {
  readonly receivedAt: Timestamp;
  /** `clock.tick()` at the same moment. */
  readonly receivedTick: number;
  readonly request: IncomingMessage;
}

/** What {@link createWebhookHandler} takes. */
export interface WebhookOptions {
  /** The app secret that webhooks are signed with; several while it is being changed. */
  readonly appSecret: string | readonly string[];
  /** The word that was agreed with Meta for the subscription of the webhook. */
  readonly verifyToken: string;
  /**
   * Hears of each new message. The webhook is answered when the promise it returns is settled.
   * @default nobody
   */
  readonly onMessage?: (message: InboundMessage, delivery: WebhookDelivery) => unknown;
  /**
   * Hears of each new status. Nobody waits for what it returns.
   * @default nobody
   */
  readonly onStatus?: (status: StatusUpdate, delivery: WebhookDelivery) => unknown;
  /**
   * Hears of each new update of the other documented fields. Nobody waits for what it returns.
   * @default nobody
   */
  readonly onChange?: (change: FieldChange, delivery: WebhookDelivery) => unknown;
  /**
   * Takes the changes, each before `onChange` hears of it, and tells its own `onSignal` what was
   * done with them; the `onSignal` of the webhook then hears only of changes that were seen before.
   * @default nobody
   */
  readonly quality?: Pick<Quality, 'takeChange' | 'phones'>;
  /**
   * Hears what was done with every update, and of every webhook that was rejected.
   * @default nobody
   */
  readonly onSignal?: (signal: WebhookSignal) => void;
  /**
   * Hears of contained failures: of handlers that failed, and of a body that a parser had eaten.
   * @default a process warning
   */
  readonly onError?: OnError;
  /**
   * How many bytes a body may have. Meta sends up to 3 MB.
   * @default 3_145_728
   */
  readonly maxBytes?: number;
  /**
   * After how many milliseconds Meta gets its 200 although a message is still being worked on.
   * @default 3000
   */
  readonly ackAfterMs?: number;
  /**
   * Where the keys of updates already taken are remembered.
   * @default the memory of this process, 100,000 keys
   */
  readonly seen?: SeenKeys;
  /**
   * How many milliseconds such a key is remembered. Meta repeats for up to 7 days.
   * @default 604_800_000
   */
  readonly seenTtlMs?: number;
  /** @default the clock of this machine */
  readonly clock?: Clock;
  /** @default the timer of this machine */
  readonly startTimer?: StartTimer;
}

/** The options with their defaults, checked; every handler is contained. */
export type Receiver = Required<Omit<WebhookOptions, 'appSecret' | 'quality'>> & {
  readonly secrets: readonly string[];
  readonly quality: WebhookOptions['quality'];
};

const MIB = 1024 * 1024;
const WEEK_MS = 7 * 24 * 60 * 60 * 1000;
const nobody = () => {};

/** Checks the options and fills in what is left out. */
export function toReceiver({ appSecret, ...options }: WebhookOptions): Receiver {
  const { onError = warn, clock = systemClock } = options;
  const receiver: Receiver = {
    secrets: typeof appSecret === 'string' ? [appSecret] : appSecret,
    verifyToken: options.verifyToken,
    onMessage: options.onMessage ?? nobody,
    onStatus: contain(options.onStatus ?? nobody, onError),
    onChange: contain(options.onChange ?? nobody, onError),
    quality: options.quality,
    onSignal: contain(options.onSignal ?? nobody, onError),
    onError: contain(onError, nobody),
    maxBytes: options.maxBytes ?? 3 * MIB,
    ackAfterMs: options.ackAfterMs ?? 3000,
    seen: options.seen ?? createSeenKeys({ clock }),
    seenTtlMs: options.seenTtlMs ?? WEEK_MS,
    clock,
    startTimer: options.startTimer ?? systemTimer,
  };
  check(receiver);
  return receiver;
}

function check({ secrets, verifyToken, maxBytes, ackAfterMs, seenTtlMs }: Receiver): void {
  const isText = (value: unknown) => typeof value === 'string' && value !== '';
  if (!Array.isArray(secrets) || secrets.length === 0 || !secrets.every(isText)) {
    throw refuse('`appSecret` must be the app secret, or a list of them, and none of them empty.');
  }
  if (!isText(verifyToken)) throw refuse('`verifyToken` must be a text, and not empty.');
  for (const [name, value] of Object.entries({ maxBytes, ackAfterMs, seenTtlMs })) {
    if (!(value >= 0)) throw refuse(`\`${name}\` must be a number from 0 up, got ${value}.`);
  }
}

function refuse(detail: string): TurnspanError {
  return new TurnspanError('OPTION_INVALID', { detail });
}
