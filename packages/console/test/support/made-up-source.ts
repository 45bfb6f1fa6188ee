import type { ConsoleSource } from '../../src';
import { toExperiments } from './made-up/experiments';
import { toInvestigations } from './made-up/investigations';
import { toJourney, toNodeDocument, toSummary } from './made-up/journeys';
import { toQuality } from './made-up/quality';
import { FLOWS } from './made-up/script';

/** A source of made-up numbers that fit each other, about a pizzeria whose rating falls. */
export function createMadeUpSource(now: number): ConsoleSource {
  const investigations = toInvestigations(now);
  return {
    flows: async ({ period }) => ({
      period,
      flows: FLOWS.map((flow) => toSummary(flow, period)),
    }),
    journey: async (query) => {
      const flow = FLOWS.find((each) => each.flow === query.flow);
      return flow && toJourney(flow, query);
    },
    node: async (query) => toNodeDocument(query),
    quality: async (query) => toQuality(query, now),
    investigations: async () => ({ investigations }),
    investigation: async (id) => investigations.find((each) => each.id === id),
    experiments: async () => ({ experiments: toExperiments(now) }),
  };
}
