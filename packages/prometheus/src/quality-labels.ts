import { OTHER, type QualitySubject } from '@turnspan/core';
import type { LabelLimits } from './label-limits';
import { Recall } from './recall';

/** What a subject is called in labels. */
export interface SubjectLabels {
  /** Tells it from others of its kind: the id or, of a template, `name/language`. */
  readonly id: string;
  /** A template's name; of anything else the id. */
  readonly name: string;
  /** A template's language. */
  readonly language: string;
}

/** The labels of the quality gauges. Overflows are counted when something new is met, not at every scrape. */
export class QualityLabels {
  readonly #limits: LabelLimits;
  readonly #subjects = new Recall<SubjectLabels>();
  readonly #words = new Recall<string>();

  constructor(limits: LabelLimits) {
    this.#limits = limits;
  }

  /** Begins a scrape. */
  next(): void {
    this.#subjects.next();
    this.#words.next();
  }

  of(subject: QualitySubject): SubjectLabels {
    const { kind, id, name = '', language = '' } = subject;
    const key = `${kind}\0${id}\0${name}\0${language}`;
    return this.#subjects.at(key, () => toLabels(this.#limits, subject));
  }

  /** A word of Meta's in lower case; the ones in the list are within every cap. */
  word(value: string, known: readonly string[] = []): string {
    const word = value.toLowerCase() || 'unknown';
    return known.includes(word) ? word : this.#words.at(word, () => this.#limits.word(word));
  }
}

function toLabels(limits: LabelLimits, subject: QualitySubject): SubjectLabels {
  switch (subject.kind) {
    case 'template':
      return toTemplateLabels(limits, subject);
    case 'phone':
      return toPlainLabels(limits.line(subject.id));
    case 'account':
    case 'portfolio':
      return toPlainLabels(limits.account(subject.id));
  }
}

function toTemplateLabels(limits: LabelLimits, subject: QualitySubject): SubjectLabels {
  const [name, language] = limits.template(subject.name || subject.id, subject.language ?? '');
  const isWhole = name !== OTHER && language !== '';
  return { id: isWhole ? `${name}/${language}` : name, name, language };
}

function toPlainLabels(id: string): SubjectLabels {
  return { id, name: id, language: '' };
}
