import { shared } from './queries';
import { ABILITIES, THROUGHPUTS, toCode } from './states';
import { column, latest, range } from './targets';
import { createNumber } from './visuals/numbers';
import { createStateTimeline, toMappings } from './visuals/state-timeline';
import { createTable } from './visuals/table';

/** How many people may be written to first. */
export function createLimits(): ReturnType<typeof createTable> {
  return createTable(
    {
      key: 'limits',
      title: 'How many people may we write to first?',
      description: 'People who may be written to first within 24 hours, by portfolio or number.',
      unit: 'short',
      height: 7,
      targets: [column(shared('whatsapp_messaging_limit', { by: 'scope, id' }), 'limit')],
    },
    {
      columns: [
        { from: 'scope', title: 'Of' },
        { from: 'id', title: 'Which' },
        { from: 'limit', title: 'Limit' },
      ],
      sortBy: 'Limit',
    },
  );
}

/** How much a number may send in a second. */
export function createThroughput(): ReturnType<typeof createNumber> {
  return createNumber({
    key: 'throughput',
    title: 'How much may a number send at once?',
    description: 'Level of throughput of each number.',
    unit: 'none',
    height: 7,
    targets: [
      latest(
        toCode('whatsapp_throughput_level', { label: 'level', states: THROUGHPUTS, by: 'line' }),
        '{{line}}',
      ),
    ],
  }).mappings(toMappings(Object.values(THROUGHPUTS)));
}

/** What Meta says of the ability to send. */
export function createHealth(): ReturnType<typeof createStateTimeline> {
  return createStateTimeline({
    key: 'health',
    title: 'Can we send?',
    description: 'What Meta says of the ability to send messages, for each part of the chain.',
    unit: 'none',
    height: 7,
    targets: [
      range(
        toCode('whatsapp_health', {
          label: 'can_send_message',
          states: ABILITIES,
          by: 'entity, id',
        }),
        '{{entity}} {{id}}',
      ),
    ],
  });
}

/** What an account may not do, and until when. */
export function createRestrictions(): ReturnType<typeof createTable> {
  const by = 'account, restriction';
  const until = shared('whatsapp_account_restriction_until_timestamp_seconds', { by });
  return createTable(
    {
      key: 'restrictions',
      title: 'What are we not allowed to do?',
      description: 'Restrictions that hold now, and how long they last; open-ended without an end.',
      unit: 'none',
      height: 7,
      targets: [
        column(shared('whatsapp_account_restricted', { by }), 'restricted'),
        column(`clamp_min(${until} - time(), 0)`, 'rest'),
      ],
    },
    {
      columns: [
        { from: 'account', title: 'Account' },
        { from: 'restriction', title: 'Restriction' },
        { from: 'restricted', title: '' },
        { from: 'rest', title: 'Ends in', unit: 'dtdurations' },
      ],
      sortBy: 'Ends in',
    },
  );
}
