import type { Timestamp } from '@turnspan/core';
import type { SendFailure } from './types';

/** A number of the business, as Meta knows it. Words of Meta's are open: any text is taken. */
export interface BusinessPhone {
  readonly id: string;
  /** As people write it, e.g. `+1 555-078-3881`. */
  readonly display: string;
  readonly name: string;
  /** `GREEN`, `YELLOW`, `RED`, `UNKNOWN` or `NA`. */
  readonly rating: string;
  /** When the rating was set; without it `quality_score` has no date. */
  readonly ratedAt?: Timestamp;
  readonly status: string;
  /** `STANDARD`, `HIGH` or `NOT_APPLICABLE`. */
  readonly throughput: string;
  readonly nameStatus: string;
}

/** A template of the business, as Meta knows it. */
export interface BusinessTemplate {
  readonly id: string;
  readonly name: string;
  readonly language: string;
  readonly status: string;
  readonly category: string;
  readonly rating: string;
  /** When the rating was set; without it `quality_score` has no date. */
  readonly ratedAt?: Timestamp;
  readonly rejectedReason: string;
  /** How often it was sent, in whatever period is asked about. @default 0 */
  readonly sends?: number;
  /** How often whoever got it blocked the business. @default 0 */
  readonly blocks?: number;
  /** @default 'UNKNOWN_BLOCK_REASON' */
  readonly topBlockReason?: string;
}

/** A WhatsApp Business Account. */
export interface BusinessAccount {
  readonly id: string;
  readonly name: string;
  readonly status: string;
  readonly reviewStatus: string;
  readonly verificationStatus: string;
  readonly country: string;
  readonly currency: string;
}

/** Whether messages can be sent, as far as one entity matters. */
export interface EntityHealth {
  /** `AVAILABLE`, `LIMITED` or `BLOCKED`. */
  readonly canSend: string;
  readonly errors?: readonly {
    readonly code: number;
    readonly description: string;
    readonly solution?: string;
  }[];
}

/** A thing to begin with: its id, and what of it is not as usual. */
export type Seed<T extends { readonly id: string }> = Pick<T, 'id'> & Partial<T>;

/** An account to begin with. */
export interface AccountSeed extends Seed<BusinessAccount> {
  readonly phones?: readonly Seed<BusinessPhone>[];
  readonly templates?: readonly Seed<BusinessTemplate>[];
}

/** What the business of a fake Graph API is to begin with. */
export interface BusinessSeed {
  /** @default '506914307656634' */
  readonly portfolioId?: string;
  /** The limit of the portfolio. @default 'TIER_2K' */
  readonly limit?: string;
  /** @default one account with the numbers that may send */
  readonly accounts?: readonly AccountSeed[];
}

/** How much of a rate limit the answers say is used up: percent, and minutes until calls are let in again. */
export interface UsageLevels {
  readonly callPercent: number;
  readonly cpuTimePercent: number;
  readonly totalTimePercent: number;
  readonly regainMinutes: number;
}

/** What the access token is good for. */
export interface TokenState {
  readonly appId: string;
  readonly scopes: readonly string[];
  /** Undefined for a token that does not expire. */
  readonly expiresAt: Timestamp | undefined;
}

/** What a call asked for; `other` is nothing that is known here. */
export type ManagementEndpoint =
  | 'phone_numbers'
  | 'message_templates'
  | 'subscribed_apps'
  | 'debug_token'
  | 'account'
  | 'phone'
  | 'template'
  | 'compare'
  | 'other';

/** A call of the management API, as it came. */
export interface ManagementCall {
  readonly method: string;
  readonly endpoint: ManagementEndpoint;
  /** The account, number or template in the path. */
  readonly id: string;
  readonly fields: readonly string[];
  readonly after: string | undefined;
  readonly at: Timestamp;
  /** The token stood in the address, as in `paging.next`: logs of proxies will have it. */
  readonly tokenInUrl: boolean;
}

/** A call with what became of it. */
export interface AnsweredCall extends ManagementCall {
  /** The Graph error code; undefined when the answer was no Graph error. */
  readonly code: number | undefined;
}

/** How a call of the management API goes wrong. */
export type ReadFailure =
  | Exclude<SendFailure, { kind: 'error' } | { kind: 'lost_answer' }>
  /** Graph refuses with a code. Status and wording come from Meta's table unless given. */
  | {
      readonly kind: 'error';
      readonly code: number;
      readonly httpStatus?: number;
      readonly details?: string;
      readonly subcode?: number;
      readonly isTransient?: boolean;
    }
  /** No answer ever comes. */
  | { readonly kind: 'silence' };

/** How often, and for which calls, a failure happens. */
export interface ReadFailureScope {
  /** @default 1 */
  readonly times?: number;
  /** Only calls for which this is true count and fail. @default every call */
  readonly when?: (call: ManagementCall) => boolean;
}
