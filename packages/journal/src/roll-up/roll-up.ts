import type { CompiledQuery } from 'kysely';
import { type AdditionOptions, toAddition } from './add-hours';
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

/** How sums are written. */
export interface RollUpOptions extends AdditionOptions {
  /**
   * Runs statements within the transaction, one after the other.
   * @default each when the one before it is done
   */
  readonly runAll?: ((statements: readonly CompiledQuery[]) => Promise<void>) | undefined;
}

/**
 * Adds what is new to the sums of its hours. The tables come in one order and each once, so that no
 * two writers wait for each other.
 */
export async function rollUp(options: RollUpOptions, rows: NewRows): Promise<void> {
  const { visits, journeys, responses, preferences, deliveries } = rows;
  const { writer, runAll = (statements) => runEach(writer, statements) } = options;
  const trails = await readTrails(writer, journeys);
  await runAll([
    ...toAddition(options, 'visit_hours', toVisitHours(visits)),
    ...toAddition(options, 'wait_hours', toWaitHours(visits)),
    ...toAddition(options, 'signal_hours', toSignalHours(rows)),
    ...toAddition(options, 'journey_hours', toJourneyHours(journeys)),
    ...toAddition(options, 'transition_hours', toTransitionHours(trails)),
    ...toAddition(options, 'node_journey_hours', toNodeJourneyHours(trails)),
    ...toAddition(options, 'loop_hours', toLoopHours(trails)),
    ...toAddition(options, 'response_hours', toResponseHours(responses)),
    ...toAddition(options, 'message_hours', toMessageHours(deliveries, preferences)),
    ...toAddition(options, 'delivery_hours', deliveries),
  ]);
}

async function runEach(
  writer: RollUpOptions['writer'],
  statements: readonly CompiledQuery[],
): Promise<void> {
  for (const statement of statements) await writer.executeQuery(statement);
}
