import type { SurvivalObservation } from '../../src/statistics/survival';

function toObservations(happened: readonly number[], censored: readonly number[]) {
  return [
    ...happened.map((time): SurvivalObservation => ({ time, happened: true })),
    ...censored.map((time): SurvivalObservation => ({ time, happened: false })),
  ];
}

/** Weeks of remission in acute leukaemia: Freireich et al., Blood 21 (1963) 699–716. */
export const FREIREICH: Readonly<
  Record<'mercaptopurine' | 'placebo', readonly SurvivalObservation[]>
> = {
  mercaptopurine: toObservations(
    [6, 6, 6, 7, 10, 13, 16, 22, 23],
    [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35],
  ),
  placebo: toObservations(
    [1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23],
    [],
  ),
};
