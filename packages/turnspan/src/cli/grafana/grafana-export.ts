import { readFileSync } from 'node:fs';
import { TurnspanError } from '@turnspan/core';
import {
  createExport,
  EXPORT_FORMATS,
  type ExportFormat,
  type ExportOptions,
  parseRuleConfig,
  type RuleConfigChanges,
  readDashboards,
} from '@turnspan/grafana';
import type { Command, CommandArguments } from '../command';
import type { CommandIo } from '../command-io';
import { UsageError } from '../usage-error';
import { drawExport } from './draw-export';
import { compareFiles, type FileState, writeFiles } from './write-files';

/** Writes dashboards, rules and alerts for Grafana, Prometheus and Alertmanager. */
export const grafanaExport: Command = {
  name: 'grafana export',
  summary: 'Writes dashboards, rules and alerts as files or manifests',
  notes: [
    'Files of DIR that are not the same are refused. What is in DIR besides stays.',
    'FILE is YAML or JSON with durations, thresholds and links for the alerts.',
  ],
  options: [
    { name: 'out', value: 'DIR', meaning: 'the folder to write to, which is made' },
    { name: 'format', value: 'NAME', meaning: 'files or kubernetes; files if it is not given' },
    { name: 'config', value: 'FILE', meaning: 'when alerts fire, where it is to be different' },
    { name: 'grafana-url', value: 'URL', meaning: 'where alerts lead to dashboards' },
    { name: 'runbooks-url', value: 'URL', meaning: 'where alerts lead to runbooks' },
    { name: 'prometheus-url', value: 'URL', meaning: 'where Grafana reaches Prometheus' },
    { name: 'tempo-url', value: 'URL', meaning: 'where Grafana reaches Tempo' },
    { name: 'force', meaning: 'replace files that are not the same' },
  ],
  run,
};

async function run(args: CommandArguments, io: CommandIo): Promise<number> {
  const { values } = args;
  const { out } = values;
  if (out === undefined) throw new UsageError('Say where to: --out DIR.');
  const format = readFormat(values.format);
  const options = { format, config: readConfig(values), ...readPlaces(values, format) };
  const files = compareFiles(out, createExport(readDashboards(), options));
  if (values.force === undefined) refuseReplacing(out, files);
  writeFiles(out, files);
  const written = files.map(({ path, state }) => ({ path, state }));
  const text = args.json
    ? JSON.stringify({ at: io.now(), out, format, files: written }, undefined, 2)
    : drawExport({ out, format, files });
  io.stdout.write(`${text}\n`);
  return 0;
}

type Values = CommandArguments['values'];

function readFormat(name = 'files'): ExportFormat {
  const format = EXPORT_FORMATS.find((each) => each === name);
  if (format) return format;
  throw new UsageError(`--format takes one of ${EXPORT_FORMATS.join(', ')}.`);
}

function readConfig(values: Values): RuleConfigChanges {
  const config = values.config === undefined ? {} : parseRuleConfig(readConfigFile(values.config));
  const grafana = readUrl('grafana-url', values);
  const runbooks = readUrl('runbooks-url', values);
  const links = { ...config.links, ...(grafana && { grafana }), ...(runbooks && { runbooks }) };
  return { ...config, links };
}

function readConfigFile(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    const code = String((Object(cause) as { readonly code?: unknown }).code);
    const message = `--config takes a file that can be read; ${file} cannot (${code}).`;
    throw new UsageError(message, { cause });
  }
}

/** Only a file of data sources knows where the servers are; Kubernetes gets none. */
function readPlaces(
  values: Values,
  format: ExportFormat,
): Pick<ExportOptions, 'prometheusUrl' | 'tempoUrl'> {
  const prometheusUrl = readUrl('prometheus-url', values);
  const tempoUrl = readUrl('tempo-url', values);
  if (format === 'kubernetes' && (prometheusUrl ?? tempoUrl) !== undefined) {
    throw new UsageError('--prometheus-url and --tempo-url are for --format files.');
  }
  return { ...(prometheusUrl && { prometheusUrl }), ...(tempoUrl && { tempoUrl }) };
}

function readUrl(name: string, values: Values): string | undefined {
  const url = values[name]?.replace(/\/+$/, '');
  if (url === undefined || /^https?:\/\/[^\s{}"]+$/.test(url)) return url;
  throw new UsageError(`--${name} takes an address that begins with https:// or http://.`);
}

const MOST_NAMED = 5;

function refuseReplacing(out: string, files: readonly FileState[]): void {
  const different = files.filter(({ state }) => state === 'replaced').map(({ path }) => path);
  if (different.length === 0) return;
  const named = different.slice(0, MOST_NAMED).join(', ');
  const more = different.length > MOST_NAMED ? ` and ${different.length - MOST_NAMED} more` : '';
  throw new TurnspanError('OPTION_INVALID', {
    detail: `In ${out} these are not the same: ${named}${more}. Nothing was written; choose another folder, or replace them by --force.`,
  });
}
