import { DASHBOARD_UIDS } from '../dashboard-uids';
import { createDashboard, type Dashboard } from './dashboard';
import { createFreshness, createRequests, createUsage, createWebhooks } from './delivery-knowledge';
import {
  createHealth,
  createLimits,
  createRestrictions,
  createThroughput,
} from './delivery-limits';
import {
  createFailures,
  createFailuresByNode,
  createOptOutsByNode,
  createStatuses,
  createTimes,
} from './delivery-messages';
import { createTemplates } from './delivery-templates';

/** What becomes of messages on WhatsApp, and what WhatsApp allows. */
export function createDelivery(): Dashboard {
  return createDashboard({
    uid: DASHBOARD_UIDS.delivery,
    file: 'whatsapp-delivery',
    title: 'Turnspan / WhatsApp delivery',
    description:
      'What becomes of messages on WhatsApp, why they fail, which templates suffer, what WhatsApp allows, and how fresh that knowledge is.',
    from: 'now-24h',
    sections: [
      {
        stacks: [
          { width: 12, panels: [createStatuses(), createTimes()] },
          { width: 12, panels: [createFailures(), createFailuresByNode()] },
        ],
      },
      {
        title: 'How are templates?',
        stacks: [
          { width: 16, panels: [createTemplates()] },
          { width: 8, panels: [createOptOutsByNode()] },
        ],
      },
      {
        title: 'What does WhatsApp allow?',
        stacks: [
          { width: 6, panels: [createLimits()] },
          { width: 6, panels: [createThroughput()] },
          { width: 6, panels: [createHealth()] },
          { width: 6, panels: [createRestrictions()] },
        ],
      },
      {
        title: 'How fresh is what we know?',
        stacks: [
          { width: 8, panels: [createFreshness()] },
          { width: 8, panels: [createUsage(), createRequests()] },
          { width: 8, panels: [createWebhooks()] },
        ],
      },
    ],
  });
}
