import { createHmac } from 'node:crypto';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ChannelSignal } from '@turnspan/core';
import type { StartTimer } from '@turnspan/whatsapp';
import { MemoryStorage } from 'botbuilder-core';
import { Botkit, type BotWorker } from 'botkit';
import { WhatsAppAdapter, type WhatsAppAdapterOptions } from '../src';

export const SECRET = 'an app secret';
export const TOKEN = 'an-access-token';
export const LINE = '106540352242922';
export const PATH = '/api/messages';

/** A Graph API that accepts everything, unless it is told how to answer. */
export interface GraphServer {
  readonly url: string;
  readonly calls: { readonly path: string; readonly token: string; readonly body: Json }[];
  /** Gives the answer to a message; undefined accepts it. */
  respond: (body: Json) => { status: number; body: unknown } | undefined;
  close(): Promise<void>;
}

// biome-ignore lint/suspicious/noExplicitAny: bodies are asserted on, member by member.
export type Json = any;

export async function startGraph(): Promise<GraphServer> {
  const calls: GraphServer['calls'] = [];
  const server = createServer(async (req, res) => {
    const body = JSON.parse((await readAll(req)).toString() || '{}');
    calls.push({ path: req.url ?? '', token: req.headers.authorization ?? '', body });
    const id = `wamid.out${calls.length}`;
    const accepted = { status: 200, body: { messaging_product: 'whatsapp', messages: [{ id }] } };
    const answer = graph.respond(body) ?? accepted;
    res.writeHead(answer.status, { 'Content-Type': 'application/json' });
    res.end(JSON.stringify(answer.body));
  });
  const port = await listen(server);
  const graph: GraphServer = {
    url: `http://127.0.0.1:${port}`,
    calls,
    respond: () => undefined,
    close: () => close(server),
  };
  return graph;
}

/** A real Botkit bot on its own web server, and a Graph API for it to call. */
export interface Bot {
  readonly controller: Botkit;
  readonly adapter: WhatsAppAdapter;
  readonly graph: GraphServer;
  readonly url: string;
  readonly signals: ChannelSignal[];
  readonly errors: unknown[];
  close(): Promise<void>;
}

export async function startBot(
  options: Partial<WhatsAppAdapterOptions> = {},
  config: Record<string, unknown> = {},
  prepare: (controller: Botkit) => void = () => {},
): Promise<Bot> {
  const graph = await startGraph();
  const errors: unknown[] = [];
  const adapter = new WhatsAppAdapter({
    appSecret: SECRET,
    verifyToken: 'agreed',
    accessToken: TOKEN,
    phoneNumberId: LINE,
    baseUrl: graph.url,
    onError: (error) => errors.push(error),
    ...options,
  });
  const signals: ChannelSignal[] = [];
  adapter.subscribe((signal) => signals.push(signal));
  process.env.PORT = '0';
  const controller = new Botkit({
    adapter,
    webhook_uri: PATH,
    disable_console: true,
    storage: new MemoryStorage(),
    ...config,
  });
  prepare(controller);
  await new Promise<void>((resolve) => controller.ready(() => resolve()));
  // A web server of the bot's own is not started by Botkit.
  const server: Server = controller.http ?? createServer(controller.webserver);
  if (!server.listening) await listen(server);
  const { port } = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}${PATH}`;
  return {
    controller,
    adapter,
    graph,
    url,
    signals,
    errors,
    async close() {
      await close(server);
      await graph.close();
    },
  };
}

export function sign(body: string | Buffer, secret: string = SECRET): string {
  return `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;
}

export async function post(url: string, body: unknown): Promise<number> {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'X-Hub-Signature-256': sign(text) },
    body: text,
  });
  await response.text();
  return response.status;
}

let count = 0;

/** A message as Meta sends it; `from` is a user of this test. */
export function message(content: Record<string, unknown>, from = '16505551234'): Json {
  count += 1;
  return { from, id: `wamid.in${count}`, timestamp: '1749416383', ...content };
}

export function text(body: string, from?: string): Json {
  return message({ type: 'text', text: { body } }, from);
}

export function envelope(value: Record<string, unknown>): Json {
  const metadata = { display_phone_number: '15550783881', phone_number_id: LINE };
  const full = { messaging_product: 'whatsapp', metadata, ...value };
  const change = { field: 'messages', value: full };
  return { object: 'whatsapp_business_account', entry: [{ id: '1', changes: [change] }] };
}

export function webhook(...messages: readonly Json[]): Json {
  return envelope({ messages });
}

/** The texts that were sent, in their order. */
export function sentTexts({ calls }: GraphServer): string[] {
  return calls.filter(({ body }) => body.type === 'text').map(({ body }) => body.text.body);
}

/** A timer that runs when the test says so. */
export function createManualTimer(): { start: StartTimer; fire(delayMs: number): number } {
  const waiting = new Set<{ run: () => void; delayMs: number }>();
  return {
    start(run, delayMs) {
      const timer = { run, delayMs };
      waiting.add(timer);
      return () => waiting.delete(timer);
    },
    fire(delayMs) {
      const due = [...waiting].filter((timer) => timer.delayMs === delayMs);
      for (const timer of due) {
        waiting.delete(timer);
        timer.run();
      }
      return due.length;
    },
  };
}

/** A promise to be settled from outside. */
export function createGate(): { opened: Promise<void>; open: () => void } {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}

export type { BotWorker };

async function readAll(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks);
}

function listen(server: Server): Promise<number> {
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.closeAllConnections();
    server.close(() => resolve());
  });
}
