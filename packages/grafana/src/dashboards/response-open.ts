import { DEFAULT_CONFIG } from '../config';
import { select, sum } from './queries';
import { latest, range } from './targets';
import { createThresholds } from './thresholds';
import { createLines } from './visuals/lines';
import { createNumber } from './visuals/numbers';

/** How many people nobody has answered yet. */
export function createUnanswered(): ReturnType<typeof createLines> {
  const unanswered = select('conversation_unanswered');
  return createLines(
    {
      key: 'unanswered',
      title: 'Who has no answer yet?',
      description: 'People whom nobody has answered yet, by channel.',
      unit: 'short',
      height: 9,
      targets: [range(sum(unanswered, 'channel'), '{{channel}}')],
    },
    { legend: ['lastNotNull'] },
  );
}

/** How long the one who waits longest has been waiting. */
export function createOldestUnanswered(): ReturnType<typeof createNumber> {
  const oldest = 'conversation_oldest_unanswered_timestamp_seconds';
  return createNumber({
    key: 'oldest-unanswered',
    title: 'Since when has the first of them been waiting?',
    description: 'Age of the oldest message without an answer; nothing when there is none.',
    unit: 's',
    height: 9,
    targets: [latest(`time() - min by (channel) (${select(oldest)})`, '{{channel}}')],
  })
    .noValue('nobody waits')
    .thresholds(createThresholds({ yellow: 300, red: DEFAULT_CONFIG.durations.unansweredAfter }));
}
