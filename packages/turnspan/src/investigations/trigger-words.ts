import type { InvestigationTrigger } from '@turnspan/console';
import { writeCount } from '@turnspan/insights';

/** Why an investigation began, without the time: the beginning of a sentence. */
export function tellTrigger(trigger: InvestigationTrigger): string {
  switch (trigger.kind) {
    case 'quality': {
      const { subject, attribute, from, to } = trigger;
      const change = from === undefined ? `became ${to}` : `went from ${from} to ${to}`;
      return `The ${attribute} of ${subject.kind} ${subject.name ?? subject.id} ${change}`;
    }
    case 'opt_out':
    case 'negative_feedback': {
      const { line, observed, expected, total, kind } = trigger;
      const what = kind === 'opt_out' ? 'people opted out' : 'messages met negative feedback';
      const usual = `${writeUsual(expected)} would have been usual for ${writeCount(total)} messages`;
      return `${writeCount(observed)} ${what} on line ${line}, where ${usual},`;
    }
    case 'request':
      return 'Somebody asked for it';
  }
}

/** Half a person is more than none. */
function writeUsual(expected: number): string {
  return expected < 10 ? String(Number(expected.toPrecision(2))) : writeCount(expected);
}
