import type { IncomingMessage } from 'node:http';
import type { Observer, SettingsOptions, Store, Timestamp } from '@turnspan/core';
import type {
  LogsOptions as LogRecordOptions,
  OpenTelemetryOptions,
} from '@turnspan/opentelemetry';
import type { LabelCaps, MetricsRegistry, ScrapedRegistry } from '@turnspan/prometheus';
import type { PollerOptions } from '@turnspan/whatsapp';
import type { BotExperimentsOptions } from './experiments/options';
import type { InvestigationsOptions } from './investigations/options';

/** Metrics: what they go into and who may scrape them. */
export interface MetricsOptions {
  /** A `Registry` of `prom-client` or `@prometheus-io/client`. @default a registry of its own */
  readonly registry?: MetricsRegistry & ScrapedRegistry;
  /** Address of the metrics listener. @default TURNSPAN_METRICS_HOST, else '127.0.0.1' */
  readonly host?: string;
  /** Port of the metrics listener; 0 takes a free one. @default TURNSPAN_METRICS_PORT, else 9464 */
  readonly port?: number;
  /** Path of the metrics. @default '/metrics' */
  readonly path?: string;
  /**
   * Serve the metrics on the bot's own web server instead of a listener of their own. That server
   * usually faces the internet: set a `token`. @default false
   */
  readonly onBotServer?: boolean;
  /** What a scraper has to send as `Authorization: Bearer <token>`. @default everybody who reaches the path may scrape */
  readonly token?: string;
  /** How many distinct values each label may have. @default 50 flows, 300 nodes, 1200 edges and so on */
  readonly caps?: LabelCaps;
}

/** Spans, through whatever OpenTelemetry SDK the bot has registered. */
export type TracingOptions = Pick<OpenTelemetryOptions, 'alwaysKeep' | 'sampleRatio' | 'tracer'>;

/** Log records of what a journal would keep, for a pipeline that is already there. */
export type LogsOptions = Pick<LogRecordOptions, 'eventNames' | 'logger' | 'loggerProvider'>;

/** What Turnspan may know of the business's WhatsApp account; every part of it may be left out. */
export interface WhatsAppOptions {
  /** The app secret that webhooks are signed with; two while it is being changed. With it `plugin.webhook` works. @default no webhook */
  readonly appSecret?: string | readonly string[];
  /** The word agreed with Meta for the subscription of the webhook. Needed with `appSecret`. @default none */
  readonly verifyToken?: string;
  /** A token that may read the account; nothing is ever written. @default nothing is polled */
  readonly accessToken?: string;
  /** The WhatsApp Business Account, or several. Needed with `accessToken`. @default none */
  readonly businessAccountId?: string | readonly string[];
  /** Where the Graph API is. @default 'https://graph.facebook.com' */
  readonly baseUrl?: string;
  /** Version of the Graph API. @default 'v26.0' */
  readonly version?: string;
  /** Milliseconds between two reads of `phones`, `health`, `templates`, `account` and `limit`. @default 10, 15, 30, 60 and 60 minutes */
  readonly intervalsMs?: PollerOptions['intervalsMs'];
}

/** History, in an embedded database or on Postgres. */
export interface JournalOptions {
  /** The file of an embedded database; it and its folder are made, for their owner only. @default TURNSPAN_JOURNAL, else a file in the data folder */
  readonly file?: string;
  /** A `postgres://` URL instead of a file; it takes the `pg` that the bot has. @default TURNSPAN_JOURNAL, else the file */
  readonly url?: string;
  /** After how many days what happened is deleted; the latest state stays. @default 90 */
  readonly retentionDays?: number;
  /** After how many days the sums of each hour are deleted, which outlive what they count. @default 800 */
  readonly rollupRetentionDays?: number;
}

/** The page that shows where the journey breaks, and who may see it. */
export interface ConsoleOptions {
  /** Address of the page's listener; everything but a loopback address is open to the network. @default '127.0.0.1' */
  readonly host?: string;
  /** Port of the page's listener; 0 takes a free one. @default 9465 */
  readonly port?: number;
  /** Path of the page. @default '/' */
  readonly path?: string;
  /** Lets in whoever has it; at least 16 characters. @default a new one at each start, in the link of `plugin.consoleAddress()` */
  readonly token?: string;
  /** Your own way of telling who may see the page; asked first. @default only the token lets in */
  readonly authorize?: (request: IncomingMessage) => boolean | Promise<boolean>;
  /** Where the traces of a session are, with `{sessionId}` in it, so that investigations link to examples. @default no examples are shown */
  readonly traceUrl?: string;
  /** Serve the page on the bot's own web server, below `path`, instead of a listener of its own. @default false */
  readonly onBotServer?: boolean;
}

/** Every option of {@link turnspan}; all may be left out. */
export interface TurnspanOptions extends SettingsOptions {
  /** The wall clock, in milliseconds since the Unix epoch. @default Date.now */
  readonly now?: () => Timestamp;
  /** A clock that only goes forward, in milliseconds from anywhere, for durations. @default performance.now; `now` if that is given */
  readonly tick?: () => number;
  /** How people become hashes. */
  readonly privacy?: {
    /** Key of the hashes, the same in all processes. @default TURNSPAN_KEY, else the one in the data folder */
    readonly key?: string | Uint8Array;
  };
  /** Prometheus metrics; `false` turns them off. @default on */
  readonly metrics?: MetricsOptions | false;
  /** OpenTelemetry spans; `false` turns them off. @default on where an SDK is registered */
  readonly tracing?: TracingOptions | false;
  /** OpenTelemetry log records of what a journal would keep. @default off */
  readonly logs?: LogsOptions | false;
  /** Quality, status and limits of the business on WhatsApp, by webhook and by polling. @default only what the bot's own adapter tells */
  readonly whatsapp?: WhatsAppOptions;
  /** The folder for what must survive a restart, made for its owner only; `false` keeps nothing. @default TURNSPAN_DATA, else '.turnspan' */
  readonly data?: string | false;
  /** Where history is kept; `false` keeps none, and what Meta forgets is forgotten. @default TURNSPAN_JOURNAL, else in the data folder */
  readonly journal?: JournalOptions | false;
  /** The page that shows where the journey breaks; it needs a journal. @default off */
  readonly console?: ConsoleOptions | false;
  /** What is looked into by itself when a rating, a status or a limit changes for the worse; it needs a journal. `false` turns it off. @default on */
  readonly investigations?: InvestigationsOptions | false;
  /** Who waits where: a store, the path of an SQLite file, or a `redis://` or `postgres://` URL. @default TURNSPAN_STORE, else in the data folder */
  readonly store?: Store | string;
  /** Experiments that are known when the bot starts, and where variants come from. @default none; `experiment()` declares them where they are shown */
  readonly experiments?: BotExperimentsOptions;
  /** Your own listeners to everything the tracker tells. @default none */
  readonly observers?: readonly Observer[];
  /** Milliseconds between two looks at who has been silent for too long. @default 10 seconds */
  readonly sweepIntervalMs?: number;
  /** After this time a turn that the bot never finished is closed. @default 5 minutes */
  readonly turnTimeoutMs?: number;
  /**
   * Ignore activities that are no messages (receipts, reactions of other adapters) instead of
   * letting Botkit take them as answers. This changes the bot. @default false
   */
  readonly guard?: boolean;
  /** Hears of every failure that was kept from the bot. @default a process warning, once a minute at most for each kind */
  readonly onError?: (error: unknown) => void;
}
