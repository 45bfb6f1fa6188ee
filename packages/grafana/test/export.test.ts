import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parse } from 'yaml';
import { describeWith } from '../../../test/support/servers/binary';
import {
  createExport,
  createRuleGroups,
  type ExportedFile,
  type ExportFormat,
  readDashboards,
} from '../src';

const GENERATED = join(__dirname, '../generated');
const FILES = createExport(readDashboards());
const MANIFESTS = createExport(readDashboards(), { format: 'kubernetes' });

const NAMES = [
  'experiments',
  'journey',
  'quality-and-conversation',
  'response-time',
  'turnspan-itself',
  'whatsapp-delivery',
];

function find(files: readonly ExportedFile[], path: string): string {
  const file = files.find((each) => each.path === path);
  if (file === undefined) throw new Error(`${path} is not exported.`);
  return file.text;
}

describe('the export as files', () => {
  it('has everything in its place', () => {
    expect(FILES.map(({ path }) => path)).toEqual([
      ...NAMES.map((name) => `dashboards/${name}.json`),
      'provisioning/dashboards/turnspan.yaml',
      'provisioning/datasources/turnspan.yaml',
      'prometheus/turnspan.rules.yaml',
      'alertmanager/turnspan.inhibit.yaml',
      'alertmanager/turnspan.example.yaml',
    ]);
  });

  it.each(FILES)('is what lies in the folder of generated files: $path', ({ path, text }) => {
    const file = join(GENERATED, path);

    if (process.env.UPDATE_GOLDEN) {
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text);
    }

    expect(readFileSync(file, 'utf8')).toBe(text);
  });

  it('is all that lies there', () => {
    const lying = readdirSync(GENERATED, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(GENERATED.length + 1));

    expect(lying.sort()).toEqual(FILES.map(({ path }) => path).sort());
  });

  it('leads from exemplars to Tempo', () => {
    const { datasources } = parse(find(FILES, 'provisioning/datasources/turnspan.yaml'));
    const [prometheus, tempo] = datasources;

    expect(prometheus.jsonData.exemplarTraceIdDestinations).toEqual([
      { name: 'trace_id', datasourceUid: tempo.uid },
    ]);
    expect([prometheus.url, tempo.url]).toEqual(['http://prometheus:9090', 'http://tempo:3200']);
  });

  it('takes places and settings from whoever gives them', () => {
    const files = createExport(readDashboards(), {
      prometheusUrl: 'https://prometheus.example.com',
      tempoUrl: 'https://tempo.example.com',
      dashboardsPath: '/srv/dashboards',
      config: { thresholds: { sweepLag: 7 } },
    });

    const { datasources } = parse(find(files, 'provisioning/datasources/turnspan.yaml'));
    const { providers } = parse(find(files, 'provisioning/dashboards/turnspan.yaml'));
    const rules = parse(find(files, 'prometheus/turnspan.rules.yaml'));
    expect(datasources[0].url).toBe('https://prometheus.example.com');
    expect(datasources[1].url).toBe('https://tempo.example.com');
    expect(providers[0].options.path).toBe('/srv/dashboards');
    expect(rules).toEqual(createRuleGroups({ thresholds: { sweepLag: 7 } }));
  });
});

describe('the export for Kubernetes', () => {
  it('has everything in its place', () => {
    expect(MANIFESTS.map(({ path }) => path)).toEqual([
      ...NAMES.map((name) => `kubernetes/dashboards/${name}.yaml`),
      'kubernetes/turnspan.rules.yaml',
      'alertmanager/turnspan.inhibit.yaml',
      'alertmanager/turnspan.example.yaml',
    ]);
  });

  it.each(readDashboards())('puts $file into a ConfigMap as it is', ({ file, text }) => {
    const name = file.replace('.json', '');

    const manifest = parse(find(MANIFESTS, `kubernetes/dashboards/${name}.yaml`));

    expect(manifest).toEqual({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: {
        name: `turnspan-${name}`,
        labels: { 'app.kubernetes.io/name': 'turnspan', grafana_dashboard: '1' },
        annotations: { grafana_folder: 'Turnspan' },
      },
      data: { [file]: text },
    });
  });

  it('puts the rules into a PrometheusRule', () => {
    const { apiVersion, kind, spec } = parse(find(MANIFESTS, 'kubernetes/turnspan.rules.yaml'));

    expect([apiVersion, kind]).toEqual(['monitoring.coreos.com/v1', 'PrometheusRule']);
    expect(spec).toEqual(createRuleGroups());
  });

  it.each(MANIFESTS)('keeps every text of $path in its lines', ({ text }) => {
    expect(text).not.toMatch(/^\s*\S+: >/m);
  });

  it.each([
    [1_048_576, undefined],
    [1_048_577, 'The dashboard large.json has 1048577 bytes; a ConfigMap takes 1048576.'],
  ])('takes dashboards as large as a ConfigMap: %i bytes', (bytes, refusal) => {
    const large = { file: 'large.json', text: `"${'x'.repeat(bytes - 2)}"` };
    let message: string | undefined;

    try {
      createExport([large], { format: 'kubernetes' });
    } catch (error) {
      ({ message } = error as Error);
    }

    if (refusal === undefined) expect(message).toBeUndefined();
    else expect(message).toContain(refusal);
  });
});

/** Runs a check over one exported file, and gives the exit code with what it said. */
function check(command: readonly string[], text: string) {
  const folder = mkdtempSync(join(tmpdir(), 'turnspan-export-'));
  const file = join(folder, 'file.yaml');
  writeFileSync(file, text);
  const [program = '', ...words] = command;
  const { status, stdout, stderr } = spawnSync(program, [...words, file], { encoding: 'utf8' });
  rmSync(folder, { recursive: true });
  return { status, said: `${stdout}${stderr}` };
}

const FORMATS: readonly ExportFormat[] = ['files', 'kubernetes'];

describeWith('promtool', (promtool) => {
  it.each(FORMATS)('takes the rules of the format %s', (format) => {
    const files = createExport(readDashboards(), { format });
    const text =
      format === 'files'
        ? find(files, 'prometheus/turnspan.rules.yaml')
        : JSON.stringify(parse(find(files, 'kubernetes/turnspan.rules.yaml')).spec);

    const { status, said } = check([promtool, 'check', 'rules'], text);

    expect(said).toMatch(/SUCCESS: \d\d+ rules found/);
    expect(status).toBe(0);
  });

  it('does not take anything', () => {
    const broken = find(FILES, 'prometheus/turnspan.rules.yaml').replace('expr: ', 'expr: (');

    expect(check([promtool, 'check', 'rules'], broken).status).not.toBe(0);
  });
});

describeWith('amtool', (amtool) => {
  const route = 'route:\n  receiver: mine\nreceivers:\n  - name: mine\n';

  it.each([
    ['the example', find(FILES, 'alertmanager/turnspan.example.yaml')],
    [
      'the inhibitions in a configuration',
      route + find(FILES, 'alertmanager/turnspan.inhibit.yaml'),
    ],
  ])('takes %s', (_what, text) => {
    const { status, said } = check([amtool, 'check-config'], text);

    expect(said).toContain('3 inhibit rules');
    expect(status).toBe(0);
  });

  it('does not take anything', () => {
    const broken = find(FILES, 'alertmanager/turnspan.example.yaml').replace('sending=', 'sending');

    expect(check([amtool, 'check-config'], broken).status).not.toBe(0);
  });
});
