import type { ExposureRef, JourneyRef, OnError, TrackerEvent, VisitRef } from '@turnspan/core';
import type { Declaration } from '@turnspan/experiments';
import type { SeenUsers } from './seen-users';

/** What conversions are counted by. */
export interface ConversionsSetup {
  /** The declaration of an experiment; undefined if this process knows none of that name. */
  readonly declarationOf: (experiment: string) => Declaration | undefined;
  readonly seen: SeenUsers;
  /** Hears of each user who reached a goal, once. */
  readonly onConversion: (exposure: ExposureRef, goal: string) => void;
  readonly onError: OnError;
}

interface Reached {
  readonly goal: string;
  readonly journey: JourneyRef;
  /** The visit it happened in; undefined if it was the end of the journey. */
  readonly visit: VisitRef | undefined;
}

/** Finds the users who reach the goal of an experiment after they were shown a variant. */
export class Conversions {
  readonly #setup: ConversionsSetup;

  constructor(setup: ConversionsSetup) {
    this.#setup = setup;
  }

  /** Takes what the tracker tells. */
  observe(event: TrackerEvent): void {
    if (event.again) return;
    for (const reached of findReached(event)) this.#convert(reached);
  }

  #convert({ goal, journey, visit }: Reached): void {
    const { declarationOf } = this.#setup;
    for (const exposure of journey.exposures) {
      const declaration = declarationOf(exposure.experiment);
      const isAfter = visit === undefined || visit.index >= exposure.since;
      if (declaration?.goal !== goal || !isAfter) continue;
      this.#count(exposure, declaration, journey.user.key).catch(this.#setup.onError);
    }
  }

  async #count(
    exposure: ExposureRef,
    { name, salt, goal }: Declaration,
    userKey: string,
  ): Promise<void> {
    const { seen, onConversion } = this.#setup;
    const isFirst = await seen.see(`experiment/${name}/${salt}/reached/${userKey}`);
    if (isFirst) onConversion(exposure, goal);
  }
}

function findReached(event: TrackerEvent): readonly Reached[] {
  if (event.kind === 'journey_ended' && event.outcome === 'completed') {
    return [{ goal: 'completed', journey: event.journey, visit: undefined }];
  }
  if (event.kind === 'node_entered') {
    const { visit } = event;
    return [{ goal: visit.node, journey: visit.journey, visit }];
  }
  if (event.kind === 'visit_settled' && event.repliedAt !== undefined) {
    const { visit } = event;
    return [{ goal: 'replied', journey: visit.journey, visit }];
  }
  return [];
}
