import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type OnError, TurnspanError } from '@turnspan/core';
import { readBody } from '../read-body';
import { answer, type WebhookHandler } from '../webhook-handler';
import { askBot, type Bot, createBot, passOn, type ReadRequest } from './forward';
import { createObserve, toFrontReceiver, type WebhookFrontOptions } from './observe';
import { startPatience } from './patience';

/** What {@link createGateway} takes. */
export interface GatewayOptions extends WebhookFrontOptions {
  /** Where the bot is, as `http://127.0.0.1:3000`. Paths stay as Meta asks for them. */
  readonly target: string;
  /**
   * Whether the bot is told its own host in `Host`, as hosts that serve several sites need.
   * @default false: it is told the one that Meta has asked for
   */
  readonly rewritesHost?: boolean;
  /**
   * After how many milliseconds the bot's answer is given up and Meta gets a 504.
   * @default 20_000
   */
  readonly timeoutMs?: number;
  /**
   * Where {@link Gateway.listen} listens; 0 takes any free port.
   * @default 8080
   */
  readonly port?: number;
  /** @default '127.0.0.1' */
  readonly host?: string;
}

/** Stands before a bot as a process of its own. */
export interface Gateway {
  /** Serves a request; for a server of your own. Never rejects. */
  readonly handler: WebhookHandler;
  /**
   * Starts to listen, and gives the port.
   * @throws TurnspanError `OPTION_INVALID` when the address is taken
   */
  listen(): Promise<number>;
  /** Ends listening and the connections to the bot, when the requests under way are answered. */
  close(): Promise<void>;
}

/**
 * Makes a gateway: it takes what concerns it from each webhook, forwards it to the bot untouched,
 * signature included, and gives Meta the bot's answer. While the bot is down Meta hears 502 or 504
 * and repeats; the repetition is not taken again here.
 *
 * @throws TurnspanError `OPTION_INVALID`
 *
 * @example
 * await createGateway({ appSecret, target: 'http://127.0.0.1:3000', port: 8080 }).listen();
 */
export function createGateway(options: GatewayOptions): Gateway {
  const { port = 8080, host = '127.0.0.1' } = options;
  checkNumber({ port });
  const bot = createBot(parseTarget(options.target), options.rewritesHost ?? false);
  const handler = createForwarder(options, bot);
  // It answers every failure, so there is nothing left to hear from its promise.
  const server = createServer((request, response) => void handler(request, response));
  return {
    handler,
    listen: () => listen(server, port, host),
    async close() {
      await new Promise((resolve) => server.close(resolve));
      bot.agent.destroy();
    },
  };
}

function createForwarder(options: GatewayOptions, bot: Bot): WebhookHandler {
  const { timeoutMs = 20_000 } = options;
  checkNumber({ timeoutMs });
  const receiver = toFrontReceiver(options);
  const { maxBytes, startTimer, onError } = receiver;
  const observe = createObserve(receiver);
  const outage = createOutage(bot, onError);

  async function forward(asked: ReadRequest, response: ServerResponse): Promise<void> {
    const patience = startPatience({ response, startTimer, timeoutMs });
    try {
      await passOn(await askBot(bot, asked, patience.signal), response);
      outage.end();
    } catch (error) {
      if (patience.reason() !== 'hung_up') outage.start(error);
      answer(response, patience.reason() === 'timeout' ? 504 : 502);
    } finally {
      patience.end();
    }
  }

  return async (request, response) => {
    const reading = readBody(request, maxBytes);
    if (request.method === 'POST') await observe(request, reading);
    const body = await reading;
    if (body.kind === 'bytes') await forward({ request, bytes: body.bytes }, response);
    if (body.kind === 'too_large') answer(response, 413, { headers: { Connection: 'close' } });
    if (body.kind === 'consumed') answer(response, 500);
  };
}

interface Outage {
  start(cause: unknown): void;
  end(): void;
}

/** Reports the first failure of each outage: Meta repeats what fails, all the time. */
function createOutage({ url }: Bot, onError: OnError): Outage {
  let isOn = false;
  return {
    start(cause) {
      if (!isOn) onError(new Error(`The bot at ${url.origin} gave no answer.`, { cause }));
      isOn = true;
    },
    end() {
      isOn = false;
    },
  };
}

function listen(server: Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause) => {
      reject(refuse(`Nothing can listen on ${host}:${port}.`, cause));
    });
    server.listen({ port, host }, () => resolve((server.address() as AddressInfo).port));
  });
}

function checkNumber(option: Readonly<Record<string, number>>): void {
  for (const [name, value] of Object.entries(option)) {
    if (!(value >= 0)) throw refuse(`\`${name}\` must be a number from 0 up, got ${value}.`);
  }
}

function parseTarget(target: string): URL {
  const url = URL.canParse(target) ? new URL(target) : undefined;
  const isOrigin =
    url !== undefined && /^https?:$/.test(url.protocol) && url.href === `${url.origin}/`;
  if (isOrigin) return url;
  // Not repeated: it may hold a password.
  throw refuse('`target` must be the origin of the bot, as http://127.0.0.1:3000, and no more.');
}

function refuse(detail: string, cause?: unknown): TurnspanError {
  return new TurnspanError('OPTION_INVALID', { detail, cause });
}
