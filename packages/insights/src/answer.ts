/** What an analysis found, or why it cannot say. */
export type Answer<T> = Found<T> | NotEnough;

/** There was enough to go on. */
export interface Found<T> {
  readonly kind: 'found';
  readonly value: T;
}

/** There was not enough to go on; a number would be invented. */
export interface NotEnough {
  readonly kind: 'not_enough_data';
  /** A sentence that says what is missing. */
  readonly reason: string;
  /** How much of it there was. */
  readonly had: number;
  /** How much of it is needed at least. */
  readonly needed: number;
}

/** Wraps what was found. */
export function found<T>(value: T): Found<T> {
  return { kind: 'found', value };
}

/** Says what there was too little of. */
export function notEnough(
  reason: string,
  { had, needed }: Omit<NotEnough, 'kind' | 'reason'>,
): NotEnough {
  return { kind: 'not_enough_data', reason, had, needed };
}
