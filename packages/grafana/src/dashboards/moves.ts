import type { MetricName } from '@turnspan/prometheus';
import { mark, ratio, type Selection, select } from './queries';

/** Window that ends at the last change of quality. */
const DAY = '[1d] @ $last_change';
/** The week before that day. */
const WEEK = '[7d] @ $last_change offset 1d';

type Window = typeof DAY | typeof WEEK;

/** By how much each number of the day before the last change differs from the week before that day. */
export const CHANGES: string = [
  toChange('Drop-off', (window) =>
    ratio(
      grown('conversation_journeys_ended_total', window, { where: 'outcome="dropped"' }),
      grown('conversation_journeys_ended_total', window),
    ),
  ),
  toChange('Completion', (window) =>
    ratio(
      grown('conversation_journeys_ended_total', window, { where: 'outcome="completed"' }),
      grown('conversation_journeys_ended_total', window),
    ),
  ),
  toChange('First response', (window) => toMean('conversation_first_response_seconds', window)),
  toChange('Response', (window) => toMean('conversation_response_seconds', window)),
  toChange('Confusion', (window) =>
    ratio(
      grown('conversation_node_confusions_total', window),
      grown('conversation_node_entries_total', window),
    ),
  ),
  toChange('Opt-outs', (window) =>
    ratio(
      grown('whatsapp_opt_outs_total', window),
      grown('whatsapp_messages_total', window, { where: 'status="delivered"' }),
    ),
  ),
  toChange('Failures', (window) =>
    ratio(
      grown('whatsapp_message_failures_total', window),
      grown('whatsapp_messages_total', window, { where: 'status=~"sent|failed"' }),
    ),
  ),
  toChange('Read', (window) =>
    ratio(
      grown('whatsapp_messages_total', window, { where: 'status="read"' }),
      grown('whatsapp_messages_total', window, { where: 'status="delivered"' }),
    ),
  ),
  toChange(
    'Messages sent a day',
    (window) =>
      `${grown('whatsapp_messages_total', window, { where: 'status="sent"' })} / ${
        window === DAY ? 1 : 7
      }`,
  ),
].join(' or ');

/** Absent where the past has nothing to compare with. */
function toChange(number: string, query: (window: Window) => string): string {
  return mark(`((${query(DAY)}) / ((${query(WEEK)}) > 0) - 1)`, 'number', number);
}

function toMean(metric: MetricName, window: Window): string {
  const sums = grown(metric, window, { part: '_sum' });
  return ratio(sums, grown(metric, window, { part: '_count' }));
}

function grown(metric: MetricName, window: Window, selection: Selection = {}): string {
  return `sum(increase(${select(metric, selection)}${window}))`;
}
