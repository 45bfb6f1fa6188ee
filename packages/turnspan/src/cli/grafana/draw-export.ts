import type { ExportFormat } from '@turnspan/grafana';
import { type Column, drawTable } from '../table';
import type { FileState } from './write-files';

/** What was exported. */
export interface Exported {
  readonly out: string;
  readonly format: ExportFormat;
  readonly files: readonly FileState[];
}

const COLUMNS: readonly Column[] = [
  { title: 'file', width: 60 },
  { title: 'is', width: 10 },
];

/** What to do with the files, for each form of them. */
const NEXT: Readonly<Record<ExportFormat, readonly string[]>> = {
  files: [
    'Grafana     Put dashboards/ where provisioning/dashboards/turnspan.yaml says,',
    '            and the files of provisioning/ into its own provisioning folder.',
    'Prometheus  Name prometheus/turnspan.rules.yaml in rule_files. For traces,',
    '            start it with --enable-feature=exemplar-storage.',
    'Alerts      Add alertmanager/turnspan.inhibit.yaml to your Alertmanager, or',
    '            begin with alertmanager/turnspan.example.yaml.',
  ],
  kubernetes: [
    'Apply       kubectl apply --namespace monitoring --recursive --filename',
    '            kubernetes/, in the folder of the export.',
    'Grafana     Its sidecar takes ConfigMaps with the label grafana_dashboard.',
    'Prometheus  If it wants a label at rules (ruleSelector), add that label to',
    '            kubernetes/turnspan.rules.yaml.',
    'Alerts      Add alertmanager/turnspan.inhibit.yaml to your Alertmanager.',
  ],
};

/** Draws what became of each file, and says what comes next. */
export function drawExport({ out, format, files }: Exported): string {
  const rows = files.map(({ path, state }) => [path, state]);
  const written = files.filter(({ state }) => state !== 'unchanged').length;
  return [
    drawTable(COLUMNS, rows, (line) => line),
    '',
    `Wrote ${written} of ${files.length} files to ${out}.`,
    '',
    'Next:',
    ...NEXT[format],
  ].join('\n');
}
