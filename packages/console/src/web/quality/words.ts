import type { QualityAttribute, QualitySubject } from '@turnspan/core';
import type { Dictionary } from '../language/dictionary';

/** What a number, a template, an account or a portfolio is called. */
export function nameSubject(
  { kind, name, id, language }: QualitySubject,
  text: Dictionary,
): string {
  const tongue = language === undefined ? '' : ` (${language})`;
  return `${text.subjects[kind]} ${name ?? id}${tongue}`;
}

/** What an attribute is called. */
export function nameAttribute(attribute: QualityAttribute, text: Dictionary): string {
  return text.attributes[attribute] ?? attribute;
}

/** What one of the channel's words means; a new word stays as it is. */
export function nameValue(value: string | undefined, text: Dictionary): string {
  if (value === undefined) return text.quality.gap;
  return text.values[value] ?? value;
}
