import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeWith } from '../../../test/support/servers/binary';
import {
  type AlertingRule,
  createRuleGroups,
  DEFAULT_CONFIG,
  scaleDurations,
  toYaml,
} from '../src';
import { type AlertCase, FAST } from './rules/alert-case';
import { RISK_CASES } from './rules/cases/risk-cases';
import { findUnknown } from './rules/find-unknown';
import { runTest, toInputSeries } from './rules/promtool';

const RUNBOOKS = join(__dirname, '../../../docs/runbooks');

const queries = readdirSync(RUNBOOKS).flatMap((file) => {
  const text = readFileSync(join(RUNBOOKS, file), 'utf8');
  return Array.from(text.matchAll(/```promql\n([^`]+)\n```/g), ([, query = '']) => ({
    file,
    query,
  }));
});

describe('the queries of the runbooks', () => {
  it('are in every runbook', () => {
    const pages = readdirSync(RUNBOOKS).filter((file) => file !== 'README.md');

    expect(queries.map(({ file }) => file)).toEqual(pages);
  });

  it.each(queries)('of $file ask for what there is', ({ query }) => {
    expect(findUnknown(query)).toEqual([]);
  });
});

describeWith('promtool', (promtool) => {
  it.each([
    ['the rules', createRuleGroups()],
    ['the rules of compressed time', createRuleGroups(scaleDurations(DEFAULT_CONFIG, 1 / 1440))],
    [
      'the queries of the runbooks',
      {
        groups: [
          {
            name: 'runbooks',
            rules: queries.map(({ query }, index) => ({ record: `query_${index}`, expr: query })),
          },
        ],
      },
    ],
  ])('finds nothing to complain of in %s', (_, rules) => {
    expect(checkRules(promtool, toYaml(rules))).toBe('');
  });

  it('names the signs in the alert about a risk', () => {
    const { series, firing } = findRisk();
    const [time = ''] = Object.entries(firing).find(([, alerts]) => alerts.length > 0) ?? [];
    const { alert, labels, annotations } = findAlert('WhatsappQualityAtRisk');

    const complaints = runTest(promtool, FAST, {
      interval: FAST.interval,
      input_series: toInputSeries('bot', series),
      alert_rule_test: [
        {
          alertname: alert,
          eval_time: time,
          exp_alerts: [
            {
              exp_labels: { ...labels, job: 'bot', line: '1001' },
              exp_annotations: {
                ...annotations,
                summary: 'The quality of 1001 is green, but at risk',
                description:
                  '2 early signs hold for 1001, which is still rated green: negative_feedback opt_outs.',
                dashboard_url: 'http://localhost:3000/d/turnspan-quality?var-job=bot&var-line=1001',
              },
            },
          ],
        },
      ],
    });

    expect(complaints).toEqual([]);
  }, 120_000);
});

function findRisk(): AlertCase {
  const [risk] = RISK_CASES.flatMap(({ cases }) => cases);
  if (risk === undefined) throw new Error('There are no cases about risk.');
  return risk;
}

function findAlert(name: string): AlertingRule {
  const rules = createRuleGroups().groups.flatMap((group) => group.rules);
  const found = rules.find((rule) => 'alert' in rule && rule.alert === name);
  if (found === undefined || !('alert' in found)) throw new Error(`There is no alert ${name}.`);
  return found;
}

/** What promtool complains of. */
function checkRules(promtool: string, text: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'turnspan-rules-'));
  const file = join(folder, 'rules.yml');
  writeFileSync(file, text);
  const { status, stdout, stderr } = spawnSync(promtool, ['check', 'rules', file], {
    encoding: 'utf8',
  });
  rmSync(folder, { recursive: true });
  return status === 0 ? stderr : `${stdout}${stderr}`;
}
