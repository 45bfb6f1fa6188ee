import { DASHBOARD_UIDS } from '../dashboard-uids';
import { createDashboard, type Dashboard } from './dashboard';
import { createFunnel, createNeverReached, createWaitingNow } from './journey-funnel';
import { createJourneyGraph } from './journey-graph';
import { createJourneysSection } from './journey-runs';
import { createTroubleSection, createWaitSection } from './journey-trouble';

/** Where people go in the conversation tree, where they wait and where they are lost. */
export function createJourney(): Dashboard {
  return createDashboard({
    uid: DASHBOARD_UIDS.journey,
    file: 'journey',
    title: 'Turnspan / Journey',
    description:
      'Where people go in the conversation tree, where they wait, where they are confused and where they are lost.',
    from: 'now-24h',
    sections: [
      {
        stacks: [
          { width: 16, panels: [createJourneyGraph()] },
          { width: 8, panels: [createWaitingNow(), createNeverReached()] },
        ],
      },
      { title: 'Where are people lost?', stacks: [{ width: 24, panels: [createFunnel()] }] },
      createTroubleSection(),
      createWaitSection(),
      createJourneysSection(),
    ],
  });
}
