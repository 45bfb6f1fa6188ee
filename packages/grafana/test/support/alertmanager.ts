import { spawn } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findFreePort, stopProcess, waitFor } from '../../../../test/support/servers/process';

/** What an Alertmanager for a test is started with. */
export interface AlertmanagerOptions {
  readonly binary: string;
  /** Where it posts to. */
  readonly receiver: string;
  readonly inhibitions: readonly unknown[];
  /** How long it waits for what may inhibit an alert. */
  readonly groupWait: string;
}

/** A real Alertmanager. */
export interface RunningAlertmanager {
  /** `host:port`. */
  readonly address: string;
  stop(): Promise<void>;
}

/** Starts an Alertmanager on a free loopback port that tells of each alert alone, and at once when it is over. */
export async function startAlertmanager(
  options: AlertmanagerOptions,
): Promise<RunningAlertmanager> {
  const folder = mkdtempSync(join(tmpdir(), 'turnspan-alertmanager-'));
  const address = `127.0.0.1:${await findFreePort()}`;
  const config = join(folder, 'alertmanager.yml');
  writeFileSync(config, JSON.stringify(toConfig(options)));
  const child = spawn(
    options.binary,
    [
      `--config.file=${config}`,
      `--storage.path=${join(folder, 'data')}`,
      `--web.listen-address=${address}`,
      '--cluster.listen-address=',
      '--log.level=error',
    ],
    { stdio: 'ignore' },
  );
  const alertmanager = { address, stop: () => stopProcess(child, folder) };
  try {
    await waitFor(() => isReady(address));
  } catch (error) {
    await alertmanager.stop();
    throw error;
  }
  return alertmanager;
}

function toConfig({ receiver, inhibitions, groupWait }: AlertmanagerOptions): object {
  return {
    route: {
      receiver: 'test',
      group_by: ['...'],
      group_wait: groupWait,
      group_interval: '1s',
      repeat_interval: '1h',
    },
    receivers: [{ name: 'test', webhook_configs: [{ url: receiver, send_resolved: true }] }],
    inhibit_rules: inhibitions,
  };
}

async function isReady(address: string): Promise<boolean> {
  const response = await fetch(`http://${address}/-/ready`).catch(() => undefined);
  return response?.ok ?? false;
}
