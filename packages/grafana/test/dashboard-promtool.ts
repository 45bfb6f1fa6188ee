import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DashboardQuery, fillVariables } from './dashboard-queries';

/** What promtool says of queries. */
export interface Verdict {
  /** Names the place of each query that is none. */
  readonly complaints: string;
  /** How many queries it read. */
  readonly checked: number;
}

/** Has promtool read queries: it reads rules, so each becomes one that is named after its place. */
export function checkQueries(promtool: string, queries: readonly DashboardQuery[]): Verdict {
  const folder = mkdtempSync(join(tmpdir(), 'turnspan-'));
  const file = join(folder, 'queries.json');
  const rules = queries.map(({ place, expr }) => ({ alert: place, expr: toPromql(expr) }));
  writeFileSync(file, JSON.stringify({ groups: [{ name: 'queries', rules }] }));

  const { stdout, stderr } = spawnSync(promtool, ['check', 'rules', file], { encoding: 'utf8' });

  rmSync(folder, { recursive: true });
  return { complaints: stderr, checked: Number(/(\d+) rules found/.exec(stdout)?.[1] ?? 0) };
}

/** The query within what Grafana fills a variable with. */
function toPromql(expr: string): string {
  const filled = fillVariables(expr);
  const values = /^label_values\((.+), \w+\)$/s.exec(filled)?.[1];
  return values ?? /^query_result\((.+)\)$/s.exec(filled)?.[1] ?? filled;
}
