import { spawn } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findFreePort, stopProcess, waitFor } from '../../../../test/support/servers/process';

/** What a Prometheus for a test is started with. */
export interface PrometheusOptions {
  /** Path of the program. */
  readonly binary: string;
  /**
   * What it scrapes, by job: `host:port` or a whole block of options. A block is JSON, as YAML takes it.
   */
  readonly jobs: Readonly<Record<string, ScrapeJob>>;
  /**
   * Files with recording and alerting rules.
   * @default []
   */
  readonly ruleFiles?: readonly string[];
}

/** One thing that is scraped. */
export interface ScrapeJob {
  /** `host:port`. */
  readonly target: string;
  /** Sent as a bearer token. */
  readonly token?: string;
}

/** A real Prometheus. */
export interface RunningPrometheus {
  readonly url: string;
  /** What an API path answers as `data`. */
  api<T>(path: string, parameters?: Readonly<Record<string, string>>): Promise<T>;
  /** The value of an instant query with one result; undefined without a result. */
  value(query: string): Promise<number | undefined>;
  /** Ends the process and removes its folder. */
  stop(): Promise<void>;
}

/** Starts a Prometheus on a free loopback port with a folder of its own; it scrapes every second. */
export async function startPrometheus(options: PrometheusOptions): Promise<RunningPrometheus> {
  const folder = mkdtempSync(join(tmpdir(), 'turnspan-prometheus-'));
  const address = `127.0.0.1:${await findFreePort()}`;
  const config = join(folder, 'prometheus.yml');
  writeFileSync(config, JSON.stringify(toConfig(options)));
  const child = spawn(options.binary, toArguments(config, folder, address), { stdio: 'ignore' });
  const prometheus = connect(`http://${address}`, () => stopProcess(child, folder));
  try {
    await waitFor(() => isReady(prometheus.url));
  } catch (error) {
    await prometheus.stop();
    throw error;
  }
  return prometheus;
}

function toConfig({ jobs, ruleFiles = [] }: PrometheusOptions): object {
  return {
    global: { scrape_interval: '1s', scrape_timeout: '1s', evaluation_interval: '1s' },
    rule_files: ruleFiles,
    scrape_configs: Object.entries(jobs).map(([job_name, { target, token }]) => ({
      job_name,
      static_configs: [{ targets: [target] }],
      ...(token !== undefined && { authorization: { credentials: token } }),
    })),
  };
}

function toArguments(config: string, folder: string, address: string): string[] {
  return [
    `--config.file=${config}`,
    `--storage.tsdb.path=${join(folder, 'data')}`,
    `--web.listen-address=${address}`,
    '--enable-feature=exemplar-storage',
    '--log.level=error',
  ];
}

function connect(url: string, stop: () => Promise<void>): RunningPrometheus {
  const api = async <T>(path: string, parameters: Readonly<Record<string, string>> = {}) => {
    const response = await fetch(`${url}/api/v1/${path}?${new URLSearchParams(parameters)}`);
    const { status, data, error } = (await response.json()) as Answer<T>;
    if (status !== 'success') throw new Error(`Prometheus refused ${path}: ${error}`);
    return data;
  };
  const value = async (query: string) => {
    const { result } = await api<InstantVector>('query', { query });
    return result[0] && Number(result[0].value[1].replace('Inf', 'Infinity'));
  };
  return { url, api, value, stop };
}

interface Answer<T> {
  readonly status: string;
  readonly data: T;
  readonly error?: string;
}

interface InstantVector {
  readonly result: readonly { readonly value: readonly [number, string] }[];
}

async function isReady(url: string): Promise<boolean> {
  const response = await fetch(`${url}/-/ready`).catch(() => undefined);
  return response?.ok ?? false;
}
