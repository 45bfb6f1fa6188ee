import { investigate } from '@turnspan/insights';
import type { VisitHourRow } from '@turnspan/journal';
import type { InvestigationDocument } from '../../../src';
import { NUMBER } from './quality';
import { FLOWS } from './script';
import { walk } from './walk';

const DAY_MS = 86_400_000;

/** What was found out when the made-up number fell, the latest first. */
export function toInvestigations(now: number): readonly InvestigationDocument[] {
  return [
    toDocument({ id: 'red', at: now - 2 * DAY_MS, from: 'YELLOW', to: 'RED' }, now),
    toDocument({ id: 'yellow', at: now - 5.4 * DAY_MS, from: 'GREEN', to: 'YELLOW' }, now),
    {
      ...toDocument({ id: 'early', at: now - 70 * DAY_MS, from: 'GREEN', to: 'YELLOW' }, now),
      trigger: {
        kind: 'opt_out',
        line: '106540352242922',
        observed: 31,
        expected: 6.4,
        total: 540,
      },
      suspect: undefined,
      suspects: 0,
      enough: false,
      answer: {
        kind: 'not_enough_data',
        reason: 'Nothing is known for two weeks before the window.',
        had: 3,
        needed: 14,
      },
      texts: [],
      traces: [],
    },
  ];
}

interface Fall {
  readonly id: string;
  readonly at: number;
  readonly from: string;
  readonly to: string;
}

function toDocument({ id, at, from, to }: Fall, now: number): InvestigationDocument {
  const answer = investigate({ visits: toVisits(now) }, at);
  const suspects = answer.kind === 'found' ? answer.value.suspects : [];
  return {
    id,
    at,
    trigger: {
      kind: 'quality',
      subject: NUMBER,
      attribute: 'rating',
      from,
      to,
      reason: undefined,
    },
    suspect: suspects[0]?.subject,
    suspects: suspects.length,
    enough: answer.kind === 'found',
    period: { since: at - 7 * DAY_MS, until: at },
    answer,
    texts: FLOWS.flatMap(({ flow, steps }) =>
      steps.map(({ node, text }) => ({ flow, node, text })),
    ).filter(({ node }) =>
      suspects.some(({ subject }) => subject.kind === 'node' && subject.node === node),
    ),
    traces: [
      {
        ...{ sessionId: '5f1c7e40a9', flow: 'order', node: 'door_code', at: at - 3_600_000 },
        url: 'https://traces.example.com/search?q=5f1c7e40a9',
      },
      {
        ...{ sessionId: '88ab01d2f3', flow: 'order', node: 'door_code', at: at - 7_200_000 },
        url: 'javascript:alert(1)',
      },
    ],
  };
}

/** Sixty days in which `door_code` was harmless until five days ago. */
function toVisits(now: number): readonly VisitHourRow[] {
  const [order] = FLOWS;
  if (!order) return [];
  return Array.from({ length: 60 }, (_, index) => 60 - index).flatMap((daysAgo) =>
    walk(order, 125 + ((daysAgo * 7) % 13)).flatMap(({ step, people, dropped }) => {
      const isFaulty = step.node === 'door_code' && daysAgo > 5;
      const gone = isFaulty ? Math.round(people * 0.08) : dropped;
      const row = { flow: 'order', node: step.node, version: '', variant: '', line: '' };
      const base = {
        ...row,
        hour: now - daysAgo * DAY_MS,
        channel: 'whatsapp',
        processing_seconds_sum: people * 0.4,
        wait_count: 0,
        wait_seconds_sum: 0,
      };
      const wait = {
        wait_count: people - gone,
        wait_seconds_sum: (people - gone) * (step.replySeconds ?? 0),
      };
      return [
        { ...base, ...wait, outcome: 'advanced' as const, count: people - gone },
        { ...base, outcome: 'dropped' as const, count: gone },
      ];
    }),
  );
}
