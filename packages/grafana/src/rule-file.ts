import { stringify } from 'yaml';

/** A rule that records the result of an expression under a new name. */
export interface RecordingRule {
  readonly record: string;
  readonly expr: string;
  readonly labels?: Readonly<Record<string, string>>;
}

/** A rule that alerts for every series that an expression gives. */
export interface AlertingRule {
  readonly alert: string;
  readonly expr: string;
  readonly for: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}

/** Rules that are evaluated one after the other. */
export interface RuleGroup {
  readonly name: string;
  readonly interval: string;
  readonly rules: readonly (RecordingRule | AlertingRule)[];
}

/** A file of rules, in the shape that Prometheus reads. */
export interface RuleFile {
  readonly groups: readonly RuleGroup[];
}

/** Writes rules, or a part of the configuration of Alertmanager, as YAML. */
export function toYaml(content: object): string {
  return stringify(content, { lineWidth: 100, aliasDuplicateObjects: false });
}
