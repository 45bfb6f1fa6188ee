import type { Timestamp } from '@turnspan/core';
import { toGraphError } from './graph-errors';
import { noSuchObject, refusal, success } from './management-answer';
import type { Business } from './management-business';
import type { BusinessTemplate } from './management-types';
import type { Answer } from './messages-endpoint';
import type { JsonObject } from './types';

const DAY_SECONDS = 86_400;
/** The periods that Meta looks back, and no others. */
const PERIODS = [7, 30, 60, 90].map((days) => days * DAY_SECONDS);
/** How far the end may be from now. */
const TOLERANCE_SECONDS = 300;
const FEWEST_SENDS = 1000;

/** What templates are compared by. */
export interface ComparisonSetting {
  readonly business: Business;
  readonly now: Timestamp;
}

/**
 * Compares two templates as Meta does: block rates as an order, the lowest first, and sends and
 * reasons beside it. Of templates that were sent too seldom it tells nothing; what Meta answers
 * then is not documented.
 */
export function compareTemplates(url: URL, id: string, setting: ComparisonSetting): Answer {
  const { business, now } = setting;
  const complaint = complainOfPeriod(url, now);
  if (complaint) return refusal({ ...toGraphError(100), message: `(#100) ${complaint}` });
  const [other = '', ...rest] = readIds(url.searchParams.get('template_ids'));
  const [one, two] = [business.template(id), business.template(other)];
  if (rest.length > 0 || !one || one.accountId !== two?.accountId) {
    return refusal(noSuchObject(other, 'GET'));
  }
  const pair = [one.value, two.value];
  const isEnough = pair.every(({ sends = 0 }) => sends >= FEWEST_SENDS);
  return success({ data: isEnough ? toMetrics(pair) : [] });
}

function complainOfPeriod({ searchParams }: URL, now: Timestamp): string | undefined {
  const [start, end] = ['start', 'end'].map((name) => Number(searchParams.get(name)));
  if (start === undefined || end === undefined) return 'Param start must be a UNIX timestamp';
  if (!PERIODS.includes(end - start)) return 'Param start must be 7, 30, 60 or 90 days before end';
  const isNow = Math.abs(end - now / 1000) <= TOLERANCE_SECONDS;
  return isNow ? undefined : 'Param end must be the current time';
}

/** Ids in brackets, as `[1533406637136032]`; as numbers they would lose digits. */
function readIds(text: string | null): readonly string[] {
  return text?.match(/\d+/g) ?? [];
}

function toMetrics(pair: readonly BusinessTemplate[]): JsonObject[] {
  const rateOf = ({ blocks = 0, sends = 0 }: BusinessTemplate) => blocks / sends;
  const byRate = [...pair].sort((one, other) => rateOf(one) - rateOf(other));
  const order = byRate.map(({ id }) => id);
  const sends = pair.map(({ id, sends: value = 0 }) => ({ key: id, value }));
  const reasons = pair.map(({ id, topBlockReason: value = 'UNKNOWN_BLOCK_REASON' }) => ({
    key: id,
    value,
  }));
  return [
    { metric: 'BLOCK_RATE', type: 'RELATIVE', order_by_relative_metric: order },
    { metric: 'MESSAGE_SENDS', type: 'NUMBER_VALUES', number_values: sends },
    { metric: 'TOP_BLOCK_REASON', type: 'STRING_VALUES', string_values: reasons },
  ];
}
