import { spawnSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { parse } from 'yaml';
import { describeWith } from '../../../test/support/servers/binary';
import { createDashboards } from '../src/dashboards';

const EXAMPLE = join(__dirname, '../../../examples/observability');
const COMPOSE = join(EXAMPLE, 'docker-compose.yaml');
const VERSION = /:v?\d+\.\d+\.\d+(?:-[\w-]+)?$/;

interface Service {
  readonly image?: string;
  readonly build?: { readonly context: string; readonly dockerfile: string };
  readonly command?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly volumes?: readonly string[];
  readonly ports?: readonly string[];
  readonly healthcheck?: { readonly test: readonly string[] };
  readonly depends_on?: readonly string[] | Readonly<Record<string, unknown>>;
}

const read = (file: string) => parse(readFileSync(join(EXAMPLE, file), 'utf8'));
const services: Readonly<Record<string, Service>> = read('docker-compose.yaml').services;
const cases = Object.entries(services).map(([name, service]) => ({ name, service }));

/** Files and folders that a service gets, by where it finds them. */
function mountsOf({ volumes = [] }: Service): ReadonlyMap<string, string> {
  const mounts = volumes
    .map((volume) => volume.split(':'))
    .filter(([source = '']) => source.startsWith('.'));
  return new Map(mounts.map(([source = '', target = '']) => [target, resolve(EXAMPLE, source)]));
}

function get(name: string): Service {
  const service = services[name];
  if (service === undefined) throw new Error(`There is no service ${name}.`);
  return service;
}

describe('the example in containers', () => {
  it('has all that the dashboards need', () => {
    expect(Object.keys(services)).toEqual([
      'bot',
      'collector',
      'tempo',
      'prometheus',
      'alertmanager',
      'grafana',
    ]);
  });

  it.each(cases)('takes $name in a version that stays the same', ({ service }) => {
    const { image, build } = service;
    const dockerfile =
      build && readFileSync(resolve(EXAMPLE, build.context, build.dockerfile), 'utf8');
    const images = dockerfile === undefined ? [image] : dockerfile.match(/(?<=^FROM )\S+/gm);

    expect(images).toHaveLength(1);
    expect(images?.[0]).toMatch(VERSION);
  });

  it.each(cases)('gives $name only files that there are, to be read', ({ service }) => {
    const missing = [...mountsOf(service).values()].filter((source) => !existsSync(source));
    const writable = (service.volumes ?? []).filter(
      (each) => /^\./.test(each) && !/:ro$/.test(each),
    );

    expect([missing, writable]).toEqual([[], []]);
  });

  it.each(cases)('opens ports of $name to this machine only', ({ service }) => {
    for (const port of service.ports ?? []) expect(port).toMatch(/^127\.0\.0\.1:(\d+):\1$/);
  });

  it('looks after the health of everything that has a program for it', () => {
    const without = cases.filter(({ service }) => service.healthcheck === undefined);

    expect(without.map(({ name }) => name)).toEqual(['collector']);
  });

  it('waits only for what there is', () => {
    const names = cases.flatMap(({ service: { depends_on = [] } }) =>
      Array.isArray(depends_on) ? depends_on : Object.keys(depends_on),
    );

    expect(names.filter((name) => services[name] === undefined)).toEqual([]);
  });

  it('leads traces from the bot to Tempo', () => {
    const { receivers, exporters, service } = read('collector.yaml');
    const tempo = read('tempo.yaml').distributor.receivers.otlp.protocols.grpc.endpoint;
    const { traces } = service.pipelines;

    expect(get('bot').environment?.OTEL_EXPORTER_OTLP_ENDPOINT).toBe(
      receivers.otlp.protocols.http.endpoint.replace('0.0.0.0', 'http://collector'),
    );
    expect(exporters.otlp.endpoint).toBe(tempo.replace('0.0.0.0', 'tempo'));
    expect([traces.receivers, traces.exporters]).toEqual([['otlp'], ['otlp']]);
  });

  it('lets Prometheus keep exemplars of the bot', () => {
    const jobs = read('prometheus.yaml').scrape_configs.map(
      ({ job_name, static_configs }: { job_name: string; static_configs: unknown }) => [
        job_name,
        static_configs,
      ],
    );

    expect(get('prometheus').command).toContain('--enable-feature=exemplar-storage');
    expect(jobs).toContainEqual(['pizza-bot', [{ targets: ['bot:9464'] }]]);
  });

  it('tells Grafana where Prometheus and Tempo are', () => {
    const file = mountsOf(get('grafana')).get(
      '/etc/grafana/provisioning/datasources/turnspan.yaml',
    );
    const { datasources } = parse(readFileSync(String(file), 'utf8'));

    const urls = datasources.map(({ url }: { readonly url: string }) => url);
    const { http_listen_port: port } = read('tempo.yaml').server;
    expect(urls).toEqual(['http://prometheus:9090', `http://tempo:${port}`]);
  });

  it('begins with the first dashboard, which anybody may look at', () => {
    const { environment = {} } = get('grafana');
    const home = String(environment.GF_DASHBOARDS_DEFAULT_HOME_DASHBOARD_PATH);
    const folder = String(mountsOf(get('grafana')).get(dirname(home)));

    expect(basename(home)).toBe(createDashboards()[0]?.file);
    expect(existsSync(join(folder, basename(home)))).toBe(true);
    expect(environment).toMatchObject({
      GF_AUTH_ANONYMOUS_ENABLED: 'true',
      GF_AUTH_ANONYMOUS_ORG_ROLE: 'Viewer',
    });
  });
});

describeWith('docker-compose', (compose) => {
  const check = (file: string) =>
    spawnSync(compose, ['--file', file, 'config', '--quiet'], { encoding: 'utf8' });

  it('takes the file', () => {
    const { status, stderr } = check(COMPOSE);

    expect(stderr).toBe('');
    expect(status).toBe(0);
  }, 60_000);

  it('does not take anything', () => {
    const folder = mkdtempSync(join(tmpdir(), 'turnspan-compose-'));
    const broken = join(folder, 'docker-compose.yaml');
    writeFileSync(broken, readFileSync(COMPOSE, 'utf8').replace('healthcheck:', 'healthchek:'));

    const { status } = check(broken);

    rmSync(folder, { recursive: true });
    expect(status).not.toBe(0);
  }, 60_000);
});

/** Runs a check in a folder that has the files of a service as its container has them. */
function checkMounted(service: Service, command: readonly string[]) {
  const folder = mkdtempSync(join(tmpdir(), 'turnspan-compose-'));
  for (const [target, source] of mountsOf(service)) {
    copyFileSync(source, join(folder, basename(target)));
  }
  const config = service.command?.find((word) => word.startsWith('--config.file=')) ?? '';
  const [program = '', ...words] = [...command, basename(config)];
  const { status, stdout, stderr } = spawnSync(program, words, { cwd: folder, encoding: 'utf8' });
  rmSync(folder, { recursive: true });
  return { status, said: `${stdout}${stderr}` };
}

describeWith('promtool', (promtool) => {
  it('takes the configuration of Prometheus with the rules', () => {
    const { status, said } = checkMounted(get('prometheus'), [promtool, 'check', 'config']);

    expect(said).toContain('SUCCESS: 1 rule files found');
    expect(said).toMatch(/SUCCESS: \d\d+ rules found/);
    expect(status).toBe(0);
  });
});

describeWith('amtool', (amtool) => {
  it('takes the configuration of Alertmanager', () => {
    const { status, said } = checkMounted(get('alertmanager'), [amtool, 'check-config']);

    expect(said).toContain('3 inhibit rules');
    expect(status).toBe(0);
  });
});
