import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { METRICS, type MetricName } from '@turnspan/prometheus';
import { readSection, readTable } from '../../../test/support/markdown';
import { readFiles } from '../../../test/support/workspace';
import { DASHBOARD_UIDS } from '../src/dashboard-uids';
import { createDashboards } from '../src/dashboards';
import { RECORDED } from '../src/recorded';
import { createRuleGroups } from '../src/rule-groups';
import { DASHBOARD_QUERIES, readDataQueries, readPanels } from './dashboard-queries';
import { readSelectors, withoutSelectors } from './dashboard-selectors';

const FOLDER = join(__dirname, '../generated/dashboards');
const dashboards = createDashboards();
const cases = dashboards.map((dashboard) => [dashboard.file, dashboard] as const);
const panels = dashboards.flatMap((dashboard) =>
  readPanels(dashboard).map((panel) => ({ dashboard, panel })),
);

/** The name of the metric that a series belongs to, if it is one of ours. */
function toMetric(series: string): MetricName | undefined {
  const names = [series, series.replace(/_(?:bucket|sum|count)$/, '')];
  return names.find((name): name is MetricName => name in METRICS);
}

function collectNames(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  return Object.values(value as object).flatMap(collectNames);
}

const rules = createRuleGroups().groups.flatMap((group) => group.rules);
const recorded: readonly string[] = collectNames(RECORDED);

describe('the generated dashboards', () => {
  it.each(cases)('are those of the code: %s', (file, { json }) => {
    const text = `${JSON.stringify(json, undefined, 2)}\n`;

    if (process.env.UPDATE_GOLDEN) writeFileSync(join(FOLDER, file), text);

    expect(text).toBe(readFileSync(join(FOLDER, file), 'utf8'));
  });

  it('are all there is in their folder', () => {
    expect(readdirSync(FOLDER).sort()).toEqual(dashboards.map(({ file }) => file).sort());
  });

  it('come out the same every time', () => {
    expect(createDashboards()).toEqual(dashboards);
  });

  it('have the ids that alerts link to', () => {
    expect(dashboards.map(({ uid }) => uid).sort()).toEqual(Object.values(DASHBOARD_UIDS).sort());
    expect(dashboards.map(({ json }) => json.uid)).toEqual(dashboards.map(({ uid }) => uid));
  });
});

describe('the code of the dashboards', () => {
  const sources = readFiles('packages/grafana/src', /\.ts$/);
  const others = sources.filter(({ path }) => !path.includes('/src/dashboards/'));

  it('is imported by nothing that is shipped, as the SDK is not', () => {
    const importing = others.filter(({ text }) => /from '(?:\.\.?\/)+dashboards['/]/.test(text));

    expect(others.map(({ path }) => path)).toContain('packages/grafana/src/index.ts');
    expect(importing).toEqual([]);
  });
});

describe('the panels', () => {
  it.each(cases)('have ids of their own in %s', (_file, { json }) => {
    const ids = (json.panels ?? []).map(({ id }) => id);

    expect(new Set(ids).size).toBe(ids.length);
  });

  it.each(cases)('neither overlap nor stick out in %s', (_file, { json }) => {
    const cells = (json.panels ?? []).flatMap(({ gridPos }) => toCells(gridPos));

    expect(new Set(cells).size).toBe(cells.length);
    expect(cells.filter((cell) => Number(cell.split(',')[0]) >= 24)).toEqual([]);
  });

  it('of the first screen need no scrolling', () => {
    const [first] = dashboards;
    const row = first?.json.panels?.find(({ type }) => type === 'row');

    // A unit is 38 pixels with its gap; 1080 pixels without the bars of browser and Grafana.
    expect(row?.gridPos?.y).toBeLessThanOrEqual(22);
  });

  it.each(
    panels.map(({ dashboard, panel }) => [`${dashboard.file}: ${panel.title}`, panel] as const),
  )('name their queries apart: %s', (_name, panel) => {
    const names = readDataQueries(panel).map(({ refId }) => refId);

    expect(new Set(names).size).toBe(names.length);
  });
});

function toCells(
  position:
    | { readonly x: number; readonly y: number; readonly w: number; readonly h: number }
    | undefined,
): string[] {
  const { x, y, w, h } = position ?? { x: 0, y: 0, w: 0, h: 0 };
  return Array.from(
    { length: w * h },
    (_, index) => `${x + (index % w)},${y + Math.floor(index / w)}`,
  );
}

describe('the queries', () => {
  const queries = DASHBOARD_QUERIES.map((query) => [query.place, query.expr] as const);

  it.each(queries)('ask only for metrics and labels that exist: %s', (_place, expr) => {
    const unknown = readSelectors(expr).flatMap(({ name, labels }) => findUnknown(name, labels));

    expect(unknown).toEqual([]);
  });

  it.each(queries)('select nothing without braces: %s', (_place, expr) => {
    const words = withoutSelectors(expr).match(/[a-z_:][\w:]*/gi) ?? [];
    const found = words.filter((word) => toMetric(word) !== undefined || recorded.includes(word));

    expect(found).toEqual(
      expr.startsWith('label_values(turnspan_contained_errors_total,')
        ? ['turnspan_contained_errors_total']
        : [],
    );
  });

  it.each(cases)('use every variable of %s, and no other', (_file, { json }) => {
    const text = JSON.stringify({ ...json, templating: undefined });
    const list = json.templating?.list ?? [];
    const asked = `${text}${list.map(({ query }) => JSON.stringify(query)).join('')}`;
    const used = [...asked.matchAll(/\$\{?([a-z]\w*)/g)].map(({ 1: name = '' }) => name);
    const own = used.filter((name) => !name.startsWith('__'));

    expect([...new Set(own)].sort()).toEqual(list.map(({ name }) => name).sort());
  });
});

describe('the way to traces', () => {
  const queries = panels.flatMap(({ panel }) =>
    readDataQueries(panel).map(({ expr, exemplar, instant }) => ({
      panel,
      expr,
      exemplar,
      instant,
    })),
  );

  it('begins at the buckets of histograms over time, as nothing else has traces', () => {
    const asked = queries.filter(({ exemplar }) => exemplar === true);
    const able = queries.filter(
      ({ expr, instant }) => expr.includes('_bucket{') && instant !== true,
    );

    expect(asked).toEqual(able);
    expect(asked.length).toBeGreaterThan(0);
  });

  it('leads on from every line of such a panel', () => {
    const lines = queries.filter(
      ({ panel, exemplar }) => exemplar === true && panel.type === 'timeseries',
    );

    for (const { panel } of lines) {
      expect(panel.fieldConfig?.defaults.links?.[0]?.url).toMatch(/^\/explore\?.*\$\{traces\}/);
    }
  });
});

function findUnknown(name: string, labels: Readonly<Record<string, string>>): readonly string[] {
  const metric = toMetric(name);
  const known = metric === undefined ? toRecordedLabels(name) : METRICS[metric].labels;
  if (known === undefined) return name === '__name__' ? [] : [name];
  const always = metric === undefined ? [] : ['job', 'instance', 'le'];
  return Object.keys(labels)
    .filter((label) => ![...known, ...always].includes(label))
    .map((label) => `${name}{${label}}`);
}

function toRecordedLabels(name: string): readonly string[] | undefined {
  return recorded.includes(name) ? name.split(':')[0]?.split('_') : undefined;
}

describe('the guide', () => {
  const guide = readFileSync(join(__dirname, '../../../docs/guides/dashboards.md'), 'utf8');

  it('tells what each dashboard answers', () => {
    const titles = readTable(readSection(guide, 'What they answer')).map(([title]) => title);

    expect(titles).toEqual(dashboards.map(({ json }) => json.title?.replace('Turnspan / ', '')));
  });

  it('and the README name the files and their ids', () => {
    const readme = readFileSync(join(__dirname, '../README.md'), 'utf8');
    const rows = readTable(readSection(readme, 'Dashboards')).map(([file, uid]) => [file, uid]);

    expect(rows).toEqual(dashboards.map(({ file, uid }) => [file, uid]));
  });

  it('names every metric that no dashboard uses, and no other', () => {
    const asked = DASHBOARD_QUERIES.flatMap(({ expr }) => readSelectors(expr));
    const used = asked.flatMap(({ name }) => toSources(name));
    const unused = Object.keys(METRICS).filter((name) => !used.includes(name as MetricName));

    expect(readNames(readSection(guide, 'What they do not show'))).toEqual(unused);
  });
});

/** A metric itself; of what is recorded, what it is recorded from. */
function toSources(name: string): readonly MetricName[] {
  const metric = toMetric(name);
  if (metric !== undefined) return [metric];
  const expr = rules.find((rule) => 'record' in rule && rule.record === name)?.expr ?? '';
  return (expr.match(/\b[a-z]\w+/g) ?? []).map(toMetric).filter((source) => source !== undefined);
}

function readNames(section: string): readonly string[] {
  return [...section.matchAll(/^- `(\w+)`/gm)].map(({ 1: name = '' }) => name);
}
