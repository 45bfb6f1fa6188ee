/** What is left of an id without what is known from elsewhere. */
export interface IdStem {
  readonly stem: string;
  /** It began with the prefix. */
  readonly hasPrefix: boolean;
  /** It ended with the suffix. */
  readonly hasSuffix: boolean;
}

/** What an id may begin and end with. */
export interface IdEnds {
  readonly prefix: string;
  readonly suffix: string;
}

/** Cuts off an id what it begins and ends with. */
export function toStem(id: string, { prefix, suffix }: IdEnds): IdStem {
  const hasPrefix = id.startsWith(prefix);
  const from = hasPrefix ? prefix.length : 0;
  const hasSuffix = id.length - from >= suffix.length && id.endsWith(suffix);
  const end = hasSuffix ? id.length - suffix.length : id.length;
  return { stem: id.slice(from, end), hasPrefix, hasSuffix };
}

/** Puts an id together again. */
export function toId({ stem, hasPrefix, hasSuffix }: IdStem, { prefix, suffix }: IdEnds): string {
  return `${hasPrefix ? prefix : ''}${stem}${hasSuffix ? suffix : ''}`;
}
