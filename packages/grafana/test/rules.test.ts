import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type AlertingRule,
  createAlertmanagerInhibitions,
  createRuleGroups,
  DASHBOARD_UIDS,
  DEFAULT_CONFIG,
  RECORDED,
  type RecordingRule,
  scaleDurations,
} from '../src';
import { CASE_KINDS } from './rules/alert-case';
import { ALERT_CASES } from './rules/cases';
import { findUnknown } from './rules/find-unknown';

const RUNBOOKS = join(__dirname, '../../../docs/runbooks');
const HEADINGS = ['What it means', 'How to look', 'What to do', 'How to tune'];

const rules = createRuleGroups().groups.flatMap((group) => group.rules);
const alerts = rules.filter((rule): rule is AlertingRule => 'alert' in rule);
const records = rules.filter((rule): rule is RecordingRule => 'record' in rule);
const byName = alerts.map((alert) => [alert.alert, alert] as const);

describe('every alert', () => {
  it('has a name of its own', () => {
    const names = alerts.map(({ alert }) => alert);

    expect(new Set(names).size).toBe(names.length);
  });

  it.each(byName)('%s has cases of every kind', (name) => {
    const kinds = ALERT_CASES.filter(({ alert }) => alert === name).flatMap(({ cases }) =>
      cases.map(({ kind }) => kind),
    );

    expect([...new Set(kinds)].sort()).toEqual([...CASE_KINDS].sort());
  });

  it.each(byName)('%s is told apart by labels and explained by annotations', (_, alert) => {
    expect(alert.labels).toMatchObject({
      severity: expect.stringMatching(/^(?:warning|critical)$/),
      category: expect.stringMatching(/^(?:whatsapp|conversation|turnspan)$/),
    });
    expect(Object.keys(alert.annotations)).toEqual([
      'summary',
      'description',
      'runbook_url',
      'dashboard_url',
    ]);
    expect(alert.annotations.summary).toMatch(/^\S.{10,}$/);
    expect(alert.annotations.description).toMatch(/^\S.{20,}\.$/s);
  });

  it.each(byName)('%s keeps the job and leads to a dashboard', (_, alert) => {
    const url = new URL(alert.annotations.dashboard_url ?? '');

    expect(Object.values(DASHBOARD_UIDS).map(String)).toContain(url.pathname.replace('/d/', ''));
    expect(url.searchParams.get('var-job')).toBe('{{ $labels.job | urlquery }}');
  });

  it.each(byName)('%s has a runbook that says what to do', (name, alert) => {
    const { runbook_url: url = '' } = alert.annotations;
    const text = readRunbook(url.replace(`${DEFAULT_CONFIG.links.runbooks}/`, ''));

    expect(text.split('\n')[0]).toBe(`# ${name}`);
    expect(text).toContain(`Severity: ${alert.labels.severity}.`);
    expect(readHeadings(text)).toEqual(HEADINGS);
  });
});

describe('the runbooks', () => {
  const pages = readdirSync(RUNBOOKS).filter((file) => file !== 'README.md');

  it('are about alerts that there are', () => {
    const titles = pages.map((file) => readRunbook(file).split('\n')[0]?.replace('# ', ''));

    expect(titles.sort()).toEqual(alerts.map(({ alert }) => alert).sort());
  });

  it('are listed with their severity', () => {
    const rows = Array.from(
      readRunbook('README.md').matchAll(/^\| \[`(\w+)`\]\((\S+)\) \| (\w+) \|/gm),
      ([, alert, file, severity]) => ({ alert, file, severity }),
    );

    const expected = alerts.map(({ alert, labels, annotations }) => ({
      alert,
      file: annotations.runbook_url?.split('/').at(-1),
      severity: labels.severity,
    }));
    expect(sortByAlert(rows)).toEqual(sortByAlert(expected));
  });

  it.each(pages)('%s names settings that there are', (file) => {
    const [, tuning = ''] = readRunbook(file).split('## How to tune');
    const names = Array.from(tuning.matchAll(/`([a-z]+[A-Z]\w*)`/g), ([, name]) => name);

    const settings = Object.keys({ ...DEFAULT_CONFIG.durations, ...DEFAULT_CONFIG.thresholds });
    expect(settings).toEqual(expect.arrayContaining(names));
  });

  it('together name every threshold', () => {
    const text = pages.map(readRunbook).join('\n');

    const missing = Object.keys(DEFAULT_CONFIG.thresholds).filter(
      (name) => !text.includes(`\`${name}\``),
    );
    expect(missing).toEqual([]);
  });
});

describe('the rules', () => {
  it('record what is announced, and nothing else', () => {
    const recorded = new Set(records.map(({ record }) => record));

    expect([...recorded].sort()).toEqual([...new Set(collectNames(RECORDED))].sort());
  });

  it('record a series under one name once', () => {
    const keys = records.map(({ record, labels }) => `${record} ${labels?.sign ?? ''}`);

    expect(new Set(keys).size).toBe(keys.length);
  });

  it.each(rules.map((rule) => ['alert' in rule ? rule.alert : rule.record, rule] as const))(
    '%s asks for metrics and labels that there are',
    (_, { expr }) => {
      expect(findUnknown(expr)).toEqual([]);
    },
  );

  it('keep their names when time is compressed', () => {
    const compressed = createRuleGroups(scaleDurations(DEFAULT_CONFIG, 1 / 1440));

    const names = compressed.groups.flatMap((group) =>
      group.rules.map((rule) => ('alert' in rule ? rule.alert : rule.record)),
    );
    expect(names).toEqual(rules.map((rule) => ('alert' in rule ? rule.alert : rule.record)));
  });

  it('take thresholds, durations and links from whoever gives them', () => {
    const { groups } = createRuleGroups({
      durations: { forUrgent: 120 },
      thresholds: { sweepLag: 7 },
      links: { grafana: 'https://grafana.example.com' },
    });

    const changed = new Map(
      groups
        .flatMap((group) => group.rules)
        .flatMap((rule) => ('alert' in rule ? [[rule.alert, rule] as const] : [])),
    );
    expect(changed.get('TurnspanSweeperBehind')?.expr).toMatch(/> 7$/);
    expect(changed.get('WhatsappQualityRed')?.for).toBe('2m');
    expect(changed.get('WhatsappQualityRed')?.annotations.dashboard_url).toMatch(
      /^https:\/\/grafana\.example\.com\/d\//,
    );
  });

  it('are evaluated often enough for Prometheus to remember them', () => {
    const { interval, slowInterval } = DEFAULT_CONFIG.durations;

    expect(Math.max(interval, slowInterval)).toBeLessThan(5 * 60);
  });
});

describe('the inhibitions', () => {
  it('have sources among the alerts, and targets', () => {
    const sources = alerts.filter(({ labels }) => labels.sending !== undefined);
    const targets = alerts.filter(({ labels }) => labels.category === 'conversation');

    expect(sources.length).toBeGreaterThan(0);
    expect(targets.length).toBeGreaterThan(0);
    expect(sources.filter((source) => targets.includes(source))).toEqual([]);
  });

  const line = (id: string) => ({ job: 'bot', line: id });
  const blocked = { category: 'whatsapp', sending: 'blocked' };
  const flow = { job: 'bot', category: 'conversation', flow: 'order', node: 'size' };
  const talk = { category: 'conversation', channel: 'whatsapp' };

  it.each([
    {
      what: 'a node by any line',
      source: { ...blocked, ...line('1') },
      target: flow,
      expected: true,
    },
    {
      what: 'a node by the account',
      source: { ...blocked, job: 'bot', account: '2' },
      target: flow,
      expected: true,
    },
    {
      what: 'a line by itself',
      source: { ...blocked, ...line('1') },
      target: { ...talk, ...line('1') },
      expected: true,
    },
    {
      what: 'a line by another',
      source: { ...blocked, ...line('2') },
      target: { ...talk, ...line('1') },
      expected: false,
    },
    {
      what: 'a line by the account',
      source: { ...blocked, job: 'bot' },
      target: { ...talk, ...line('1') },
      expected: true,
    },
    {
      what: 'a node by another bot',
      source: { ...blocked, job: 'other' },
      target: flow,
      expected: false,
    },
    {
      what: 'a node by a red number',
      source: { category: 'whatsapp', ...line('1') },
      target: flow,
      expected: false,
    },
    {
      what: 'a limit by its line',
      source: { ...blocked, ...line('1') },
      target: { ...blocked, ...line('1') },
      expected: false,
    },
  ])('of $what', ({ source, target, expected }) => {
    expect(isMuted(source, target)).toBe(expected);
  });
});

type Labels = Readonly<Record<string, string>>;

/** What Alertmanager does with the inhibitions; a label that is missing is empty. */
function isMuted(source: Labels, target: Labels): boolean {
  const matches = (matchers: readonly string[], labels: Labels) =>
    matchers.every((matcher) => {
      const [, name = '', operator, value] = /^(\w+)(!?=)"(.*)"$/.exec(matcher) ?? [];
      return ((labels[name] ?? '') === value) === (operator === '=');
    });
  return createAlertmanagerInhibitions().some(
    ({ source_matchers, target_matchers, equal }) =>
      matches(source_matchers, source) &&
      matches(target_matchers, target) &&
      equal.every((name) => source[name] === target[name]),
  );
}

function readRunbook(file: string): string {
  return readFileSync(join(RUNBOOKS, file), 'utf8');
}

function readHeadings(text: string): readonly string[] {
  return Array.from(text.matchAll(/^## (.+)$/gm), ([, heading = '']) => heading);
}

function sortByAlert<Row extends { readonly alert: string | undefined }>(rows: readonly Row[]) {
  return rows.toSorted((a, b) => String(a.alert).localeCompare(String(b.alert)));
}

/** The names at the leaves of what is recorded. */
function collectNames(names: object): readonly string[] {
  return Object.values(names).flatMap((value) =>
    typeof value === 'string' ? [value] : collectNames(value),
  );
}
