import { QUALITY_ATTRIBUTES, type QualityKind, type QualitySubject } from '@turnspan/core';

/** The heading over the subjects of each kind, in the order in which they are shown. */
export const HEADINGS: Readonly<Record<QualityKind, string>> = {
  phone: 'Numbers',
  template: 'Templates',
  account: 'Accounts',
  portfolio: 'Portfolios',
};

/** What people call a subject: its name and language, if it has any. */
export function nameOf({ name, language }: Pick<QualitySubject, 'name' | 'language'>): string {
  return [name, language && `(${language})`].filter((word) => word).join(' ');
}

/** A value as people write it: a limit with its thousands marked, all else in Meta's own word. */
export function formatValue(value: string): string {
  if (value === 'Infinity') return 'unlimited';
  return /^\d{4,}$/.test(value) ? Number(value).toLocaleString('en-US') : value;
}

/** Where an attribute stands in a list; it may have a key, as `restriction.RESTRICTED_X`. */
export function rankOf(attribute: string): number {
  const [name = ''] = attribute.split('.');
  const known: readonly string[] = QUALITY_ATTRIBUTES;
  return known.indexOf(name);
}
