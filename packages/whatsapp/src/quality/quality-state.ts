import type { QualityChange, QualityFact, QualitySubject, Timestamp } from '@turnspan/core';
import {
  addFact,
  compareFacts,
  type FactHistory,
  hasEnded,
  type Summary,
  summarize,
} from './fact-history';
import { SubjectNames, toSubjectKey } from './subject-names';

type About = Pick<QualityFact, 'subject' | 'attribute'> & { readonly key?: string | undefined };

type Slot = About & { readonly history: FactHistory };

/**
 * What is known of the business: of each subject and attribute the newest value. It depends only
 * on which facts were told, not on their order, nor on how often one was told.
 *
 * - The fact with the latest `at` counts, whether a webhook or a poll told it. Of the same moment
 *   the webhook counts, then the greater value.
 * - The same value told again changes nothing: `at` stays that of the first, `observedAt` grows.
 * - What has an end (`until`) has ended then, although nothing tells it; see {@link present}.
 */
export class QualityState {
  readonly #slots = new Map<string, Slot>();
  readonly #names = new SubjectNames();

  /** Takes a fact, and gives the change if value, end or reason are not what they were. */
  apply(fact: QualityFact): QualityChange | undefined {
    const before = this.#summaryOf(fact);
    this.#names.learn(fact.subject, fact.observedAt);
    this.#add(fact.subject, fact);
    const after = this.#summaryOf(fact);
    if (after === undefined || isSame(before, after)) return;
    return { ...this.#toFact(fact, after), from: before?.value };
  }

  /** Whether a fact comes too late to tell anything, because something newer is known. */
  isStale(fact: QualityFact): boolean {
    const { history } = this.#slots.get(toSlotKey(fact.subject, fact)) ?? {};
    const newest = history?.at(-1);
    if (!history || !newest || compareFacts(fact, newest) >= 0) return false;
    const [before, after] = [summarize(history), summarize(addFact(history, fact))];
    return after !== undefined && isSame(before, after) && before?.at === after.at;
  }

  /** All that is known, also what has ended by itself. */
  facts(): readonly QualityFact[] {
    return [...this.#slots.values()].flatMap((slot) => {
      const summary = summarize(slot.history);
      return summary ? [this.#toFact(slot, summary)] : [];
    });
  }

  /** What is so now: without what has ended by itself. */
  present(now: Timestamp): readonly QualityFact[] {
    return this.facts().filter((fact) => !hasEnded(fact, now));
  }

  /** Takes facts that were kept, as from {@link facts}; what is newer stays. */
  restore(facts: readonly QualityFact[]): void {
    for (const fact of facts) this.apply(fact);
  }

  /** Hands all that is known under one id to another id of the same subject. */
  move(from: QualitySubject, to: QualitySubject): void {
    const key = toSubjectKey(from);
    if (key === toSubjectKey(to)) return;
    this.#names.move(from, to);
    for (const [slotKey, slot] of this.#slots) {
      if (toSubjectKey(slot.subject) !== key) continue;
      this.#slots.delete(slotKey);
      for (const fact of slot.history) this.#add(to, fact);
    }
  }

  #add(subject: QualitySubject, fact: QualityFact): void {
    const slotKey = toSlotKey(subject, fact);
    const { attribute, key } = fact;
    const history = addFact(this.#slots.get(slotKey)?.history ?? [], fact);
    this.#slots.set(slotKey, { subject, attribute, key, history });
  }

  #summaryOf(fact: QualityFact): Summary | undefined {
    return summarize(this.#slots.get(toSlotKey(fact.subject, fact))?.history ?? []);
  }

  #toFact({ subject, attribute, key }: About, summary: Summary): QualityFact {
    const about = { subject: this.#names.complete(subject), attribute, ...summary };
    return key === undefined ? about : { ...about, key };
  }
}

function toSlotKey(
  subject: QualitySubject,
  { attribute, key }: Pick<QualityFact, 'attribute' | 'key'>,
): string {
  return JSON.stringify([subject.kind, subject.id, attribute, key ?? null]);
}

function isSame(one: Summary | undefined, other: Summary): boolean {
  return one?.value === other.value && one.until === other.until && one.reason === other.reason;
}
