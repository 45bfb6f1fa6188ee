import { drawTable, type Paint } from '../table';
import type { Check } from './check';

const COLUMNS = [
  { title: 'check', width: 22 },
  { title: 'is', width: 7 },
  { title: 'found, and what to do', width: 47 },
];

/** Draws what was found for 80 columns, and ends with how many things are wrong. */
export function drawChecks(checks: readonly Check[], paint: Paint): string {
  const rows = checks.map(({ check, status, found, advice }) => [
    check,
    status,
    advice === undefined ? found : `${found}\n→ ${advice}`,
  ]);
  return `${drawTable(COLUMNS, rows, paint)}\n\n${summarize(checks)}`;
}

function summarize(checks: readonly Check[]): string {
  const count = (status: Check['status']) => checks.filter((each) => each.status === status).length;
  return `${count('ok')} ok, ${count('wrong')} wrong, ${count('skipped')} skipped.`;
}
