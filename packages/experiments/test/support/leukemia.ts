import type { Wait } from '@turnspan/experiments';

/**
 * Remission times of acute myelogenous leukaemia, the data set `aml` of R's package survival, from
 * Miller, Survival Analysis (1981), p. 49. A plus marks who was last seen without an event.
 */
export const MAINTAINED: readonly Wait[] = parse('9 13 13+ 18 23 28+ 31 34 45+ 48 161+');
/** The other arm of {@link MAINTAINED}. */
export const NOT_MAINTAINED: readonly Wait[] = parse('5 5 8 8 12 16+ 23 27 30 33 43 45');

function parse(times: string): readonly Wait[] {
  return times
    .split(' ')
    .map((time) => ({ ms: Number.parseInt(time, 10), replied: !time.endsWith('+') }));
}
