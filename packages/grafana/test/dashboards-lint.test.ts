import type { Panel, VariableModel } from '@grafana/grafana-foundation-sdk/dashboard';
import { describeWith } from '../../../test/support/servers/binary';
import { createDashboards } from '../src/dashboards';
import { checkQueries } from './dashboard-promtool';
import { DASHBOARD_QUERIES, readDataQueries, readPanels } from './dashboard-queries';
import { readSelectors } from './dashboard-selectors';

/*
 * The rules of Grafana's dashboard linter, each by its name, as they apply to dashboards that ask one
 * Prometheus.
 */
const dashboards = createDashboards();
const cases = dashboards.map((dashboard) => [dashboard.file, dashboard] as const);
const panels = dashboards.flatMap((dashboard) =>
  readPanels(dashboard).map((panel) => [`${dashboard.file}: ${panel.title}`, panel] as const),
);
const targets = DASHBOARD_QUERIES.filter(({ source }) => source === 'panel').map(
  ({ place, expr }) => [place, expr] as const,
);
const selectors = targets.flatMap(([place, expr]) =>
  readSelectors(expr).map((selector) => ({ place, selector })),
);
const TEMPLATED = { type: 'prometheus', uid: ['$', '{datasource}'].join('') };

/** Units of Grafana that the dashboards use, as its picker of units spells them. */
const UNITS = ['none', 'short', 's', 'percentunit', 'dateTimeFromNow', 'dtdurations'];

function findVariables(list: readonly VariableModel[] | undefined, name: string): VariableModel[] {
  return (list ?? []).filter((variable) => variable.name === name);
}

function isRecorded({ name }: { readonly name: string }): boolean {
  return name.includes(':');
}

describe('rules about variables', () => {
  it.each(cases)(
    'template-datasource-rule: the first one picks the Prometheus, in %s',
    (_file, { json }) => {
      const [first] = json.templating?.list ?? [];

      expect(first).toMatchObject({
        type: 'datasource',
        name: 'datasource',
        label: 'Data source',
        query: 'prometheus',
      });
    },
  );

  it.each([
    ['template-job-rule', 'job', 'Job'],
    ['template-instance-rule', 'instance', 'Instance'],
  ])('%s: %s can be chosen everywhere', (_rule, name, label) => {
    for (const { json } of dashboards) {
      expect(findVariables(json.templating?.list, name)).toMatchObject([
        {
          type: 'query',
          label,
          datasource: TEMPLATED,
          multi: true,
          includeAll: true,
          allValue: '.+',
        },
      ]);
    }
  });

  it.each(cases)(
    'template-label-promql-rule: lists come from queries, in %s',
    (_file, { json }) => {
      const queries = (json.templating?.list ?? [])
        .filter(({ type }) => type === 'query')
        .map(({ query }) => String(query));

      for (const query of queries) {
        expect(query).toMatch(/^(?:label_values\(.+, [a-z]+\)|query_result\(.+\))$/);
      }
    },
  );

  it.each(cases)(
    'template-on-time-change-reload-rule: lists follow the time, in %s',
    (_file, { json }) => {
      const lists = (json.templating?.list ?? []).filter(({ type }) => type === 'query');

      expect(lists.map(({ refresh }) => refresh)).toEqual(lists.map(() => 2));
    },
  );
});

describe('rules about panels', () => {
  it.each(panels)('panel-datasource-rule: the chosen one is asked by %s', (_name, panel) => {
    expect(panel.datasource).toEqual(TEMPLATED);
    for (const { datasource } of readDataQueries(panel)) expect(datasource).toEqual(TEMPLATED);
  });

  it.each(panels)('panel-title-description-rule: both are there in %s', (_name, panel) => {
    expect(panel.title).toMatch(/^[A-Z]/);
    expect(panel.description).toMatch(/^[A-Z].*\.$/s);
  });

  it.each(panels)('panel-units-rule: Grafana knows the units of %s', (_name, panel) => {
    expect(readUnits(panel).filter((unit) => !UNITS.includes(unit))).toEqual([]);
    expect(panel.fieldConfig?.defaults.unit).toBeDefined();
  });

  it.each(panels)('panel-no-targets-rule: something is asked by %s', (_name, panel) => {
    expect(readDataQueries(panel).length).toBeGreaterThan(0);
  });

  it.each(cases)('uneditable-dashboard-rule: %s is read-only', (_file, { json }) => {
    expect(json.editable).toBe(false);
  });
});

function readUnits({ fieldConfig }: Panel): readonly string[] {
  const overrides = (fieldConfig?.overrides ?? []).flatMap(({ properties }) => properties);
  const units = overrides.filter(({ id }) => id === 'unit').map(({ value }) => String(value));
  return [fieldConfig?.defaults.unit ?? '', ...units];
}

describe('rules about queries', () => {
  it('target-logql-rule and target-logql-auto-rule: nobody is asked for logs, so they never apply', () => {
    const types = dashboards.flatMap(({ json }) =>
      (json.templating?.list ?? [])
        .filter(({ type }) => type === 'datasource')
        .map(({ query }) => query),
    );

    expect(types).not.toContain('loki');
  });

  it('target-rate-interval-rule: a rate is one of the interval that Grafana chooses', () => {
    const wrong = selectors.filter(
      ({ selector: { taker, range } }) => /^i?rate$/.test(taker) && range !== '$__rate_interval',
    );

    expect(wrong).toEqual([]);
    expect(selectors.filter(({ selector }) => selector.taker === 'rate').length).toBeGreaterThan(0);
  });

  it('target-counter-agg-rule: a counter is only asked how much it grew', () => {
    const wrong = selectors.filter(
      ({ selector: { name, taker, range } }) =>
        name.endsWith('_total') && (!/^(?:i?rate|increase)$/.test(taker) || range === undefined),
    );

    expect(wrong).toEqual([]);
  });

  it('target-job-rule: every selection is one of the chosen jobs', () => {
    const wrong = selectors.filter(({ selector }) => selector.labels.job !== '=~$job');

    expect(wrong).toEqual([]);
  });

  it('target-instance-rule: and of the chosen instances, except for what rules recorded, which is about all of them', () => {
    const wrong = selectors.filter(
      ({ selector }) => !isRecorded(selector) && selector.labels.instance !== '=~$instance',
    );
    const recorded = selectors.filter(({ selector }) => isRecorded(selector));

    expect(wrong).toEqual([]);
    expect(recorded.filter(({ selector }) => 'instance' in selector.labels)).toEqual([]);
  });
});

describeWith('promtool', (promtool) => {
  it('target-promql-rule: it understands every query', () => {
    const { complaints, checked } = checkQueries(promtool, DASHBOARD_QUERIES);

    expect(complaints).toBe('');
    expect(checked).toBe(DASHBOARD_QUERIES.length);
  });

  it('finds a query that is none', () => {
    const broken = { place: 'here', source: 'panel' as const, expr: 'sum(', instant: true };

    expect(checkQueries(promtool, [broken]).complaints).toContain('here');
  });
});
