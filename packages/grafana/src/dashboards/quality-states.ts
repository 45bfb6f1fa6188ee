import { RECORDED } from '../recorded';
import { CHANGES } from './moves';
import { select, selectRecorded, shared, sum } from './queries';
import {
  ABILITIES,
  PHONE_STATUSES,
  RATINGS,
  RESTRICTIONS,
  TEMPLATE_STATUSES,
  toCode,
} from './states';
import { latest, range } from './targets';
import { createNumber, createRanking } from './visuals/numbers';
import { createStateTimeline, toMappings } from './visuals/state-timeline';

/** The state of all that WhatsApp rates, over time. */
export function createQualityTimeline(): ReturnType<typeof createStateTimeline> {
  return createStateTimeline({
    key: 'quality-timeline',
    title: 'What does WhatsApp think of us?',
    description:
      'Rating and status of each number, the worst status among the templates, restrictions of accounts, and whether messages can be sent. A gap means that nothing was known.',
    unit: 'none',
    height: 7,
    targets: [
      range(
        toCode('whatsapp_phone_quality_rating', { label: 'rating', states: RATINGS, by: 'line' }),
        'Rating {{line}}',
      ),
      range(
        toCode('whatsapp_phone_status', { label: 'status', states: PHONE_STATUSES, by: 'line' }),
        'Status {{line}}',
      ),
      range(
        toCode('whatsapp_template_status', {
          label: 'status',
          states: TEMPLATE_STATUSES,
          by: 'job',
        }),
        'Worst template',
      ),
      range(toRestrictionCode(), 'Accounts'),
      range(
        toCode('whatsapp_health', {
          label: 'can_send_message',
          states: ABILITIES,
          by: 'entity',
        }),
        'Sending: {{entity}}',
      ),
    ],
  });
}

/** The rating of each number now. */
export function createRatingNow(): ReturnType<typeof createNumber> {
  return createNumber({
    key: 'rating-now',
    title: 'Rating now',
    description: 'How WhatsApp rates each number, or that it does not say.',
    unit: 'none',
    height: 4,
    targets: [
      latest(
        toCode('whatsapp_phone_quality_rating', { label: 'rating', states: RATINGS, by: 'line' }),
        '{{line}}',
      ),
    ],
  }).mappings(toMappings(Object.values(RATINGS)));
}

/** What speaks against a rating that is still green. */
export function createSigns(): ReturnType<typeof createRanking> {
  return createRanking({
    key: 'quality-signs',
    title: 'Is quality at risk?',
    description:
      'Early signs that hold now, for each number. Two at a time are an alert even while the rating is green. Needs the recording rules.',
    unit: 'none',
    height: 5,
    targets: [
      latest(`${sum(selectRecorded(RECORDED.qualitySign), 'line, sign')} > 0`, '{{sign}} {{line}}'),
    ],
  });
}

/** How the numbers of the day before WhatsApp's last change differ from the week before that day. */
export function createMoves(): ReturnType<typeof createRanking> {
  return createRanking({
    key: 'moved-before-change',
    title: 'What moved before the last change?',
    description:
      'The day before WhatsApp last changed anything, against the week before that day: by how much each number was higher or lower then.',
    unit: 'percentunit',
    height: 13,
    targets: [latest(`sort_desc(${CHANGES})`, '{{number}}')],
  });
}

function toRestrictionCode(): string {
  const { none, some } = RESTRICTIONS;
  const restricted = `${some?.code} + 0 * max(${select('whatsapp_account_restricted')})`;
  const known = shared('whatsapp_state_observed_timestamp_seconds', { where: 'kind="account"' });
  return `${restricted} or ${none?.code} + 0 * ${known}`;
}
