import { type Clock, systemClock } from '@turnspan/core';
import type { GraphError } from './graph-errors';
import {
  badCursor,
  checkMethod,
  expiredToken,
  type ManagementAnswer,
  noSuchObject,
  refusal,
  select,
  success,
  toAnswer,
  unknownField,
  unknownPath,
  wrongToken,
} from './management-answer';
import { Business } from './management-business';
import { compareTemplates } from './management-compare';
import { ReadFailures } from './management-failures';
import { DEFAULT_FIELDS, fieldsOf, type GraphNode } from './management-fields';
import { toPage } from './management-page';
import { type ManagementRequest, type Target, toCall, toTarget } from './management-request';
import type {
  AnsweredCall,
  BusinessSeed,
  ManagementCall,
  ManagementEndpoint,
  ReadFailure,
  ReadFailureScope,
  TokenState,
} from './management-types';
import { Usage } from './management-usage';
import type { Answer } from './messages-endpoint';
import type { GraphApiOptions, JsonObject } from './types';
import { SAMPLE_LINE } from './webhook';

/** An answer, and the account whose limits it counts against. */
export interface ManagementResult {
  readonly answer: ManagementAnswer;
  readonly accountId: string | undefined;
}

/** The reading half of Meta's Management API, behind the HTTP. All else is refused, and recorded. */
export class Management {
  readonly business: Business;
  readonly usage: Usage = new Usage();
  readonly #calls: AnsweredCall[] = [];
  readonly #failures: ReadFailures = new ReadFailures();
  readonly #accessToken: string;
  readonly #clock: Pick<Clock, 'now'>;
  #unknownFields: ReadonlySet<string> = new Set();
  #token: TokenState = { appId: '670843887433847', scopes: SCOPES, expiresAt: undefined };

  constructor({ accessToken = 'test-access-token', clock, ...options }: GraphApiOptions) {
    this.#accessToken = accessToken;
    this.#clock = clock ?? systemClock;
    this.business = new Business(options.business ?? toSeed(options), this.#clock);
  }

  /** Every call, with what became of it; messages are not among them. */
  get calls(): readonly AnsweredCall[] {
    return this.#calls;
  }

  /** The calls that wanted to change something. */
  get writes(): readonly AnsweredCall[] {
    return this.#calls.filter(({ method }) => method !== 'GET');
  }

  /** How many calls there were, of one endpoint or of all. */
  count(endpoint?: ManagementEndpoint): number {
    return this.#calls.filter((call) => !endpoint || call.endpoint === endpoint).length;
  }

  /** Lets reads fail; the returned function ends it early. */
  failNext(failure: ReadFailure, scope?: ReadFailureScope): () => void {
    return this.#failures.plan(failure, scope);
  }

  /**
   * Makes fields unknown, as in older versions: whoever asks for one gets nothing at all. A name
   * counts for all kinds of nodes, `phone.health_status` for numbers only.
   */
  setUnknownFields(fields: readonly string[]): void {
    this.#unknownFields = new Set(fields);
  }

  /** Changes what the token is good for; an expired one is let in nowhere. */
  setToken(token: Partial<TokenState>): void {
    this.#token = { ...this.#token, ...token };
  }

  /** Answers one request. */
  receive(request: ManagementRequest): ManagementResult {
    this.business.catchUp();
    const target = toTarget(request.url, this.business);
    const call = toCall(request, target, this.#clock.now());
    const answer = this.#answer(request, call, target);
    const code = answer.kind === 'refusal' ? answer.error.code : undefined;
    this.#calls.push({ ...call, code });
    return { answer, accountId: target.accountId };
  }

  #answer(
    { url, authorization }: ManagementRequest,
    call: ManagementCall,
    target: Target,
  ): ManagementAnswer {
    const failure = this.#failures.take(call);
    if (failure) return toAnswer(failure);
    const token = url.searchParams.get('access_token') ?? authorization?.replace(/^Bearer /, '');
    const error = this.#checkToken(token) ?? checkMethod(call);
    return error ? refusal(error) : this.#read(url, target);
  }

  #checkToken(token: string | undefined): GraphError | undefined {
    if (token !== this.#accessToken) return wrongToken();
    return this.#isExpired() ? expiredToken() : undefined;
  }

  #isExpired(): boolean {
    const { expiresAt } = this.#token;
    return expiresAt !== undefined && expiresAt <= this.#clock.now();
  }

  #read(url: URL, target: Target): Answer {
    switch (target.kind) {
      case 'node':
        return this.#readNode(url, target.node);
      case 'edge':
        return this.#readList(url, target);
      case 'subscribed_apps':
        return success({ data: [{ whatsapp_business_api_data: this.#app() }] });
      case 'debug_token':
        return success({ data: this.#debugToken(url.searchParams.get('input_token')) });
      case 'compare':
        return compareTemplates(url, target.id, {
          business: this.business,
          now: this.#clock.now(),
        });
      case 'missing':
        return refusal(noSuchObject(target.id, 'GET'));
      case 'other':
        return refusal(unknownPath(url.pathname));
    }
  }

  #readNode(url: URL, node: GraphNode): Answer {
    const fields = url.searchParams.get('fields')?.split(',') ?? DEFAULT_FIELDS[node.kind];
    const unknown = this.#findUnknown(node.kind, fields, node);
    return unknown ? refusal(unknown) : success(select(this.#all(node), fields));
  }

  #readList(url: URL, { type, nodes }: Extract<Target, { kind: 'edge' }>): Answer {
    const fields = url.searchParams.get('fields')?.split(',') ?? DEFAULT_FIELDS[type];
    const unknown = this.#findUnknown(type, fields, nodes[0]);
    if (unknown) return refusal(unknown);
    const rows = nodes.map((node) => select(this.#all(node), fields));
    const page = toPage(rows, { url, accessToken: this.#accessToken });
    return page ? success(page) : refusal(badCursor());
  }

  #all(node: GraphNode): JsonObject {
    return fieldsOf(node, this.business, this.#token.appId);
  }

  /** One unknown field is enough to get nothing. */
  #findUnknown(
    kind: GraphNode['kind'],
    fields: readonly string[],
    node: GraphNode | undefined,
  ): GraphError | undefined {
    const known = node && this.#all(node);
    const field = fields.find(
      (name) =>
        this.#unknownFields.has(name) ||
        this.#unknownFields.has(`${kind}.${name}`) ||
        (known !== undefined && !(name in known)),
    );
    return field === undefined ? undefined : unknownField(field, kind);
  }

  #app(): JsonObject {
    return { id: this.#token.appId, name: 'Turnspan', link: 'https://www.facebook.com/games/' };
  }

  #debugToken(inputToken: string | null): JsonObject {
    const { appId, scopes, expiresAt } = this.#token;
    if (inputToken !== this.#accessToken) {
      const error = { code: 190, message: 'Invalid OAuth access token.' };
      return { is_valid: false, scopes: [], error };
    }
    return {
      app_id: appId,
      type: 'SYSTEM_USER',
      application: 'Turnspan',
      data_access_expires_at: 0,
      expires_at: expiresAt === undefined ? 0 : Math.floor(expiresAt / 1000),
      is_valid: !this.#isExpired(),
      scopes,
    };
  }
}

const SCOPES = ['whatsapp_business_management', 'whatsapp_business_messaging'];

function toSeed(options: Omit<GraphApiOptions, 'clock'>): BusinessSeed {
  const { businessAccountId = SAMPLE_LINE.businessAccountId, phoneNumberIds } = options;
  return { accounts: [{ id: businessAccountId, phones: phoneNumberIds.map((id) => ({ id })) }] };
}
