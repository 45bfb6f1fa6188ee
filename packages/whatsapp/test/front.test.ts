import { createServer, type Server } from 'node:http';
import { createRequire } from 'node:module';
import { BotAdapter } from 'botbuilder-core';
import { Botkit } from 'botkit';
import fastify from 'fastify';
import {
  createFastifyFront,
  createGateway,
  createWebhookFront,
  createWebhookHandler,
  type FrontWebserver,
  mountFront,
  type WebhookFront,
  type WebhookFrontOptions,
} from '../src';
import {
  createLog,
  createPlainBot,
  EMOJI,
  type Express,
  type ExpressRequest,
  type ExpressResponse,
  post,
  record,
  respond,
  STREAM,
  sendAll,
  urlOf,
} from './front-harness';
import { createMeasured } from './front-metrics';
import { SECRET } from './harness';

const ofBotkit = createRequire(require.resolve('botkit'));
const closers: (() => unknown)[] = [];
afterEach(async () => {
  await Promise.all(closers.splice(0).map((close) => close()));
});

function listen(server: Server): Promise<string> {
  closers.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return urlOf(server.listening ? server : server.listen(0, '127.0.0.1'));
}

/** A bot that records what it sees, with a front or without, and gives the URL of both. */
type Start = (seen: object[], options?: WebhookFrontOptions) => Promise<string>;

const toFront = (options: WebhookFrontOptions | undefined): WebhookFront | undefined =>
  options && createWebhookFront(options);

function expressBot(
  express: Express,
  seen: object[],
  front: WebhookFront | undefined,
): Promise<string> {
  const app = express();
  app.use((request: ExpressRequest, _response: unknown, next: () => void) => {
    request.isMarked = true;
    next();
  });
  const verify = (request: ExpressRequest, _response: unknown, bytes: Buffer) => {
    request.bytes = bytes;
    seen.push(record(request, bytes));
  };
  app.use(express.json({ limit: '5mb', verify }));
  if (front) mountFront(app, '/hook', front);
  app.all('/hook', (request, response) => {
    seen.push({
      ...record(request, request.body),
      isMarked: request.isMarked,
      route: request.route?.path,
    });
    const { status, body } = respond(request, request.bytes?.length ?? 0);
    response.status(status).send(body);
  });
  return listen(createServer(app));
}

class RecordingAdapter extends BotAdapter {
  readonly seen: object[];
  constructor(seen: object[]) {
    super();
    this.seen = seen;
  }
  async processActivity(request: ExpressRequest, response: ExpressResponse): Promise<void> {
    this.seen.push(record(request, request.body));
    // Not by its raw body: that one is mended, see below.
    const { status, body } = respond(request, JSON.stringify(request.body).length);
    response.status(status).send(body);
  }
  sendActivities = async () => [];
  updateActivity = async () => undefined;
  deleteActivity = async () => undefined;
  continueConversation = async () => undefined;
}

async function startBotkit(
  adapter: BotAdapter,
): Promise<{ webserver: FrontWebserver; http: Server }> {
  process.env.PORT = '0';
  const controller = new Botkit({
    adapter,
    webhook_uri: '/hook',
    jsonLimit: '5mb',
    disable_console: true,
  } as object);
  await listen(controller.http);
  return controller;
}

const BOTS: Record<string, Start> = {
  async 'a hand-written server'(seen, options) {
    const bot = createPlainBot(seen);
    const front = toFront(options);
    return listen(
      createServer((request, response) =>
        front
          ? void front(request, response, () => bot(request, response))
          : bot(request, response),
      ),
    );
  },
  'Express 4': (seen, options) => expressBot(ofBotkit('express'), seen, toFront(options)),
  'Express 5': (seen, options) => expressBot(require('express'), seen, toFront(options)),
  async "Botkit's own web server"(seen, options) {
    const controller = await startBotkit(new RecordingAdapter(seen));
    const front = toFront(options);
    if (front) mountFront(controller.webserver, '/hook', front);
    return urlOf(controller.http);
  },
  async Fastify(seen, options) {
    const app = fastify({ bodyLimit: 5_000_000 });
    const front = toFront(options);
    if (front) await app.register(createFastifyFront(front), { path: '/hook' });
    app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, bytes, done) => {
      seen.push(record(request.raw, bytes));
      done(null, bytes);
    });
    app.all('/hook', (request, reply) => {
      const length = (request.body as Buffer | undefined)?.length ?? 0;
      seen.push(record(request.raw, request.body));
      const { status, body } = respond(request.raw, length);
      return reply.status(status).send(body);
    });
    closers.push(() => app.close());
    return app.listen({ port: 0, host: '127.0.0.1' });
  },
  async 'a gateway'(seen, options) {
    const target = await listen(createServer(createPlainBot(seen)));
    if (!options) return target;
    const gateway = createGateway({ ...options, target, port: 0 });
    closers.push(() => gateway.close());
    return `http://127.0.0.1:${await gateway.listen()}`;
  },
};

/** What a handler tells that has the callback URL for itself. */
async function signalsAlone(): Promise<string[]> {
  const { lines, options } = createLog();
  const handler = createWebhookHandler({ ...options, verifyToken: 'agreed' });
  await sendAll(await listen(createServer((request, response) => void handler(request, response))));
  return lines;
}

/** What is measured of the stream by a handler that has the callback URL for itself. */
async function metricsAlone(): Promise<string> {
  const { options, text } = createMeasured();
  const handler = createWebhookHandler({ ...options, verifyToken: 'agreed' });
  await sendAll(await listen(createServer((request, response) => void handler(request, response))));
  return text();
}

describe('beside a handler that has the URL for itself', () => {
  let signals: string[];
  let metrics: string;
  beforeAll(async () => {
    signals = await signalsAlone();
    metrics = await metricsAlone();
  }, 30_000);

  describe.each(Object.entries(BOTS))('before %s', (_name, start) => {
    it('hears every webhook and changes nothing for the bot nor for Meta', async () => {
      const { lines, options } = createLog();
      const alone: object[] = [];
      const behind: object[] = [];

      const expected = await sendAll(await start(alone));
      const answers = await sendAll(await start(behind, options));

      expect(answers).toEqual(expected);
      expect(behind).toEqual(alone);
      expect(alone.length).toBeGreaterThan(9);
      expect(lines).toEqual(signals);
    }, 30_000);

    it('leads to the same metrics', async () => {
      const behind = createMeasured();

      await sendAll(await start([], behind.options));

      expect(await behind.text()).toBe(metrics);
    }, 30_000);
  });

  it('tells what the stream says', () => {
    expect(signals.filter((line) => line.startsWith('message wamid.')).length).toBeGreaterThan(900);
    expect(signals.filter((line) => line.endsWith('bad_signature'))).toHaveLength(2);
    expect(signals).toContain('change message_template_quality_update');
    expect(signals).toContain('signal messages duplicate');
    expect(signals).toContain('signal __other__ unknown');
  });

  it('counts what the stream says', () => {
    expect(metrics).toMatch(
      /^whatsapp_webhook_events_total\{field="messages",result="applied"\} \d{3}/m,
    );
    expect(metrics).toMatch(/^whatsapp_template_quality_rating\{.*rating="red"\} 1$/m);
    expect(metrics).toMatch(/^whatsapp_message_failures_total\{.*code="131049"\} \d/m);
  });
});

it('answers by itself without a next', async () => {
  const [one, other] = [createLog(), createLog()];
  const front = createWebhookFront(one.options);
  const handler = createWebhookHandler({ ...other.options, verifyToken: 'agreed' });

  const answers = await sendAll(await listen(createServer((req, res) => void front(req, res))));
  const expected = await sendAll(await listen(createServer((req, res) => void handler(req, res))));

  expect(answers).toEqual(expected);
  expect(one.lines).toEqual(other.lines);
});

it('refuses every set-up when no word was agreed', async () => {
  const front = createWebhookFront({ appSecret: SECRET });
  const url = await listen(createServer((req, res) => void front(req, res)));

  const [answer] = await sendAll(url, STREAM.slice(0, 1));

  expect(answer).toMatchObject({ status: 403 });
});

it("mends Botkit's raw body, which loses characters torn between packets", async () => {
  const bodies: string[] = [];
  class Adapter extends RecordingAdapter {
    override async processActivity(
      request: ExpressRequest,
      response: ExpressResponse,
    ): Promise<void> {
      bodies.push(request.rawBody ?? '');
      response.end();
    }
  }
  const controller = await startBotkit(new Adapter([]));
  const emoji = [post('emoji', EMOJI, { size: 4099 })];

  await sendAll(await urlOf(controller.http), emoji);
  mountFront(controller.webserver, '/hook', createWebhookFront({ appSecret: SECRET }));
  await sendAll(await urlOf(controller.http), emoji);

  expect(bodies.map((body) => body === EMOJI)).toEqual([false, true]);
});
