import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { type GraphError, toErrorBody, toGraphError } from './graph-errors';
import type { Answer, MessagesEndpoint } from './messages-endpoint';
import type { GraphApiOptions, JsonObject } from './types';
import { SAMPLE_LINE } from './webhook';

const ROUTE = /^\/(?:v\d+\.\d+\/)?([^/?]+)\/messages\/?(?:\?.*)?$/;

/** What a request looks like to the rules below. */
interface GraphCall {
  readonly method: string;
  readonly path: string;
  readonly authorization: string | undefined;
  readonly raw: string;
}

/** Turns HTTP into calls of the endpoint and its answers back into HTTP. */
export class HttpFace {
  readonly #options: GraphApiOptions;
  readonly #endpoint: MessagesEndpoint;
  #requests = 0;

  constructor(options: GraphApiOptions, endpoint: MessagesEndpoint) {
    this.#options = options;
    this.#endpoint = endpoint;
  }

  /** Serves one request. */
  async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = 'GET', url: path = '/', headers } = request;
    const { authorization } = headers;
    const raw = await text(request);
    write(response, await this.#answer({ method, path, authorization, raw }), this.#headers());
  }

  async #answer({ method, path, authorization, raw }: GraphCall): Promise<Answer> {
    const { accessToken = 'test-access-token', phoneNumberIds } = this.#options;
    const phoneNumberId = ROUTE.exec(path)?.[1];
    if (phoneNumberId === undefined) return refusal(unknownPath(path));
    if (authorization !== `Bearer ${accessToken}`) return refusal(badToken());
    if (method !== 'POST' || !phoneNumberIds.includes(phoneNumberId)) {
      return refusal(unsupported(method, phoneNumberId));
    }
    return this.#endpoint.receive(phoneNumberId, parseJson(raw));
  }

  #headers(): Record<string, string> {
    const { businessAccountId = SAMPLE_LINE.businessAccountId } = this.#options;
    const usage = { call_count: 1, total_cputime: 1, total_time: 1 };
    this.#requests += 1;
    return {
      'content-type': 'application/json; charset=UTF-8',
      'x-business-use-case-usage': JSON.stringify({
        [businessAccountId]: [{ type: 'whatsapp', ...usage, estimated_time_to_regain_access: 0 }],
      }),
      'x-app-usage': JSON.stringify(usage),
      'x-fb-trace-id': toTraceId(this.#requests),
    };
  }
}

function write(response: ServerResponse, answer: Answer, headers: Record<string, string>): void {
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

function refusal(error: GraphError): Answer {
  return { kind: 'refusal', error };
}

function unknownPath(path: string): GraphError {
  return { code: 2500, httpStatus: 400, message: `Unknown path components: ${path}` };
}

function badToken(): GraphError {
  return {
    ...toGraphError(190),
    message: 'Invalid OAuth access token - Cannot parse access token',
  };
}

function unsupported(method: string, id: string): GraphError {
  return {
    code: 100,
    httpStatus: 400,
    subcode: 33,
    type: 'GraphMethodException',
    message: `Unsupported ${method.toLowerCase()} request. Object with ID '${id}' does not exist, cannot be loaded due to missing permissions, or does not support this operation.`,
  };
}

function toTraceId(serial: number): string {
  return `A${createHash('sha1').update(String(serial)).digest('base64url').slice(0, 22)}`;
}
