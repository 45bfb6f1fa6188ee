import { type ChildProcess, spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findFreePort, waitFor } from '../../../../test/support/servers/process';

/** What the Prometheus of the test is started with. */
export interface PrometheusOptions {
  readonly binary: string;
  /** Its folder, with the database in `data`. */
  readonly folder: string;
  /** Its configuration; JSON is YAML. */
  readonly config: object;
}

/** A real Prometheus. */
export interface RunningPrometheus {
  readonly url: string;
  /** What a path of the API answers as `data`. */
  api<T>(path: string, parameters?: Readonly<Record<string, string>>): Promise<T>;
  /** What an instant query gives. */
  query(query: string): Promise<readonly Sample[]>;
  stop(): Promise<void>;
}

/** One series of an instant vector. */
export interface Sample {
  readonly metric: Readonly<Record<string, string>>;
  readonly value: readonly [time: number, value: string];
}

/** Starts a Prometheus on a free loopback port that writes no blocks of its own. */
export async function startPrometheus(options: PrometheusOptions): Promise<RunningPrometheus> {
  const { binary, folder, config } = options;
  const address = `127.0.0.1:${await findFreePort()}`;
  const file = join(folder, 'prometheus.yml');
  writeFileSync(file, JSON.stringify(config));
  const child = spawn(
    binary,
    [
      `--config.file=${file}`,
      `--storage.tsdb.path=${join(folder, 'data')}`,
      `--web.listen-address=${address}`,
      '--enable-feature=exemplar-storage',
      // An alert that is not told again within four times as long counts as over.
      '--rules.alert.resend-delay=3s',
      '--query.lookback-delta=10s',
      '--log.level=error',
    ],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  );
  let log = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    log += chunk.toString();
  });
  const url = `http://${address}`;
  try {
    await waitFor(() => isReady(url, child));
  } catch (error) {
    await end(child);
    throw new Error(`Prometheus did not start: ${log}`, { cause: error });
  }
  return connect(url, child);
}

function connect(url: string, child: ChildProcess): RunningPrometheus {
  const api: RunningPrometheus['api'] = async <T>(
    path: string,
    parameters: Readonly<Record<string, string>> = {},
  ) => {
    const body = new URLSearchParams(parameters);
    const response = await fetch(`${url}/api/v1/${path}?${body}`);
    const { status, data, error } = (await response.json()) as Answer<T>;
    if (status !== 'success') throw new Error(`Prometheus refused ${path} ${body}: ${error}`);
    return data;
  };
  const query = async (query: string) =>
    (await api<{ readonly result: readonly Sample[] }>('query', { query })).result;
  return { url, api, query, stop: () => end(child) };
}

interface Answer<T> {
  readonly status: string;
  readonly data: T;
  readonly error?: string;
}

async function isReady(url: string, child: ChildProcess): Promise<boolean> {
  if (child.exitCode !== null) throw new Error('It has ended.');
  const response = await fetch(`${url}/-/ready`).catch(() => undefined);
  return response?.ok ?? false;
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  await exited;
}
