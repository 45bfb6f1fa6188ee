import type { RecordedEvent } from './recorded-event';
import { USER } from './scripted-adapter';
import { visitKey } from './story';

/** Says which of the laws that every stream of events keeps are broken. */
export function brokenLaws(
  events: readonly RecordedEvent[],
  secrets: readonly string[] = [],
): readonly string[] {
  return [...brokenTimes(events), ...brokenJourneys(events), ...revealed(events, secrets)];
}

/** Journeys that have begun and not ended. */
export function openJourneys(events: readonly RecordedEvent[]): readonly string[] {
  const open = new Map<string, string>();
  for (const event of events) {
    if (event.kind === 'journey_started') open.set(event.journey.id, event.journey.flow);
    if (event.kind === 'journey_ended') open.delete(event.journey.id);
  }
  return [...open].map(([id, flow]) => `${flow} ${id}`);
}

/** A visit is entered once and settled at most once; a journey begins once, ends at most once, and is then over. */
function brokenTimes(events: readonly RecordedEvent[]): readonly string[] {
  const entered = new Set<string>();
  const settled = new Set<string>();
  return events.flatMap((event) => {
    if (event.kind === 'node_entered') return addOnce(entered, visitKey(event), 'entered');
    if (event.kind !== 'visit_settled') return [];
    const key = visitKey(event);
    const unknown = entered.has(key) ? [] : [`visit ${key} settled but never entered`];
    return [...unknown, ...addOnce(settled, key, 'settled')];
  });
}

function brokenJourneys(events: readonly RecordedEvent[]): readonly string[] {
  const books = new Books();
  return events.flatMap((event) => books.enter(event));
}

/** What is known of journeys while their events are read. */
class Books {
  readonly #started = new Set<string>();
  readonly #ended = new Set<string>();
  readonly #visited = new Set<string>();

  /** Takes in an event and says what is wrong with it. */
  enter(event: RecordedEvent): readonly string[] {
    if (event.kind === 'journey_started') {
      return addOnce(this.#started, event.journey.id, 'started');
    }
    if (event.kind === 'journey_ended') return this.#end(event.journey.id);
    if (event.kind === 'node_entered') return this.#enterNode(event.visit.journey.id);
    if (event.kind !== 'visit_settled') return [];
    this.#visited.delete(event.visit.journey.id);
    return this.#notRunning(event.visit.journey.id, event.kind);
  }

  #end(id: string): readonly string[] {
    const left = this.#visited.has(id) ? [`journey ${id} ended in an open visit`] : [];
    const unknown = this.#started.has(id) ? [] : [`journey ${id} ended but never started`];
    return [...left, ...unknown, ...addOnce(this.#ended, id, 'ended')];
  }

  #enterNode(id: string): readonly string[] {
    const twice = this.#visited.has(id) ? [`journey ${id} is in two visits`] : [];
    this.#visited.add(id);
    return [...twice, ...this.#notRunning(id, 'node_entered')];
  }

  #notRunning(id: string, kind: string): readonly string[] {
    if (this.#ended.has(id)) return [`${kind} in journey ${id} after its end`];
    return this.#started.has(id) ? [] : [`${kind} in journey ${id} before its start`];
  }
}

function addOnce(seen: Set<string>, key: string, verb: string): readonly string[] {
  if (seen.has(key)) return [`${key} ${verb} twice`];
  seen.add(key);
  return [];
}

function revealed(events: readonly RecordedEvent[], secrets: readonly string[]): readonly string[] {
  const text = JSON.stringify(events);
  return [USER.id, USER.name, 'https://private/ada', ...secrets]
    .filter((secret) => text.includes(JSON.stringify(secret).slice(1, -1)))
    .map((secret) => `${secret} is revealed`);
}
