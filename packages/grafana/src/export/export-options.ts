import type { RuleConfigChanges } from '../check-config';
import { ADDRESS, checkNames, checkValue, type Expected, isOneOf } from '../expected';

/** The forms in which there are files. */
export const EXPORT_FORMATS = ['files', 'kubernetes'] as const;

/** Files for a folder that is provisioned, or manifests for the operator of Prometheus. */
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** What files are to be exported, and what is in them. */
export interface ExportOptions {
  /** @default 'files' */
  readonly format?: ExportFormat;
  /**
   * What of the configuration of the rules is to be different.
   * @default nothing
   */
  readonly config?: RuleConfigChanges;
  /**
   * Where Grafana reaches Prometheus.
   * @default 'http://prometheus:9090'
   */
  readonly prometheusUrl?: string;
  /**
   * Where Grafana reaches Tempo.
   * @default 'http://tempo:3200'
   */
  readonly tempoUrl?: string;
  /**
   * The folder in which Grafana finds the dashboards.
   * @default '/var/lib/grafana/dashboards/turnspan'
   */
  readonly dashboardsPath?: string;
}

const PATH: Expected = {
  words: 'a path that begins with a slash',
  fits: (value) => typeof value === 'string' && /^\/./.test(value),
};

const EXPECTED: Readonly<Record<Exclude<keyof ExportOptions, 'config'>, Expected>> = {
  format: isOneOf(EXPORT_FORMATS),
  prometheusUrl: ADDRESS,
  tempoUrl: ADDRESS,
  dashboardsPath: PATH,
};

/** Refuses options that are wrong; the configuration is checked where the rules are made. */
export function checkExportOptions(options: ExportOptions): void {
  checkNames(options, [...Object.keys(EXPECTED), 'config']);
  for (const [name, expected] of Object.entries(EXPECTED)) {
    const value = options[name as keyof typeof EXPECTED];
    if (value !== undefined) checkValue(name, value, expected);
  }
}
