import type { Section } from './dashboard';
import { shared, step, totalQuantile } from './queries';
import { column, range } from './targets';
import { createBars } from './visuals/lines';
import { createTable } from './visuals/table';

/** The rest is neither good nor bad. */
const OUTCOME_COLORS = {
  completed: 'green',
  dropped: 'red',
  failed: 'dark-red',
  undelivered: 'orange',
  handed_off: 'blue',
};

/** How whole journeys begin and end. */
export function createJourneysSection(): Section {
  return {
    title: 'How do journeys go?',
    stacks: [
      { width: 8, panels: [createStarts()] },
      { width: 8, panels: [createEnds()] },
      { width: 8, panels: [createLengths(), createDeadlines()] },
    ],
  };
}

function createStarts(): ReturnType<typeof createBars> {
  return createBars(
    {
      key: 'journeys-started',
      title: 'How do journeys begin?',
      description: 'Journeys begun, by what led into the flow.',
      unit: 'short',
      height: 10,
      targets: [
        range(`${step('conversation_journeys_started_total', { by: 'entry' })} > 0`, '{{entry}}'),
      ],
    },
    { interval: '15m', legend: ['sum'] },
  );
}

function createEnds(): ReturnType<typeof createBars> {
  return createBars(
    {
      key: 'journeys-ended',
      title: 'How do journeys end?',
      description: 'Journeys ended, each once, by outcome.',
      unit: 'short',
      height: 10,
      targets: [
        range(`${step('conversation_journeys_ended_total', { by: 'outcome' })} > 0`, '{{outcome}}'),
      ],
    },
    { interval: '15m', legend: ['sum'], colors: OUTCOME_COLORS },
  );
}

function createLengths(): ReturnType<typeof createTable> {
  const by = 'outcome';
  return createTable(
    {
      key: 'journey-lengths',
      title: 'How long do journeys take?',
      description: 'Duration and inbound messages of half of the journeys, and of nine in ten.',
      unit: 'short',
      height: 5,
      targets: [
        column(totalQuantile(0.5, 'conversation_journey_seconds', { by }), 'seconds'),
        column(totalQuantile(0.9, 'conversation_journey_seconds', { by }), 'long'),
        column(totalQuantile(0.5, 'conversation_journey_turns', { by }), 'turns'),
      ],
    },
    {
      columns: [
        { from: 'outcome', title: 'Outcome' },
        { from: 'seconds', title: 'Median', unit: 's' },
        { from: 'long', title: 'Nine of ten', unit: 's' },
        { from: 'turns', title: 'Messages' },
      ],
      sortBy: 'Median',
    },
  );
}

function createDeadlines(): ReturnType<typeof createTable> {
  return createTable(
    {
      key: 'deadlines',
      title: 'After how long is silence a drop?',
      description: 'Silence after which a visit counts as dropped, by flow.',
      unit: 's',
      height: 5,
      targets: [column(shared('conversation_drop_after_seconds', { by: 'flow' }), 'after')],
    },
    {
      columns: [
        { from: 'flow', title: 'Flow' },
        { from: 'after', title: 'Silence' },
      ],
      sortBy: 'Silence',
    },
  );
}
