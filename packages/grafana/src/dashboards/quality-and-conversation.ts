import { DASHBOARD_UIDS } from '../dashboard-uids';
import { RECORDED } from '../recorded';
import { createDashboard, type Dashboard, type Section } from './dashboard';
import { createMoves, createQualityTimeline, createRatingNow, createSigns } from './quality-states';
import { mean, quantile, ratio, selectRecorded, shared, step, sum, total } from './queries';
import { column, latest, range, rangeWithTraces } from './targets';
import { createBars, createLines } from './visuals/lines';
import { createRanking } from './visuals/numbers';
import { createTable } from './visuals/table';

/** Below an hour there are too few journeys in a point. */
const HOURLY = { interval: '1h' };

/** The first screen: what WhatsApp thinks, and how conversations go, on one axis of time. */
export function createQualityAndConversation(): Dashboard {
  return createDashboard({
    uid: DASHBOARD_UIDS.quality,
    file: 'quality-and-conversation',
    title: 'Turnspan / Quality and conversation',
    description:
      'The state of WhatsApp quality above how conversations go, on one axis of time, with what happened to either marked.',
    from: 'now-7d',
    sections: [createFirstScreen(), createChanges()],
  });
}

function createFirstScreen(): Section {
  return {
    stacks: [
      {
        width: 18,
        panels: [
          createQualityTimeline(),
          createEndings(),
          createResponses(),
          createRefusals(),
          createReading(),
        ],
      },
      { width: 6, panels: [createRatingNow(), createSigns(), createMoves()] },
    ],
  };
}

function createEndings(): ReturnType<typeof createLines> {
  const ended = 'conversation_journeys_ended_total';
  return createLines(
    {
      key: 'endings',
      title: 'How many give up, how many finish?',
      description:
        'Share of ended journeys that were dropped or completed, per hour at least. Who still may answer is in neither.',
      unit: 'percentunit',
      height: 4,
      targets: [
        range(ratio(step(ended, { where: 'outcome="dropped"' }), step(ended)), 'Dropped'),
        range(ratio(step(ended, { where: 'outcome="completed"' }), step(ended)), 'Completed'),
      ],
    },
    { ...HOURLY, max: 1, colors: { Dropped: 'red', Completed: 'green' } },
  );
}

function createResponses(): ReturnType<typeof createLines> {
  return createLines(
    {
      key: 'responses',
      title: 'How fast do we answer?',
      description:
        'Average of first and of all responses, and what nine of ten responses do not exceed, from the receipt of a message to the first answer to it. Messages without an answer are in no average.',
      unit: 's',
      height: 4,
      targets: [
        range(mean('conversation_first_response_seconds'), 'First response'),
        range(mean('conversation_response_seconds'), 'Response'),
        rangeWithTraces(quantile(0.9, 'conversation_response_seconds'), 'Nine of ten'),
      ],
    },
    { ...HOURLY, traces: true },
  );
}

function createRefusals(): ReturnType<typeof createBars> {
  return createBars(
    {
      key: 'refusals',
      title: 'Who opts out, and what fails?',
      description:
        'People who opted out within an hour, and WhatsApp messages that failed, by class of reason. Needs the recording rules.',
      unit: 'short',
      height: 4,
      targets: [
        range(`${sum(selectRecorded(RECORDED.optOuts.stepPart))} > 0`, 'Opted out'),
        range(`${sum(selectRecorded(RECORDED.failureCount), 'class')} > 0`, '{{class}}'),
      ],
    },
    { ...HOURLY, colors: { negative_feedback: 'red', 'Opted out': 'purple' } },
  );
}

function createReading(): ReturnType<typeof createLines> {
  const messages = 'whatsapp_messages_total';
  const delivered = step(messages, { where: 'status="delivered"' });
  return createLines(
    {
      key: 'reading',
      title: 'Are messages read?',
      description:
        'Messages read per message delivered. People can switch read receipts off, so a fall says more than the level.',
      unit: 'percentunit',
      height: 3,
      targets: [range(ratio(step(messages, { where: 'status="read"' }), delivered), 'Read')],
    },
    HOURLY,
  );
}

function createChanges(): Section {
  return {
    title: 'What happened, and when?',
    stacks: [
      { width: 8, panels: [createStateChanges()] },
      { width: 8, panels: [createFlowChanges()] },
      { width: 8, panels: [createEvents()] },
    ],
  };
}

function createStateChanges(): ReturnType<typeof createTable> {
  return createTable(
    {
      key: 'state-changes',
      title: 'When did WhatsApp last change what?',
      description: 'Last change of each number, template, account and portfolio.',
      unit: 'none',
      height: 8,
      targets: [
        column(
          `${shared('whatsapp_state_changed_timestamp_seconds', { by: 'kind, id' })} * 1000`,
          'changed',
        ),
      ],
    },
    {
      columns: [
        { from: 'kind', title: 'Kind', width: 90 },
        { from: 'id', title: 'Which' },
        { from: 'changed', title: 'Changed', unit: 'dateTimeFromNow' },
      ],
      sortBy: 'Changed',
    },
  );
}

function createFlowChanges(): ReturnType<typeof createTable> {
  const by = 'flow, version';
  const running = shared('conversation_flow_info', { by });
  const changed = `${shared('conversation_flow_changed_timestamp_seconds', { by })} * 1000`;
  return createTable(
    {
      key: 'flow-changes',
      title: 'Which version of which flow runs?',
      description: 'Flows that run now, and since when, if they changed while they were watched.',
      unit: 'none',
      height: 8,
      targets: [column(running, 'running'), column(changed, 'changed')],
    },
    {
      columns: [
        { from: 'flow', title: 'Flow' },
        { from: 'version', title: 'Version' },
        { from: 'changed', title: 'Changed', unit: 'dateTimeFromNow' },
        { from: 'running', title: '' },
      ],
      sortBy: 'Changed',
    },
  );
}

function createEvents(): ReturnType<typeof createRanking> {
  return createRanking({
    key: 'quality-events',
    title: 'What did WhatsApp tell us?',
    description: 'Events about the business itself in the time range, by kind.',
    unit: 'short',
    height: 8,
    targets: [
      latest(
        `sort_desc(round(${total('whatsapp_quality_events_total', { by: 'kind, event' })}) > 0)`,
        '{{kind}}: {{event}}',
      ),
    ],
  });
}
