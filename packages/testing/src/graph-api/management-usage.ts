import type { UsageLevels } from './management-types';
import type { JsonObject } from './types';

const LITTLE: UsageLevels = {
  callPercent: 1,
  cpuTimePercent: 1,
  totalTimePercent: 1,
  regainMinutes: 0,
};

/** What the answers say of the rate limits. */
export class Usage {
  readonly #accounts: Map<string, UsageLevels> = new Map();
  #app: UsageLevels = LITTLE;

  /** Sets what answers about an account say. */
  setAccount(accountId: string, levels: Partial<UsageLevels>): void {
    this.#accounts.set(accountId, { ...LITTLE, ...levels });
  }

  /** Sets what all answers say of the app. */
  setApp(levels: Partial<UsageLevels>): void {
    this.#app = { ...LITTLE, ...levels };
  }

  /** The headers of an answer that counts against these limits of an account. */
  headers(accountId: string, types: readonly string[]): Record<string, string> {
    const levels = this.#accounts.get(accountId) ?? LITTLE;
    const usages = types.map((type) => ({
      type,
      ...percents(levels),
      estimated_time_to_regain_access: levels.regainMinutes,
    }));
    return {
      'x-business-use-case-usage': JSON.stringify({ [accountId]: usages }),
      'x-app-usage': JSON.stringify(percents(this.#app)),
    };
  }
}

function percents({ callPercent, cpuTimePercent, totalTimePercent }: UsageLevels): JsonObject {
  return { call_count: callPercent, total_cputime: cpuTimePercent, total_time: totalTimePercent };
}
