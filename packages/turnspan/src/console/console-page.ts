import { randomBytes } from 'node:crypto';
import type { BotkitPlugin, ControllerShape } from '@turnspan/botkit';
import {
  type ConsoleHandler,
  type ConsoleServer,
  type ConsoleSource,
  createConsole,
  createConsoleServer,
} from '@turnspan/console';
import { type Clock, contain, type OnError, type Tracker, TurnspanError } from '@turnspan/core';
import type { Journal } from '@turnspan/journal';
import { defined } from '../defined';
import type { Memory } from '../memory';
import type { ConsoleOptions } from '../options';
import { createConsoleSource } from './create-source';
import { createScriptTexts } from './script-texts';

/** Where somebody finds the page. */
export interface ConsolePageAddress {
  /** Without the token. */
  readonly url: string;
  /** With the token: whoever has it is let in. */
  readonly link: string;
}

/** The page of one bot and the way it is served. */
export interface ConsolePage {
  /** Begins to serve: on a listener of its own, or on the bot's web server. */
  serve(controller: ControllerShape): void;
  /** Where the listener is; undefined if there is none. */
  address(): Promise<ConsolePageAddress | undefined>;
  close(): Promise<void>;
}

/** What {@link createConsolePage} needs of the bot. */
export interface ConsolePageParts {
  readonly memory: Pick<Memory, 'journal' | 'store'>;
  readonly bot: Pick<BotkitPlugin, 'graph'>;
  readonly tracker: Pick<Tracker, 'snapshot'>;
  readonly clock: Pick<Clock, 'now'>;
  readonly onError: OnError;
}

/** Sets the page up if somebody wants it; nothing is listened on before `serve`. */
export function setUpConsole(
  options: ConsoleOptions | false | undefined,
  parts: ConsolePageParts,
): ConsolePage | undefined {
  return options ? createConsolePage(options, parts) : undefined;
}

function createConsolePage(options: ConsoleOptions, parts: ConsolePageParts): ConsolePage {
  const { token = options.authorize ? undefined : createToken() } = options;
  let server: ConsoleServer | undefined;
  return {
    serve: contain((controller) => {
      const { memory, onError } = parts;
      const { journal } = memory;
      if (!journal) throw noJournal();
      const { authorize, path, host, port, traceUrl } = options;
      const source = createSource(controller, { ...parts, journal, traceUrl });
      const shared = { source, onError, ...defined({ token, authorize, path }) };
      if (options.onBotServer) mount(controller, createConsole(shared), path);
      else server ??= createConsoleServer({ ...shared, ...defined({ host, port }) });
    }, parts.onError),
    address: async () => {
      const url = (await server?.listening)?.url;
      return url === undefined ? undefined : { url, link: toLink(url, token) };
    },
    close: async () => {
      await server?.close();
      server = undefined;
    },
  };
}

/** A token that nobody guesses. */
export function createToken(): string {
  return randomBytes(24).toString('base64url');
}

/** An address that lets in whoever follows it. */
export function toLink(url: string, token: string | undefined): string {
  return token === undefined ? url : `${url}?token=${encodeURIComponent(token)}`;
}

interface SourceParts extends ConsolePageParts {
  readonly journal: Journal;
  readonly traceUrl: string | undefined;
}

function createSource(
  controller: ControllerShape,
  { journal, bot, tracker, clock, memory, traceUrl }: SourceParts,
): ConsoleSource {
  const waitingAt = (flow: string, node: string) =>
    tracker
      .snapshot()
      .waiting.filter((place) => place.flow === flow && place.node === node)
      .reduce((sum, { waiting }) => sum + waiting, 0);
  const textOf = createScriptTexts(controller);
  const steps = { flows: () => bot.graph().flows, textOf, waitingAt };
  const shared = memory.store?.shared;
  const facts = shared && (() => shared.facts());
  return createConsoleSource(journal, { steps, now: clock.now, facts, traceUrl });
}

type Middleware = (...args: [...Parameters<ConsoleHandler>, next?: () => void]) => void;

/** The part of Express, or of a server like it, that the page is mounted on. */
interface Mountable {
  use?(path: string, handler: Middleware): unknown;
}

function mount(controller: ControllerShape, handler: ConsoleHandler, path = '/'): void {
  const { webserver } = controller as { readonly webserver?: Mountable };
  if (!webserver?.use) throw noWebserver();
  webserver.use('/', onlyBelow(path, handler));
}

/** Leaves to the bot what is not below the path. */
function onlyBelow(path: string, handler: ConsoleHandler): Middleware {
  return (request, response, next?: () => void) => {
    const base = path.replace(/\/+$/, '');
    const { url = '/' } = request;
    const isOurs = url === base || url.startsWith(`${base}/`) || url.startsWith(`${base}?`);
    if (isOurs) handler(request, response);
    else next?.();
  };
}

function noJournal(): TurnspanError {
  const detail =
    'Expected a journal for `console`, and this bot keeps none; the page is not served. Give `journal`, or leave `console` out.';
  return new TurnspanError('OPTION_INVALID', { detail });
}

function noWebserver(): TurnspanError {
  const detail =
    'Expected `console.onBotServer` to be set only where the bot has a web server, and this one has none; the page is not served.';
  return new TurnspanError('OPTION_INVALID', { detail });
}
