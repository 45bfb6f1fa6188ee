import type { PreferenceChangeRow, ResponseRow } from '../tables';
import { toHour } from '../whole-ms';
import { toBound } from './duration-bounds';
import type { DeliveryHourRow, MessageHourRow, ResponseHourRow } from './hour-rows';

/** A response, as far as it is added up. */
export type CountedResponse = Omit<ResponseRow, 'turn_id' | 'felt_seconds'>;

/** A change of mind about messages, as far as it is added up. */
export type CountedPreference = Omit<PreferenceChangeRow, 'user_key'>;

/** Why a message failed whose reader had told the channel that they do not want such messages. */
const NEGATIVE_FEEDBACK = 'negative_feedback';

/** The channel's word for a person who wants no more messages. */
const STOP = 'stop';

/** Counts how long the bot or a person took to respond. */
export function toResponseHours(responses: readonly CountedResponse[]): readonly ResponseHourRow[] {
  return responses.map(({ at, channel, line, flow, responder, first, seconds }) => ({
    ...{ hour: toHour(at), channel, line, flow: flow ?? '', responder, first },
    ...{ seconds: toBound(seconds), count: 1, seconds_sum: seconds },
  }));
}

/** Counts what became of messages, those that failed for what people think of them, and opt-outs. */
export function toMessageHours(
  deliveries: readonly DeliveryHourRow[],
  preferences: readonly CountedPreference[],
): readonly MessageHourRow[] {
  const refused = deliveries.filter((row) => row.class === NEGATIVE_FEEDBACK);
  const stops = preferences.filter(({ value }) => value === STOP);
  return [
    ...deliveries.map((row) => toMessageHour(row, row.status)),
    ...refused.map((row) => toMessageHour(row, NEGATIVE_FEEDBACK)),
    ...stops.map(({ at, channel, line, flow, node }) => {
      const place = { channel, line, flow: flow ?? '', node: node ?? '' };
      return toMessageHour({ hour: toHour(at), ...place, count: 1 }, 'opted_out');
    }),
  ];
}

function toMessageHour(
  { hour, channel, line, flow, node, count }: Omit<MessageHourRow, 'template' | 'event'>,
  event: MessageHourRow['event'],
): MessageHourRow {
  return { hour, channel, line, template: '', flow, node, event, count };
}
