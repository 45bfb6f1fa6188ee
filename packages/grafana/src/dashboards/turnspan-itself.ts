import { DASHBOARD_UIDS } from '../dashboard-uids';
import { createDashboard, type Dashboard } from './dashboard';
import {
  createErrors,
  createJournalQueue,
  createLag,
  createLosses,
  createOverflows,
  createSettled,
  createSkews,
} from './itself-panels';

/** Whether the numbers of the other dashboards can be trusted. */
export function createTurnspanItself(): Dashboard {
  return createDashboard({
    uid: DASHBOARD_UIDS.itself,
    file: 'turnspan-itself',
    title: 'Turnspan / Turnspan itself',
    description: 'Whether the numbers of the other dashboards can be trusted.',
    from: 'now-6h',
    sections: [
      {
        stacks: [
          { width: 6, panels: [createSettled()] },
          { width: 9, panels: [createLag()] },
          { width: 9, panels: [createErrors()] },
        ],
      },
      {
        stacks: [
          { width: 6, panels: [createOverflows()] },
          { width: 6, panels: [createJournalQueue()] },
          { width: 6, panels: [createLosses()] },
          { width: 6, panels: [createSkews()] },
        ],
      },
    ],
  });
}
