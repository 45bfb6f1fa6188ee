import { DASHBOARD_UIDS } from '../dashboard-uids';
import { createDashboard, type Dashboard } from './dashboard';
import { mean, quantile, select } from './queries';
import { createOldestUnanswered, createUnanswered } from './response-open';
import { createPeaks, createProcessing, createSlowestNodes } from './response-parts';
import { buckets, range, rangeWithTraces } from './targets';
import { createHeatMap } from './visuals/heat-map';
import { createLines } from './visuals/lines';

const FIRST = 'conversation_first_response_seconds';
const RESPONSE = 'conversation_response_seconds';
const FELT = 'conversation_felt_response_seconds';
const DELAY = 'conversation_inbound_delay_seconds';
const LEGEND = { interval: '5m', legend: ['mean', 'max'], traces: true };

/** How fast people are answered, by the bot and by people, and what of it is whose. */
export function createResponseTime(): Dashboard {
  return createDashboard({
    uid: DASHBOARD_UIDS.responseTime,
    file: 'response-time',
    title: 'Turnspan / Response time',
    description:
      'How fast people are answered, how much of it the bot takes and how much the channel, who waits, and whether a peak is more than that of every week.',
    from: 'now-24h',
    sections: [
      {
        stacks: [
          { width: 18, panels: [createResponse(), createFirst()] },
          { width: 6, panels: [createUnanswered(), createOldestUnanswered()] },
        ],
      },
      {
        title: 'Is it a peak, or just that weekday?',
        stacks: [{ width: 24, panels: [createPeaks()] }],
      },
      {
        title: 'Whose time is it?',
        stacks: [
          { width: 12, panels: [createFelt(), createProcessing()] },
          { width: 12, panels: [createSpread(), createSlowestNodes()] },
        ],
      },
    ],
  });
}

function createResponse(): ReturnType<typeof createLines> {
  const by = 'responder';
  return createLines(
    {
      key: 'response',
      title: 'How fast is every message answered?',
      description:
        'From the first unanswered message of a burst to the first message after it, by who answered: on average, and for nine in ten.',
      unit: 's',
      height: 9,
      targets: [
        range(mean(RESPONSE, { by }), 'average, {{responder}}'),
        rangeWithTraces(quantile(0.9, RESPONSE, { by }), 'nine of ten, {{responder}}'),
      ],
    },
    LEGEND,
  );
}

function createFirst(): ReturnType<typeof createLines> {
  const by = 'responder';
  return createLines(
    {
      key: 'first-response',
      title: 'How fast is the first message answered?',
      description:
        'First response of a session, or after a hand-off, by who answered: on average, and for nine in ten.',
      unit: 's',
      height: 9,
      targets: [
        range(mean(FIRST, { by }), 'average, {{responder}}'),
        rangeWithTraces(quantile(0.9, FIRST, { by }), 'nine of ten, {{responder}}'),
      ],
    },
    LEGEND,
  );
}

function createFelt(): ReturnType<typeof createLines> {
  return createLines(
    {
      key: 'felt-response',
      title: 'How long did it feel, and how much of it was the channel?',
      description:
        'Average response time on the clock of the channel, in whole seconds; on ours; and the time the channel took to hand over a message.',
      unit: 's',
      height: 8,
      targets: [
        range(mean(FELT), 'felt'),
        range(mean(RESPONSE), 'measured'),
        range(mean(DELAY), 'delay of the channel'),
        rangeWithTraces(quantile(0.99, DELAY), 'delay of the channel, 99 of 100'),
      ],
    },
    LEGEND,
  );
}

function createSpread(): ReturnType<typeof createHeatMap> {
  const responses = select(RESPONSE, { part: '_bucket' });
  return createHeatMap({
    key: 'response-spread',
    title: 'Are all answered alike?',
    description: 'Responses by the time they took; dots are responses that have a trace.',
    unit: 's',
    height: 8,
    targets: [buckets(`sum by (le) (increase(${responses}[$__rate_interval]))`)],
  }).interval('5m');
}
