import { TurnspanError } from '@turnspan/core';
import type { MetricsOptions } from './options';

/** Variables of the environment that stand in for options. */
export const ENVIRONMENT = {
  TURNSPAN_DATA: 'data',
  TURNSPAN_JOURNAL: 'journal',
  TURNSPAN_KEY: 'privacy.key',
  TURNSPAN_METRICS_HOST: 'metrics.host',
  TURNSPAN_METRICS_PORT: 'metrics.port',
  TURNSPAN_STORE: 'store',
} as const;

/** The word that turns the data folder off. */
const OFF = 'off';
const DATA_FOLDER = '.turnspan';

/** The folder that the environment names for what must survive a restart; `off` names none. */
export function dataFolder(
  environment: Readonly<Record<string, string | undefined>>,
): string | false {
  const folder = environment.TURNSPAN_DATA || DATA_FOLDER;
  return folder === OFF ? false : folder;
}

/** Where the environment says the metrics listener should be. */
export function metricsAddress(
  environment: Readonly<Record<string, string | undefined>>,
): Pick<MetricsOptions, 'host' | 'port'> {
  const { TURNSPAN_METRICS_HOST: host, TURNSPAN_METRICS_PORT: port } = environment;
  return { ...(host && { host }), ...(port && { port: toPort(port) }) };
}

/** The key that the environment gives to the hashes; a variable that is set to nothing gives none. */
export function hashKey(
  environment: Readonly<Record<string, string | undefined>>,
): string | undefined {
  return environment.TURNSPAN_KEY || undefined;
}

function toPort(text: string): number {
  const port = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (port <= 65_535) return port;
  const detail = `Expected TURNSPAN_METRICS_PORT to be a port from 0 to 65535, got "${text}".`;
  throw new TurnspanError('OPTION_INVALID', { detail });
}
