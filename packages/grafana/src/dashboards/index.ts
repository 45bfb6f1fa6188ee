import type { Dashboard } from './dashboard';
import { createDelivery } from './delivery';
import { createExperiments } from './experiments';
import { createJourney } from './journey';
import { createQualityAndConversation } from './quality-and-conversation';
import { createResponseTime } from './response-time';
import { createTurnspanItself } from './turnspan-itself';

export type { Dashboard } from './dashboard';

/** Makes all dashboards, the first screen first. */
export function createDashboards(): readonly Dashboard[] {
  return [
    createQualityAndConversation(),
    createJourney(),
    createResponseTime(),
    createDelivery(),
    createExperiments(),
    createTurnspanItself(),
  ];
}
