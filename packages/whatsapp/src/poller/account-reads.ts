import type { Clock, QualityFact } from '@turnspan/core';
import { GraphError } from '../graph-error';
import { type JsonObject, toText } from '../json';
import {
  DOUBTFUL_PHONE_FIELDS,
  DOUBTFUL_TEMPLATE_FIELDS,
  type Observation,
  PHONE_FIELDS,
  TEMPLATE_FIELDS,
  toAccountFacts,
  toLimitFacts,
  toPhoneFacts,
  toTemplateFacts,
} from './facts';
import type { GraphReader } from './graph-reader';
import { toHealthFacts } from './health-facts';
import type { PollEndpoint, PollSubject } from './types';

const LIMIT = 'whatsapp_business_manager_messaging_limit';

/** What the reads of an account need. */
export interface AccountReadsSetup {
  readonly accountId: string;
  readonly clock: Clock;
  /** Takes facts as soon as they are read. */
  readonly emit: (facts: readonly QualityFact[]) => void;
  /** Hears how a number is displayed, and which id it has. */
  readonly learn: (displayPhoneNumber: unknown, phoneNumberId: unknown) => void;
}

/** The reads of one account. Each goes as far as it gets, and fails with what stopped it. */
export class AccountReads {
  readonly #accountId: string;
  readonly #clock: Clock;
  readonly #emit: (facts: readonly QualityFact[]) => void;
  readonly #learn: AccountReadsSetup['learn'];
  #phoneIds: readonly string[] | undefined;

  constructor({ accountId, clock, emit, learn }: AccountReadsSetup) {
    this.#accountId = accountId;
    this.#clock = clock;
    this.#emit = emit;
    this.#learn = learn;
  }

  /** Reads one subject. */
  read(subject: PollSubject, reader: GraphReader): Promise<unknown> {
    switch (subject) {
      case 'phones':
        return this.#readPhones(reader);
      case 'templates':
        return this.#readTemplates(reader);
      case 'account':
        return this.#readAccount(reader);
      case 'limit':
        return this.#readLimit(reader);
      case 'health':
        return this.#readHealth(reader);
    }
  }

  async #readPhones(reader: GraphReader): Promise<readonly string[]> {
    const ids: string[] = [];
    const pages = reader.pages({
      path: `${this.#path}/phone_numbers`,
      endpoint: 'phone_numbers',
      node: 'phone',
      fields: PHONE_FIELDS,
      doubtful: DOUBTFUL_PHONE_FIELDS,
    });
    for await (const rows of pages) {
      for (const row of rows) this.#learn(row.display_phone_number, row.id);
      ids.push(...rows.flatMap(({ id }) => toText(id) ?? []));
      this.#emitRows(rows, toPhoneFacts);
    }
    this.#phoneIds = ids;
    return ids;
  }

  async #readTemplates(reader: GraphReader): Promise<void> {
    const pages = reader.pages({
      path: `${this.#path}/message_templates`,
      endpoint: 'message_templates',
      node: 'template',
      fields: TEMPLATE_FIELDS,
      doubtful: DOUBTFUL_TEMPLATE_FIELDS,
    });
    for await (const rows of pages) this.#emitRows(rows, toTemplateFacts);
  }

  async #readAccount(reader: GraphReader): Promise<void> {
    const row = await reader.read({
      path: this.#path,
      endpoint: 'account',
      node: 'account',
      fields: ['id', 'name'],
      doubtful: ['status', 'account_review_status'],
    });
    this.#emitRows([row], toAccountFacts);
  }

  /** One call tells the limit of all numbers; the numbers are asked where the account says nothing. */
  async #readLimit(reader: GraphReader): Promise<void> {
    if (reader.knows('account', LIMIT)) {
      const row = await reader.read({
        path: this.#path,
        endpoint: 'messaging_limit',
        node: 'account',
        fields: ['id'],
        doubtful: [LIMIT],
      });
      this.#emitRows([row], toPortfolioLimit);
      if (LIMIT in row) return;
    }
    await this.#readEachPhone(reader, { ...LIMIT_OF_PHONE, toFacts: toPhoneLimit });
  }

  #readHealth(reader: GraphReader): Promise<void> {
    return this.#readEachPhone(reader, { ...HEALTH_OF_PHONE, toFacts: toHealthFacts });
  }

  async #readEachPhone(
    reader: GraphReader,
    { field, endpoint, toFacts }: PhoneRead,
  ): Promise<void> {
    const failures: unknown[] = [];
    for (const id of this.#phoneIds ?? (await this.#readPhones(reader))) {
      if (!reader.knows('phone', field)) break;
      const path = encodeURIComponent(id);
      try {
        const request = {
          path,
          endpoint,
          node: 'phone',
          fields: ['id'],
          doubtful: [field],
        } as const;
        this.#emitRows([await reader.read(request)], toFacts);
      } catch (error) {
        if (!isOfOneNumber(error)) throw error;
        failures.push(error);
      }
    }
    if (failures.length > 0) throw failures[0];
  }

  get #path(): string {
    return encodeURIComponent(this.#accountId);
  }

  #emitRows(rows: readonly JsonObject[], toFacts: ToFacts): void {
    const observation = { accountId: this.#accountId, at: this.#clock.now() };
    this.#emit(rows.flatMap((row) => toFacts(row, observation)));
  }
}

type ToFacts = (row: JsonObject, observation: Observation) => readonly QualityFact[];

interface PhoneRead {
  readonly field: string;
  readonly endpoint: PollEndpoint;
  readonly toFacts: ToFacts;
}

const LIMIT_OF_PHONE = { field: LIMIT, endpoint: 'messaging_limit' } as const;
const HEALTH_OF_PHONE = { field: 'health_status', endpoint: 'health_status' } as const;

const toPortfolioLimit: ToFacts = (row, observation) => toLimitFacts(row, 'portfolio', observation);
const toPhoneLimit: ToFacts = (row, observation) => toLimitFacts(row, 'phone', observation);

/** A number that is gone says nothing about the next one. */
function isOfOneNumber(error: unknown): boolean {
  return error instanceof GraphError && error.graphCode === 100;
}
