import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** Kinds of panels, and where the SDK has the types of their options. */
const PANELS: Readonly<Record<string, string>> = {
  bargauge: 'bargauge',
  heatmap: 'heatmap',
  nodeGraph: 'nodegraph',
  stat: 'stat',
  'state-timeline': 'statetimeline',
  table: 'table',
  timeseries: 'timeseries',
};

/** Those without types of their own for what each of their fields looks like. */
const PLAIN: readonly string[] = ['bargauge', 'nodegraph', 'stat'];

/**
 * Has the compiler compare JSON with the types of Grafana's SDK: every name has to be one that the
 * type knows, every value has to be allowed, and nothing may be missing. What the compiler complains
 * of comes back, empty if there is nothing.
 */
export function checkSchema(dashboards: readonly unknown[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'turnspan-'));
  const file = join(folder, 'dashboards.ts');
  writeFileSync(file, toProgram(dashboards));
  const options = ['--ignoreConfig', '--noEmit', '--strict', '--module', 'nodenext', '--types', ''];

  const { stdout, error } = spawnSync(process.execPath, [findCompiler(), ...options, file], {
    encoding: 'utf8',
  });

  rmSync(folder, { recursive: true });
  if (error !== undefined) throw error;
  return stdout;
}

function toProgram(dashboards: readonly unknown[]): string {
  const modules = ['dashboard', 'prometheus', ...Object.values(PANELS)];
  return [
    ...modules.map((name) => `import type * as ${name} from '${findTypes(name)}';`),
    PLAIN_JSON,
    `type Panel = ${Object.entries(PANELS).map(toPanelType).join(' | ')};`,
    "type Row = Json<Omit<dashboard.RowPanel, 'panels'>> & { panels: [] };",
    "type Dashboard = Json<Omit<dashboard.Dashboard, 'panels'>> & { panels: (Panel | Row)[] };",
    `export const dashboards: Dashboard[] = ${JSON.stringify(dashboards, undefined, 1)};`,
  ].join('\n');
}

/** In JSON a member of an enum is its value, and there are no functions. */
const PLAIN_JSON = `
type Json<T> = 0 extends 1 & T ? any
  : T extends string ? \`\${T}\`
  : T extends number | boolean | null | undefined ? T
  : T extends readonly (infer E)[] ? Json<E>[]
  : { [K in keyof T as K extends '_implementsDataqueryVariant' ? never : K]: Json<T[K]> };
type Framed = Omit<dashboard.Panel, 'type' | 'options' | 'targets' | 'fieldConfig'>;
type Fields = Omit<dashboard.FieldConfig, 'custom'>;
type Of<Kind, Options, Custom> = Json<Framed> & {
  type: Kind;
  options: Json<Options>;
  targets: Json<prometheus.Dataquery>[];
  fieldConfig: {
    defaults: Json<Fields> & { custom?: Json<Custom> };
    overrides: Json<dashboard.FieldConfigSource['overrides']>;
  };
};`;

function toPanelType([kind, name]: readonly [string, string]): string {
  const custom = PLAIN.includes(name) ? 'Record<string, never>' : `${name}.FieldConfig`;
  return `Of<'${kind}', ${name}.Options, ${custom}>`;
}

function findTypes(name: string): string {
  return require.resolve(`@grafana/grafana-foundation-sdk/${name}`);
}

function findCompiler(): string {
  return join(dirname(require.resolve('typescript/package.json')), 'bin/tsc');
}
