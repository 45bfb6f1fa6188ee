import type { Clock, Timestamp } from '@turnspan/core';
import type {
  AccountSeed,
  BusinessAccount,
  BusinessPhone,
  BusinessSeed,
  BusinessTemplate,
  EntityHealth,
  Seed,
} from './management-types';

/** An account with all that belongs to it. */
export interface AccountState {
  readonly account: BusinessAccount;
  readonly phones: readonly BusinessPhone[];
  readonly templates: readonly BusinessTemplate[];
}

/** What a change may name: everything but the id. */
type Change<T> = Partial<Omit<T, 'id'>>;

const HEALTHY: EntityHealth = { canSend: 'AVAILABLE' };

/**
 * The truth about the business, as Meta would know it: what the fake answers is read from here.
 * Whatever is set counts from now on, or with `at` from a time on.
 */
export class Business {
  readonly portfolioId: string;
  readonly #clock: Pick<Clock, 'now'>;
  readonly #accounts: Map<string, BusinessAccount> = new Map();
  readonly #phones: Map<string, Owned<BusinessPhone>> = new Map();
  readonly #templates: Map<string, Owned<BusinessTemplate>> = new Map();
  readonly #health: Map<string, EntityHealth> = new Map();
  #planned: { readonly time: Timestamp; readonly change: (business: Business) => void }[] = [];
  #limit: string;
  /** When the planned change that is being made was to happen. */
  #changedAt: Timestamp | undefined;

  constructor(seed: BusinessSeed, clock: Pick<Clock, 'now'>) {
    this.#clock = clock;
    this.portfolioId = seed.portfolioId ?? '506914307656634';
    this.#limit = seed.limit ?? 'TIER_2K';
    for (const account of seed.accounts ?? []) this.addAccount(account);
  }

  /** The messaging limit of the portfolio, e.g. `TIER_2K`. */
  get limit(): string {
    return this.#limit;
  }

  /** An account; undefined if there is none of this id. */
  account(id: string): AccountState | undefined {
    const account = this.#accounts.get(id);
    return account && { account, phones: of(this.#phones, id), templates: of(this.#templates, id) };
  }

  /** A number, and the id of its account. */
  phone(id: string): Owned<BusinessPhone> | undefined {
    return this.#phones.get(id);
  }

  /** A template, and the id of its account. */
  template(id: string): Owned<BusinessTemplate> | undefined {
    return this.#templates.get(id);
  }

  /** How an entity is: a number, template, account, the portfolio or the app. */
  health(id: string): EntityHealth {
    return this.#health.get(id) ?? HEALTHY;
  }

  addAccount({ phones = [], templates = [], ...seed }: AccountSeed): void {
    this.#accounts.set(seed.id, { ...USUAL_ACCOUNT, ...seed });
    for (const phone of phones) this.addPhone(seed.id, phone);
    for (const template of templates) this.addTemplate(seed.id, template);
  }

  addPhone(accountId: string, seed: Seed<BusinessPhone>): void {
    this.#phones.set(seed.id, { accountId, value: { ...USUAL_PHONE, ...seed } });
  }

  addTemplate(accountId: string, seed: Seed<BusinessTemplate>): void {
    const value = { ...USUAL_TEMPLATE, name: `template_${seed.id}`, ...seed };
    this.#templates.set(seed.id, { accountId, value });
  }

  setAccount(id: string, change: Change<BusinessAccount>): void {
    const account = this.#accounts.get(id);
    if (account) this.#accounts.set(id, { ...account, ...change });
  }

  /** Changes a number. A rating that is set without a date is dated now. */
  setPhone(id: string, change: Change<BusinessPhone>): void {
    this.#set(this.#phones, id, change);
  }

  /** Changes a template. A rating that is set without a date is dated now. */
  setTemplate(id: string, change: Change<BusinessTemplate>): void {
    this.#set(this.#templates, id, change);
  }

  /** Takes a number or a template away. */
  remove(id: string): void {
    this.#phones.delete(id);
    this.#templates.delete(id);
  }

  setLimit(limit: string): void {
    this.#limit = limit;
  }

  setHealth(id: string, health: EntityHealth): void {
    this.#health.set(id, health);
  }

  /** Plans a change for a time of the clock. */
  at(time: Timestamp, change: (business: Business) => void): void {
    this.#planned = [...this.#planned, { time, change }].sort((a, b) => a.time - b.time);
  }

  /** Makes the planned changes whose time has come; the fake does so before each answer. */
  catchUp(): void {
    const now = this.#clock.now();
    const due = this.#planned.filter(({ time }) => time <= now);
    this.#planned = this.#planned.filter(({ time }) => time > now);
    for (const { time, change } of due) {
      this.#changedAt = time;
      change(this);
    }
    this.#changedAt = undefined;
  }

  #set<T extends { readonly ratedAt?: Timestamp; readonly rating: string }>(
    values: Map<string, Owned<T>>,
    id: string,
    change: Partial<T>,
  ): void {
    const owned = values.get(id);
    if (!owned) return;
    const dated =
      change.rating === undefined ? {} : { ratedAt: this.#changedAt ?? this.#clock.now() };
    values.set(id, { ...owned, value: { ...owned.value, ...dated, ...change } });
  }
}

/** A thing and the account that it belongs to. */
export interface Owned<T> {
  readonly accountId: string;
  readonly value: T;
}

function of<T>(values: ReadonlyMap<string, Owned<T>>, id: string): readonly T[] {
  return [...values.values()].filter(({ accountId }) => accountId === id).map((each) => each.value);
}

const USUAL_ACCOUNT: Omit<BusinessAccount, 'id'> = {
  name: 'Lucky Shrub',
  status: 'ACTIVE',
  reviewStatus: 'APPROVED',
  verificationStatus: 'verified',
  country: 'US',
  currency: 'USD',
};

const USUAL_PHONE: Omit<BusinessPhone, 'id'> = {
  display: '+1 555-078-3881',
  name: 'Lucky Shrub',
  rating: 'GREEN',
  status: 'CONNECTED',
  throughput: 'STANDARD',
  nameStatus: 'APPROVED',
};

const USUAL_TEMPLATE: Omit<BusinessTemplate, 'id' | 'name'> = {
  language: 'en_US',
  status: 'APPROVED',
  category: 'MARKETING',
  rating: 'GREEN',
  rejectedReason: 'NONE',
};
