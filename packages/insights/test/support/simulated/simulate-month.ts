import { createRandom } from '../../../src/statistics/random';
import { FLOWS, type Plan, TEMPLATES } from './plan';
import type { SimulatedRows } from './rows';
import { SimulatedFlow } from './simulate-flow';
import { simulateTemplate } from './simulate-template';

/** Five weeks of three flows and five templates, an hour a day, with what is planted. */
export function simulateMonth(plan: Plan): SimulatedRows {
  const random = createRandom(plan.seed);
  const flows = FLOWS.map((flow) => new SimulatedFlow(flow, plan, random).play());
  return {
    visits: flows.flatMap(({ visits }) => visits),
    signals: flows.flatMap(({ signals }) => signals),
    journeys: flows.flatMap(({ journeys }) => journeys),
    nodeJourneys: flows.flatMap(({ nodeJourneys }) => nodeJourneys.toRows()),
    loops: flows.flatMap(({ loops }) => loops.toRows()),
    waits: flows.flatMap(({ waits }) => waits.toRows()),
    messages: TEMPLATES.flatMap((template) => simulateTemplate(template, plan, random)),
  };
}
