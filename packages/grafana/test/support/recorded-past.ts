import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RecordingRule } from '../../src/rule-file';
import { createBlocks } from './history';
import type { RunningPrometheus } from './prometheus';

/** What recording rules would have recorded, had they been there. */
export interface RecordedPast {
  readonly promtool: string;
  readonly database: string;
  /** A Prometheus that knows the past. */
  readonly prometheus: RunningPrometheus;
  readonly rules: readonly RecordingRule[];
  /** Seconds since the Unix epoch. */
  readonly from: number;
  readonly until: number;
  readonly everySeconds: number;
}

interface RangeResult {
  readonly result: readonly {
    readonly metric: Readonly<Record<string, string>>;
    readonly values: readonly (readonly [time: number, value: string])[];
  }[];
}

/**
 * Writes what the rules would have recorded. `promtool` can do so as well, but not where a rule
 * needs what another one records, and with a block for each rule.
 */
export async function writeRecordedPast(past: RecordedPast): Promise<void> {
  const { prometheus, from, until, everySeconds, database } = past;
  const file = join(database, 'recorded.openmetrics');
  const range = {
    start: String(Math.ceil(from / everySeconds) * everySeconds),
    end: String(until),
    step: String(everySeconds),
  };
  let text = '';
  for (const { record, expr } of inlineRecorded(past.rules)) {
    const { result } = await prometheus.api<RangeResult>('query_range', { query: expr, ...range });
    for (const { metric, values } of result) {
      const { __name__: _, ...labels } = metric;
      const pairs = Object.entries(labels).map(([name, value]) => `${name}="${value}"`);
      const series = `${record}{${pairs.join(',')}}`;
      for (const [time, value] of values) text += `${series} ${value} ${time}\n`;
    }
  }
  writeFileSync(file, `${text}# EOF\n`);
  createBlocks(past, file);
}

/** Puts in the place of what another rule records the expression that it is recorded from. */
function inlineRecorded(rules: readonly RecordingRule[]): readonly RecordingRule[] {
  const known = new Map<string, string>();
  return rules.map((rule) => {
    let { expr } = rule;
    for (const [name, meaning] of known) expr = expr.replaceAll(name, `(${meaning})`);
    known.set(rule.record, expr);
    return { ...rule, expr };
  });
}
