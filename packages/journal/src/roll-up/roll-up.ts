import type { Transaction } from 'kysely';
import type { JournalTables } from '../tables';
import { addHours } from './add-hours';
import {
  type CountedJourney,
  toJourneyHours,
  toLoopHours,
  toNodeJourneyHours,
  toTransitionHours,
} from './count-journeys';
import {
  type CountedPreference,
  type CountedResponse,
  toMessageHours,
  toResponseHours,
} from './count-messages';
import { type SignalSources, toSignalHours, toVisitHours, toWaitHours } from './count-visits';
import type { DeliveryHourRow } from './hour-rows';
import { readTrails } from './read-trails';

/** What was written and had not been there before. */
export interface NewRows extends SignalSources {
  readonly journeys: readonly CountedJourney[];
  readonly responses: readonly CountedResponse[];
  readonly preferences: readonly CountedPreference[];
  readonly deliveries: readonly DeliveryHourRow[];
}

/**
 * Adds what is new to the sums of its hours. The tables come in one order and each once, so that no
 * two writers wait for each other.
 */
export async function rollUp(writer: Transaction<JournalTables>, rows: NewRows): Promise<void> {
  const { visits, journeys, responses, preferences, deliveries } = rows;
  await addHours(writer, 'visit_hours', toVisitHours(visits));
  await addHours(writer, 'wait_hours', toWaitHours(visits));
  await addHours(writer, 'signal_hours', toSignalHours(rows));
  await addHours(writer, 'journey_hours', toJourneyHours(journeys));
  const trails = await readTrails(writer, journeys);
  await addHours(writer, 'transition_hours', toTransitionHours(trails));
  await addHours(writer, 'node_journey_hours', toNodeJourneyHours(trails));
  await addHours(writer, 'loop_hours', toLoopHours(trails));
  await addHours(writer, 'response_hours', toResponseHours(responses));
  await addHours(writer, 'message_hours', toMessageHours(deliveries, preferences));
  await addHours(writer, 'delivery_hours', deliveries);
}
