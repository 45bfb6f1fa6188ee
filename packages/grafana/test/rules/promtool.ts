import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  createRuleGroups,
  DEFAULT_CONFIG,
  type RuleConfig,
  scaleDurations,
  toYaml,
} from '../../src';
import type { AlertCase, AlertCases, Clock, Firing } from './alert-case';

/** Runs cases at the same time, each as a job of its own; gives what is not as it should be. */
export function runCases(
  promtool: string,
  clock: Clock,
  alerts: readonly AlertCases[],
): readonly string[] {
  const named = alerts.flatMap(({ alert, cases }) =>
    cases.map((alertCase) => ({ ...alertCase, job: toJob(alert, alertCase) })),
  );
  const test = {
    interval: clock.interval,
    input_series: named.flatMap(({ job, series }) => toInputSeries(job, series)),
    promql_expr_test: named.flatMap(({ job, firing }) =>
      Object.entries(firing).map(([time, expected]) => ({
        expr: `ALERTS{alertstate="firing",job="${job}"}`,
        eval_time: time,
        exp_samples: expected.map((labels) => ({ labels: toAlertSeries(job, labels), value: 1 })),
      })),
    ),
  };
  return runTest(promtool, clock, test);
}

/** Runs one test in promtool's own format; gives what is not as it should be. */
export function runTest(promtool: string, clock: Clock, test: object): readonly string[] {
  const folder = mkdtempSync(join(tmpdir(), 'turnspan-rules-'));
  const rules = createRuleGroups(toConfig(clock));
  const file = { rule_files: ['rules.yml'], evaluation_interval: clock.interval, tests: [test] };
  writeFileSync(join(folder, 'rules.yml'), toYaml(rules));
  writeFileSync(join(folder, 'test.yml'), toYaml(file));
  const { status, stdout, stderr } = spawnSync(
    promtool,
    ['test', 'rules', join(folder, 'test.yml')],
    { encoding: 'utf8' },
  );
  rmSync(folder, { recursive: true });
  return status === 0 ? [] : `${stdout}${stderr}`.trim().split('\n');
}

function toConfig({ factor, pastDays }: Clock): RuleConfig {
  const past = pastDays * 86_400;
  const durations = { ...DEFAULT_CONFIG.durations, baseline: past, week: past };
  return scaleDurations({ ...DEFAULT_CONFIG, durations }, factor);
}

/** Gives series the labels of a bot that is scraped. */
export function toInputSeries(
  job: string,
  series: Readonly<Record<string, string>>,
): readonly object[] {
  return Object.entries(series).map(([selector, values]) => ({
    series: withTarget(job, selector),
    values,
  }));
}

function withTarget(job: string, selector: string): string {
  const [name = '', matchers = ''] = selector.replace('}', '').split('{');
  const target = matchers.includes('instance=') ? '' : 'instance="one"';
  return `${name}{${[`job="${job}"`, target, matchers].filter(Boolean).join(',')}}`;
}

function toJob(alert: string, { kind, name }: AlertCase): string {
  return `${alert} ${kind}: ${name}`;
}

function toAlertSeries(job: string, labels: Firing): string {
  const pairs = Object.entries({ alertstate: 'firing', job, ...labels });
  return `ALERTS{${pairs.map(([name, value]) => `${name}="${value}"`).join(',')}}`;
}
