import {
  type Threshold,
  ThresholdsConfigBuilder,
  ThresholdsMode,
} from '@grafana/grafana-foundation-sdk/dashboard';

/** Values from which on a color holds; below all of them it is green. */
export type Colored = Readonly<Record<string, number>>;

/** Colors values by how high they are. */
export function createThresholds(colors: Colored): ThresholdsConfigBuilder {
  const steps = Object.entries(colors).map(([color, value]): Threshold => ({ color, value }));
  return new ThresholdsConfigBuilder()
    .mode(ThresholdsMode.Absolute)
    .steps([{ color: 'green', value: null }, ...steps]);
}
