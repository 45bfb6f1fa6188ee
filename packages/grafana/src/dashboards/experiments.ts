import { DASHBOARD_UIDS } from '../dashboard-uids';
import { createDashboard, type Dashboard } from './dashboard';
import { createConversionRates, createConversions, createSplits } from './experiment-exposures';
import { createVariantNodes, createVariantSigns, createVariantWaits } from './experiment-nodes';
import { createCompletion, createVariants } from './experiment-outcomes';

/** How the variants of an experiment compare. */
export function createExperiments(): Dashboard {
  return createDashboard({
    uid: DASHBOARD_UIDS.experiments,
    file: 'experiments',
    title: 'Turnspan / Experiments',
    description:
      'How the variants of an experiment compare, with how sure that is. Users and journeys outside of any experiment are not in here.',
    from: 'now-7d',
    sections: [
      { stacks: [{ width: 24, panels: [createConversions()] }] },
      {
        title: 'Since when?',
        stacks: [
          { width: 12, panels: [createConversionRates()] },
          { width: 12, panels: [createSplits()] },
        ],
      },
      {
        title: 'What becomes of the journeys?',
        stacks: [{ width: 24, panels: [createVariants()] }],
      },
      {
        title: 'Since when do they differ?',
        stacks: [
          { width: 12, panels: [createCompletion('completed')] },
          { width: 12, panels: [createCompletion('dropped')] },
        ],
      },
      {
        title: 'At which node do they differ?',
        stacks: [
          { width: 14, panels: [createVariantNodes()] },
          { width: 10, panels: [createVariantWaits(), createVariantSigns()] },
        ],
      },
    ],
  });
}
