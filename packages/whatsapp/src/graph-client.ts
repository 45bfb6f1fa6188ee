import { attempt, type OnError, TurnspanError } from '@turnspan/core';
import { GraphError } from './graph-error';
import { type GraphUsage, parseUsage } from './graph-usage';
import { compact, type JsonObject, toArray, toObject, toText } from './json';
import { warn } from './report';
import { type StartTimer, systemTimer } from './timer';

/** The part of `fetch` that is used. */
export type Fetch = (
  url: string,
  init: {
    readonly method: string;
    readonly headers: Record<string, string>;
    readonly body?: string;
    readonly signal: AbortSignal;
  },
) => Promise<Pick<Response, 'ok' | 'status' | 'headers' | 'text'>>;

/** What {@link createGraphClient} takes. */
export interface GraphClientOptions {
  /** The access token. It is sent as a header and appears nowhere else. */
  readonly accessToken: string;
  /** @default 'https://graph.facebook.com' */
  readonly baseUrl?: string;
  /**
   * The version of the Graph API.
   * @default 'v26.0'
   */
  readonly version?: string;
  /**
   * How many milliseconds an answer may take, its body included.
   * @default 10_000
   */
  readonly timeoutMs?: number;
  /** @default globalThis.fetch */
  readonly fetch?: Fetch;
  /**
   * Hears how much of the rate limits is used up, after each answer that tells.
   * @default nobody
   */
  readonly onUsage?: (usages: readonly GraphUsage[]) => void;
  /**
   * Hears of a failing `onUsage`.
   * @default a process warning
   */
  readonly onError?: OnError;
  /** @default the timer of this machine */
  readonly startTimer?: StartTimer;
}

/** What a request carries. */
export interface GraphRequest {
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: JsonObject;
}

/** A message that Meta accepted; what becomes of it comes as statuses. */
export interface SentMessage {
  /** The wamid; empty in the case that the answer names none. */
  readonly id: string;
  /** For templates: `accepted`, `held_for_quality_assessment` or `paused`. */
  readonly messageStatus?: string;
}

/** Calls the Graph API. Every method rejects with a {@link GraphError} or `GRAPH_UNREACHABLE`. */
export interface GraphClient {
  /** Asks for a path below the version, e.g. `123/phone_numbers`, and gives the parsed answer. */
  request(method: 'GET' | 'POST', path: string, request?: GraphRequest): Promise<unknown>;
  /**
   * Sends one message. It is never tried again here: sending is not idempotent, so a request whose
   * answer was lost would reach the user twice.
   */
  sendMessage(phoneNumberId: string, message: JsonObject): Promise<SentMessage>;
  /** Marks a message of a user, and all before it, as read; with `typing` also shows that an answer is on its way. */
  markRead(
    phoneNumberId: string,
    messageId: string,
    options?: { readonly typing?: boolean },
  ): Promise<void>;
}

/**
 * Makes a client of the Graph API.
 *
 * @throws TurnspanError `OPTION_INVALID`
 *
 * @example
 * const graph = createGraphClient({ accessToken });
 * await graph.sendMessage(phoneNumberId, { to: '16505551234', type: 'text', text: { body: 'Hi' } });
 */
export function createGraphClient(options: GraphClientOptions): GraphClient {
  const settings = toSettings(options);
  const request: GraphClient['request'] = (method, path, content = {}) =>
    send(settings, `${method} ${path}`, content);
  const post = (phoneNumberId: string, body: JsonObject) =>
    request('POST', `${encodeURIComponent(phoneNumberId)}/messages`, {
      body: { messaging_product: 'whatsapp', ...body },
    });
  return {
    request,
    async sendMessage(phoneNumberId, message) {
      return toSentMessage(await post(phoneNumberId, message));
    },
    async markRead(phoneNumberId, messageId, { typing = false } = {}) {
      const indicator = typing ? { typing_indicator: { type: 'text' } } : {};
      await post(phoneNumberId, { status: 'read', message_id: messageId, ...indicator });
    },
  };
}

function toSentMessage(answer: unknown): SentMessage {
  const message = toObject(toArray(toObject(answer).messages)[0]);
  return compact<SentMessage>({
    id: toText(message.id) ?? '',
    messageStatus: toText(message.message_status),
  });
}

interface Settings {
  readonly root: string;
  readonly timeoutMs: number;
  readonly headers: Record<string, string>;
  readonly fetch: Fetch;
  readonly startTimer: StartTimer;
  readonly redact: (text: string) => string;
  readonly hearUsage: (headers: Headers) => void;
}

function toSettings(options: GraphClientOptions): Settings {
  const { baseUrl = 'https://graph.facebook.com', version = 'v26.0', accessToken } = options;
  const { timeoutMs = 10_000, onUsage, onError = warn } = options;
  check('accessToken', /^[\x21-\x7e]+$/, accessToken);
  check('baseUrl', /^https?:\/\//, baseUrl);
  check('version', /^v\d+\.\d+$/, version);
  if (!(timeoutMs > 0)) throw refuse('`timeoutMs` must be a number above 0.');
  return {
    root: `${baseUrl.replace(/\/+$/, '')}/${version}/`,
    timeoutMs,
    headers: { Authorization: `Bearer ${accessToken}`, 'Content-Type': 'application/json' },
    fetch: options.fetch ?? globalThis.fetch,
    startTimer: options.startTimer ?? systemTimer,
    redact: (text) => text.replaceAll(accessToken, '[access token]'),
    hearUsage(headers) {
      const usages = onUsage ? parseUsage(headers) : [];
      if (usages.length > 0) attempt(() => onUsage?.(usages), onError);
    },
  };
}

/** Names the option and not its value, which may be a secret. */
function check(name: string, pattern: RegExp, value: unknown): void {
  if (typeof value === 'string' && pattern.test(value)) return;
  throw refuse(`\`${name}\` must be a text that matches ${pattern}.`);
}

function refuse(detail: string): TurnspanError {
  return new TurnspanError('OPTION_INVALID', { detail });
}

async function send(settings: Settings, request: string, content: GraphRequest): Promise<unknown> {
  const { status, ok, body } = await reach(settings, request, content);
  if (ok && body !== undefined) return body;
  throw new GraphError({ status, request, body, redact: settings.redact });
}

interface GraphAnswer {
  readonly status: number;
  readonly ok: boolean;
  /** Undefined when it is not JSON. */
  readonly body: unknown;
}

async function reach(
  settings: Settings,
  request: string,
  { query, body }: GraphRequest,
): Promise<GraphAnswer> {
  const [method = '', path = ''] = request.split(' ');
  const search = query ? `?${new URLSearchParams(query)}` : '';
  const controller = new AbortController();
  const stopTimer = settings.startTimer(() => controller.abort(), settings.timeoutMs);
  try {
    const response = await settings.fetch(settings.root + path + search, {
      method,
      headers: settings.headers,
      signal: controller.signal,
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    settings.hearUsage(response.headers);
    return { status: response.status, ok: response.ok, body: parseJson(await response.text()) };
  } catch (error) {
    const reason = controller.signal.aborted
      ? `no answer in ${settings.timeoutMs} ms`
      : describe(error);
    throw toUnreachable(settings.redact(`${request}: ${reason}`));
  } finally {
    stopTimer();
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The cause is written anew: errors of a fetch may quote the headers. */
function toUnreachable(detail: string): TurnspanError {
  return new TurnspanError('GRAPH_UNREACHABLE', { detail, cause: new Error(detail) });
}

/** `fetch failed` alone says nothing; its cause does. */
function describe(error: unknown): string {
  const { message, cause } = toObject(error);
  const texts = [toText(message) ?? String(error), toText(toObject(cause).message)];
  return texts.filter((text) => text !== undefined).join(': ');
}
