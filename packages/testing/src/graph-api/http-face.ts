import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { toErrorBody } from './graph-errors';
import type { Management } from './management';
import { type ManagementAnswer, noSuchObject, refusal, wrongToken } from './management-answer';
import type { Answer, MessagesEndpoint } from './messages-endpoint';
import type { GraphApiOptions, JsonObject } from './types';
import { SAMPLE_LINE } from './webhook';

const ROUTE = /^\/(?:v\d+\.\d+\/)?([^/?]+)\/messages\/?(?:\?.*)?$/;

/** The limits that a call of the Management API counts against. */
const USAGE_TYPES = ['whatsapp_business_management', 'whatsapp'];

/** What a request about messages looks like to the rules below. */
interface GraphCall {
  readonly method: string;
  readonly phoneNumberId: string;
  readonly authorization: string | undefined;
  readonly raw: string;
}

/** Turns HTTP into calls of the endpoint and its answers back into HTTP. */
export class HttpFace {
  readonly #options: GraphApiOptions;
  readonly #endpoint: MessagesEndpoint;
  readonly #management: Management;
  #requests = 0;

  constructor(options: GraphApiOptions, endpoint: MessagesEndpoint, management: Management) {
    this.#options = options;
    this.#endpoint = endpoint;
    this.#management = management;
  }

  /** Serves one request. */
  async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = 'GET', url: path = '/', headers } = request;
    const { authorization, host = 'graph.facebook.com' } = headers;
    const raw = await text(request);
    const phoneNumberId = ROUTE.exec(path)?.[1];
    if (phoneNumberId !== undefined) {
      const answer = await this.#answer({ method, phoneNumberId, authorization, raw });
      write(response, answer, this.#headers(this.#accountId(), ['whatsapp']));
      return;
    }
    const url = new URL(path, `http://${host}`);
    const { answer, accountId } = this.#management.receive({ method, url, authorization });
    write(response, answer, this.#headers(accountId ?? this.#accountId(), USAGE_TYPES));
  }

  async #answer({ method, phoneNumberId, authorization, raw }: GraphCall): Promise<Answer> {
    const { accessToken = 'test-access-token', phoneNumberIds } = this.#options;
    if (authorization !== `Bearer ${accessToken}`) return refusal(wrongToken());
    if (method !== 'POST' || !phoneNumberIds.includes(phoneNumberId)) {
      return refusal(noSuchObject(phoneNumberId, method));
    }
    return this.#endpoint.receive(phoneNumberId, parseJson(raw));
  }

  #accountId(): string {
    return this.#options.businessAccountId ?? SAMPLE_LINE.businessAccountId;
  }

  #headers(accountId: string, types: readonly string[]): Record<string, string> {
    this.#requests += 1;
    return {
      'content-type': 'application/json; charset=UTF-8',
      ...this.#management.usage.headers(accountId, types),
      'x-fb-trace-id': toTraceId(this.#requests),
    };
  }
}

function write(
  response: ServerResponse,
  answer: ManagementAnswer,
  headers: Record<string, string>,
): void {
  const send = (httpStatus: number, body: JsonObject) =>
    response.writeHead(httpStatus, headers).end(JSON.stringify(body));
  switch (answer.kind) {
    case 'success':
      send(200, answer.body);
      return;
    case 'refusal':
      send(answer.error.httpStatus, toErrorBody(answer.error, headers['x-fb-trace-id'] ?? ''));
      return;
    case 'page':
      response.writeHead(answer.httpStatus, { 'content-type': 'text/html' });
      response.end('<html><body>Sorry, something went wrong.</body></html>');
      return;
    case 'reset':
      response.socket?.resetAndDestroy();
      return;
    case 'silence':
      return;
  }
}

function parseJson(raw: string): unknown {
  try {
    return JSON.parse(raw);
  } catch {
    // Graph treats a body that it cannot read as one without parameters.
    return undefined;
  }
}

function toTraceId(serial: number): string {
  return `A${createHash('sha1').update(String(serial)).digest('base64url').slice(0, 22)}`;
}
