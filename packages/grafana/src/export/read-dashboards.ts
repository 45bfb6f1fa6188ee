import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DashboardFile } from './create-export';

const FOLDER = join(__dirname, '../../generated/dashboards');

/** Reads the dashboards that this package brings along. */
export function readDashboards(): readonly DashboardFile[] {
  return readdirSync(FOLDER)
    .filter((file) => file.endsWith('.json'))
    .sort()
    .map((file) => ({ file, text: readFileSync(join(FOLDER, file), 'utf8') }));
}
