import { compact, isJsonObject, toArray, toObject, toText } from './json';

/** How much of a rate limit is used up, as the Graph API tells with each answer. */
export interface GraphUsage {
  /** The account that the limit belongs to; absent for the limit of the app. */
  readonly accountId?: string;
  /** Which limit, e.g. `whatsapp` or `whatsapp_business_management`. */
  readonly type?: string;
  /** The share of calls, of CPU time and of total time used up, in percent. */
  readonly callPercent: number;
  readonly cpuTimePercent: number;
  readonly totalTimePercent: number;
  /** In how many minutes calls are allowed again; 0 while they are. */
  readonly regainMinutes: number;
}

/** Reads the usage headers of an answer; what cannot be read is left out. */
export function parseUsage(headers: Pick<Headers, 'get'>): readonly GraphUsage[] {
  const app = parseHeader(headers.get('x-app-usage'));
  const accounts = toObject(parseHeader(headers.get('x-business-use-case-usage')));
  const ofAccounts = Object.entries(accounts).flatMap(([accountId, usages]) =>
    toArray(usages).map((usage) => toUsage(usage, accountId)),
  );
  return isJsonObject(app) ? [toUsage(app, undefined), ...ofAccounts] : ofAccounts;
}

function toUsage(input: unknown, accountId: string | undefined): GraphUsage {
  const usage = toObject(input);
  return compact<GraphUsage>({
    accountId,
    type: toText(usage.type),
    callPercent: toNumber(usage.call_count),
    cpuTimePercent: toNumber(usage.total_cputime),
    totalTimePercent: toNumber(usage.total_time),
    regainMinutes: toNumber(usage.estimated_time_to_regain_access),
  });
}

function parseHeader(header: string | null): unknown {
  try {
    return JSON.parse(header ?? '');
  } catch {
    return undefined;
  }
}

function toNumber(value: unknown): number {
  return typeof value === 'number' && Number.isFinite(value) ? value : 0;
}
