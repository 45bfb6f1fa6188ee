import type { QualitySubject } from '@turnspan/core';
import { compact } from '../json';

type Name = 'name' | 'language' | 'accountId';
const NAMES: readonly Name[] = ['name', 'language', 'accountId'];

interface Told {
  readonly text: string;
  readonly at: number;
}

/** Remembers what subjects are called, because not every fact says it. The latest name counts. */
export class SubjectNames {
  readonly #subjects = new Map<string, Partial<Record<Name, Told>>>();

  /** Remembers how a subject was called at some time. */
  learn(subject: QualitySubject, at: number): void {
    const key = toSubjectKey(subject);
    const known = this.#subjects.get(key) ?? {};
    for (const name of NAMES) {
      const text = subject[name];
      if (text !== undefined) known[name] = later(known[name], { text, at });
    }
    this.#subjects.set(key, known);
  }

  /** The subject with all that it is called. */
  complete({ kind, id }: QualitySubject): QualitySubject {
    const known = this.#subjects.get(toSubjectKey({ kind, id }));
    return compact<QualitySubject>({
      kind,
      id,
      name: known?.name?.text,
      language: known?.language?.text,
      accountId: known?.accountId?.text,
    });
  }

  /** Gives all that a subject is called to another id of it, and forgets the first. */
  move(from: QualitySubject, to: QualitySubject): void {
    const known = this.#subjects.get(toSubjectKey(from)) ?? {};
    this.#subjects.delete(toSubjectKey(from));
    for (const name of NAMES) {
      const told = known[name];
      if (told) this.learn({ ...to, [name]: told.text }, told.at);
    }
  }
}

/** What tells one subject from another. */
export function toSubjectKey({ kind, id }: QualitySubject): string {
  return `${kind} ${id}`;
}

function later(one: Told | undefined, other: Told): Told {
  if (one === undefined || one.at < other.at) return other;
  return one.at === other.at && one.text < other.text ? other : one;
}
