import type { TrackerEvent } from '@turnspan/core';
import {
  type Breach,
  type Declaration,
  findBreaches,
  type GuardrailReading,
  type RateGuardrail,
} from '@turnspan/experiments';
import { RecentMap } from './recent-map';
import { UsualTimes } from './usual-times';

/** How often something happened, and out of how many. */
interface Tally {
  users: number;
  reached: number;
}

/** The guardrails whose rates this process sees; who read what is not known by user. */
const WATCHED = [
  'errors',
  'first_response',
  'opt_outs',
] as const satisfies readonly RateGuardrail[];
type Watched = (typeof WATCHED)[number];

type EventOf<K extends TrackerEvent['kind']> = Extract<TrackerEvent, { readonly kind: K }>;

const TURNS = 1000;
const USERS = 20_000;

/** The ratings of a number, from good to bad. */
const RATINGS = ['GREEN', 'YELLOW', 'RED'];

/** Watches in this process whether a variant makes something worse. */
export class GuardrailWatch {
  readonly #tallies = new Map<string, Tally>();
  /** The variants that were shown in the latest turns, and to the latest users. */
  readonly #turns = new RecentMap<readonly string[]>(TURNS);
  readonly #users = new RecentMap<readonly string[]>(USERS);
  readonly #usual = new UsualTimes();
  #ratingFell = false;

  /** Takes what the tracker tells. */
  observe(event: TrackerEvent): void {
    if (event.again) return;
    if (event.kind === 'variant_shown') this.#show(event);
    else if (event.kind === 'journey_ended') this.#end(event);
    else if (event.kind === 'responded') this.#respond(event);
    else if (event.kind === 'preference_changed') this.#leave(event);
    else if (event.kind === 'quality_changed') this.#rate(event);
  }

  /** The variants of an experiment that break a guardrail now. */
  findBreaches(declaration: Declaration): readonly Breach[] {
    const { name, variants, guardrails, plannedUsers } = declaration;
    const readings = variants.map((variant) => this.#read(name, variant));
    return findBreaches(readings, { guardrails, plannedUsers, ratingFell: this.#ratingFell });
  }

  /** Forgets the fall of the rating once every variant that it concerns is paused. */
  forgetRating(): void {
    this.#ratingFell = false;
  }

  /** Begins anew for a variant that is shown again. */
  forget(experiment: string, variant: string): void {
    for (const rate of WATCHED) this.#tallies.delete(keyOf(labelOf(experiment, variant), rate));
  }

  #show({ turn, shown }: EventOf<'variant_shown'>): void {
    if (!shown.counts) return;
    const label = labelOf(shown.experiment, shown.variant);
    add(this.#turns, turn.id, label);
    add(this.#users, turn.user.key, label);
    if (shown.first) this.#note(label, 'opt_outs', { users: 1 });
  }

  #end({ journey, outcome }: EventOf<'journey_ended'>): void {
    for (const { experiment, variant } of journey.exposures) {
      const reached = outcome === 'failed' ? 1 : 0;
      this.#note(labelOf(experiment, variant), 'errors', { users: 1, reached });
    }
  }

  #respond({ turn, seconds }: EventOf<'responded'>): void {
    const labels = this.#turns.get(turn.id);
    if (labels === undefined) {
      this.#usual.add(seconds);
      return;
    }
    const slow = this.#usual.p95();
    if (slow === undefined) return;
    for (const label of labels) {
      this.#note(label, 'first_response', { users: 1, reached: seconds > slow ? 1 : 0 });
    }
  }

  #leave({ user, value }: EventOf<'preference_changed'>): void {
    if (value !== 'stop') return;
    for (const label of this.#users.get(user.key) ?? []) {
      this.#note(label, 'opt_outs', { reached: 1 });
    }
    this.#users.delete(user.key);
  }

  #rate({ change: { subject, attribute, value, from } }: EventOf<'quality_changed'>): void {
    if (subject.kind !== 'phone' || attribute !== 'rating' || from === undefined) return;
    const [before, now] = [RATINGS.indexOf(from), RATINGS.indexOf(value)];
    if (before >= 0 && now > before) this.#ratingFell = true;
  }

  #note(label: string, rate: Watched, { users = 0, reached = 0 }: Partial<Tally>): void {
    const key = keyOf(label, rate);
    const tally = this.#tallies.get(key) ?? { users: 0, reached: 0 };
    tally.users += users;
    // Whoever left may have been counted before a restart.
    tally.reached = Math.min(tally.users, tally.reached + reached);
    this.#tallies.set(key, tally);
  }

  #read(experiment: string, variant: string): GuardrailReading {
    const label = labelOf(experiment, variant);
    const rates = WATCHED.flatMap((rate) => {
      const tally = this.#tallies.get(keyOf(label, rate));
      return tally && tally.users > 0 ? [[rate, { ...tally }] as const] : [];
    });
    return { variant, rates: Object.fromEntries(rates) };
  }
}

function add(map: RecentMap<readonly string[]>, key: string, label: string): void {
  const labels = map.get(key) ?? [];
  if (!labels.includes(label)) map.set(key, [...labels, label]);
}

function labelOf(experiment: string, variant: string): string {
  return `${experiment}:${variant}`;
}

function keyOf(label: string, rate: Watched): string {
  return `${label} ${rate}`;
}
