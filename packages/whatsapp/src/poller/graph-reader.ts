import { attempt, type FailureClass, type OnError, TurnspanError } from '@turnspan/core';
import type { GraphClient } from '../graph-client';
import { GraphError } from '../graph-error';
import { isJsonObject, type JsonObject, toArray, toObject, toText } from '../json';
import { type CallGate, CallHeld } from './call-gate';
import type { PollEndpoint, PollResult } from './types';
import type { UnsupportedFields } from './unsupported-fields';

/** How many things are asked for at once: a few calls are cheaper than many. */
const PAGE_SIZE = '100';
/** Far more than the 6,000 templates that an account may have. */
const MAX_PAGES = 100;
const UNKNOWN_FIELD = 100;
const NO_SUCH_OBJECT = 33;

/** What is to be read. */
export interface ReadRequest {
  /** Below the version, e.g. `123/phone_numbers`. */
  readonly path: string;
  readonly endpoint: PollEndpoint;
  /** The kind of thing whose fields are asked for. */
  readonly node: 'account' | 'phone' | 'template';
  readonly fields: readonly string[];
  /** Fields that not every version knows: they are left out as soon as one is refused. */
  readonly doubtful?: readonly string[];
}

/** What all readers share. */
export interface ReaderSetup {
  readonly graph: Pick<GraphClient, 'request'>;
  readonly gate: CallGate;
  readonly unsupported: UnsupportedFields;
  readonly onRequest: ((endpoint: PollEndpoint, result: PollResult) => void) | undefined;
  readonly onError: OnError;
}

/** Whose account is read, and whether that is still wanted. */
export interface ReaderScope {
  readonly accountId: string;
  readonly isWanted: () => boolean;
}

/** Reads nodes and lists of the Graph API, whatever fields it knows. */
export class GraphReader {
  readonly #setup: ReaderSetup;
  readonly #scope: ReaderScope;

  constructor(setup: ReaderSetup, scope: ReaderScope) {
    this.#setup = setup;
    this.#scope = scope;
  }

  /** Answers whether a field is worth asking for: true until it was refused. */
  knows(node: ReadRequest['node'], field: string): boolean {
    return this.#setup.unsupported.leaveOut(node, [field]).length > 0;
  }

  /** Reads one node. */
  read(request: ReadRequest): Promise<JsonObject> {
    return this.#ask(request, {});
  }

  /**
   * Reads a list page by page. The address of the next page is never followed and never kept,
   * because it carries the access token; the cursor says the same.
   */
  async *pages(request: ReadRequest): AsyncGenerator<readonly JsonObject[]> {
    let after: string | undefined;
    for (let page = 0; page < MAX_PAGES; page += 1) {
      const query = { limit: PAGE_SIZE, ...(after === undefined ? {} : { after }) };
      const { data, paging } = await this.#ask(request, query);
      yield toArray(data).filter(isJsonObject);
      const { next, cursors } = toObject(paging);
      const cursor = toText(toObject(cursors).after);
      if (next === undefined || cursor === undefined) return;
      if (cursor === after) break;
      after = cursor;
    }
    throw toEndless(request);
  }

  async #ask(request: ReadRequest, query: Readonly<Record<string, string>>): Promise<JsonObject> {
    const { node, fields, doubtful = [] } = request;
    const wanted = this.#setup.unsupported.leaveOut(node, doubtful);
    try {
      return await this.#call(request, { ...query, fields: [...fields, ...wanted].join(',') });
    } catch (error) {
      if (wanted.length === 0 || !isAboutField(error)) throw error;
      return this.#askWithout(await this.#findRefused(request, wanted), request, query);
    }
  }

  /** The same code stands for other mistakes: only when the call succeeds without them was it the fields. */
  async #askWithout(
    refused: readonly string[],
    request: ReadRequest,
    query: Readonly<Record<string, string>>,
  ): Promise<JsonObject> {
    const { node, fields, doubtful = [] } = request;
    const { unsupported } = this.#setup;
    const left = unsupported.leaveOut(node, doubtful).filter((field) => !refused.includes(field));
    const answer = await this.#call(request, { ...query, fields: [...fields, ...left].join(',') });
    unsupported.add(node, refused);
    return answer;
  }

  /** Field by field, because one unknown field makes the whole call fail, and texts are not to be read. */
  async #findRefused(request: ReadRequest, wanted: readonly string[]): Promise<readonly string[]> {
    if (wanted.length === 1) return wanted;
    const refused: string[] = [];
    for (const field of wanted) {
      try {
        await this.#call(request, { fields: `id,${field}`, limit: '1' });
      } catch (error) {
        if (!isAboutField(error)) throw error;
        refused.push(field);
      }
    }
    return refused;
  }

  async #call(request: ReadRequest, query: Record<string, string>): Promise<JsonObject> {
    const { accountId, isWanted } = this.#scope;
    if (!isWanted() || this.#setup.gate.waitMs(accountId) > 0) throw new CallHeld();
    const answer = await this.#request(request, query);
    if (!isWanted()) throw new CallHeld();
    return toObject(answer);
  }

  async #request(request: ReadRequest, query: Record<string, string>): Promise<unknown> {
    try {
      const answer = await this.#setup.graph.request('GET', request.path, { query });
      this.#note(request, 'ok');
      return answer;
    } catch (error) {
      this.#note(request, toResult(error));
      throw error;
    }
  }

  #note({ endpoint }: ReadRequest, result: PollResult): void {
    const { onRequest, onError } = this.#setup;
    attempt(() => onRequest?.(endpoint, result), onError);
  }
}

function isAboutField(error: unknown): boolean {
  return (
    error instanceof GraphError &&
    error.graphCode === UNKNOWN_FIELD &&
    error.subcode !== NO_SUCH_OBJECT
  );
}

function toResult(error: unknown): FailureClass | 'unreachable' {
  return error instanceof GraphError ? error.failureClass : 'unreachable';
}

function toEndless({ path }: ReadRequest): TurnspanError {
  const detail = `GET ${path} gave no end after ${MAX_PAGES} pages, or the same cursor twice; the rest is not read.`;
  return new TurnspanError('GRAPH_REQUEST_FAILED', { detail });
}
