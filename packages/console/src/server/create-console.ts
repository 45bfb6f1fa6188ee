import type { IncomingMessage, ServerResponse } from 'node:http';
import { contain } from '@turnspan/core';
import { type Address, readAddress } from './address';
import { answerData, refuse } from './answer-data';
import { type Assets, readAssets } from './assets';
import { type Admission, createGuard, type Guard } from './guard';
import { type ConsoleOptions, type ReadConsoleOptions, readOptions } from './options';
import { type LoginProblem, writeConsolePage, writeLoginPage } from './pages';
import { readForm } from './read-form';
import { type Exchange, redirect, send } from './send';

/** Answers a request; as `node:http` and Express call it. */
export type ConsoleHandler = (request: IncomingMessage, response: ServerResponse) => void;

/**
 * Serves the page to those who may see it, below the path that it is mounted at.
 *
 * @example
 * controller.webserver.use('/console', createConsole({ source, token }));
 */
export function createConsole(options: ConsoleOptions): ConsoleHandler {
  const read = readOptions(options);
  const parts = { options: read, assets: readAssets(read.assets), guard: createGuard(read) };
  return contain(async (request: IncomingMessage, response: ServerResponse) => {
    const exchange = { request, response };
    await route(parts, exchange).catch((error) => {
      fail(exchange);
      read.onError(error);
    });
  }, read.onError);
}

interface Parts {
  readonly options: ReadConsoleOptions;
  readonly assets: Assets;
  readonly guard: Guard;
}

async function route(parts: Parts, exchange: Exchange): Promise<void> {
  const address = readAddress(exchange.request, parts.options.path);
  if (!address) {
    refuse(exchange, 404, 'There is nothing here.');
  } else if (address.rest === undefined) {
    redirect(exchange, withQuery(address.base, address.parameters));
  } else if (address.rest === 'login' || address.rest === 'logout') {
    await changeSession(parts, exchange, address);
  } else if (isRead(exchange.request)) {
    await admit(parts, exchange, { ...address, rest: address.rest });
  } else {
    refuseMethod(exchange, 'GET, HEAD');
  }
}

function isRead({ method }: IncomingMessage): boolean {
  return method === 'GET' || method === 'HEAD';
}

/** An address that is below the path. */
interface Place extends Address {
  readonly rest: string;
}

async function admit(parts: Parts, exchange: Exchange, place: Place): Promise<void> {
  const token = place.rest === '' ? place.parameters.get('token') : null;
  if (isForLogin(place.rest, parts.assets)) {
    sendAsset(parts, exchange, place.rest);
  } else if (token !== null) {
    exchangeToken(parts, exchange, { ...place, token });
  } else {
    const admission = await parts.guard.admit(exchange.request);
    if (admission.kind === 'admitted') await show(parts, exchange, place);
    else turnAway(parts, exchange, { ...place, admission });
  }
}

function isForLogin(rest: string, { loginStyle, loginScript }: Assets): boolean {
  return rest === `assets/${loginStyle}` || rest === `assets/${loginScript}`;
}

async function show(
  parts: Parts,
  exchange: Exchange,
  { base, rest, parameters }: Place,
): Promise<void> {
  if (rest === '') {
    const body = writeConsolePage(base, parts.assets);
    send(exchange, { status: 200, type: 'text/html', body });
  } else if (rest.startsWith('data/')) {
    const name = rest.slice('data/'.length);
    await answerData(exchange, { name, parameters }, parts.options);
  } else {
    sendAsset(parts, exchange, rest);
  }
}

function sendAsset({ assets }: Parts, exchange: Exchange, rest: string): void {
  const accepted = String(exchange.request.headers['accept-encoding']);
  const name = /^assets\/(.+)$/.exec(rest)?.[1] ?? '';
  const reply = assets.find(name, accepted);
  if (reply) send(exchange, reply);
  else refuse(exchange, 404, 'There is nothing here.');
}

/** A link with the token lets in once; the browser goes on with a cookie and an address without it. */
function exchangeToken(
  parts: Parts,
  exchange: Exchange,
  { token, ...place }: Place & { readonly token: string },
): void {
  const admission = parts.guard.tryToken(exchange.request, token);
  if (admission.kind === 'admitted') {
    place.parameters.delete('token');
    const cookie = parts.guard.toCookie(exchange.request, place.base);
    redirect(exchange, withQuery(place.base, place.parameters), cookie);
  } else {
    turnAway(parts, exchange, { ...place, admission });
  }
}

async function changeSession(parts: Parts, exchange: Exchange, address: Address): Promise<void> {
  const { method, headers } = exchange.request;
  if (method !== 'POST') {
    refuseMethod(exchange, 'POST');
  } else if (headers['sec-fetch-site'] === 'cross-site') {
    refuse(exchange, 403, 'This form belongs to another site.');
  } else if (address.rest === 'logout') {
    redirect(exchange, address.base, parts.guard.toExpiredCookie(address.base));
  } else {
    await logIn(parts, exchange, address);
  }
}

async function logIn(parts: Parts, exchange: Exchange, address: Address): Promise<void> {
  const form = await readForm(exchange.request);
  if (form)
    exchangeToken(parts, exchange, { ...address, rest: '', token: form.get('token') ?? '' });
  else refuse(exchange, 413, 'Expected a short form with a token.');
}

/** Why somebody may not see it. */
type Refusal = Exclude<Admission, { readonly kind: 'admitted' }>;

const PROBLEMS = {
  stranger: 'none',
  wrong: 'wrong',
  too_often: 'too_often',
} as const satisfies Record<Refusal['kind'], LoginProblem>;

/** Asks people for the token, and tells programs that they need one. */
function turnAway(
  { assets }: Parts,
  exchange: Exchange,
  { base, rest, admission }: Place & { readonly admission: Refusal },
): void {
  const isLimited = admission.kind === 'too_often';
  const status = isLimited ? 429 : 401;
  if (isLimited) exchange.response.setHeader('retry-after', Math.ceil(admission.waitMs / 1000));
  else exchange.response.setHeader('www-authenticate', 'Bearer realm="console"');
  if (rest === '') {
    const acceptLanguage = exchange.request.headers['accept-language'];
    const problem = PROBLEMS[admission.kind];
    const body = writeLoginPage({ assets, base, problem, acceptLanguage });
    send(exchange, { status, type: 'text/html', body });
  } else {
    refuse(exchange, status, SENTENCES[admission.kind]);
  }
}

const SENTENCES = {
  stranger: 'Log in, or send the token as `Authorization: Bearer`.',
  wrong: 'That is not the token.',
  too_often: 'Too many wrong tokens. Try again later.',
} as const;

function refuseMethod(exchange: Exchange, allow: string): void {
  exchange.response.setHeader('allow', allow);
  refuse(exchange, 405, `Only ${allow} is answered here.`);
}

function withQuery(base: string, parameters: URLSearchParams): string {
  return parameters.size > 0 ? `${base}?${parameters}` : base;
}

function fail(exchange: Exchange): void {
  if (exchange.response.headersSent) exchange.response.destroy();
  else refuse(exchange, 500, 'Something went wrong. The log of the bot says what.');
}
