import type { Subject } from '@turnspan/insights';
import type { InvestigationTrigger } from '../../documents/investigations';
import type { Dictionary } from '../language/dictionary';
import type { Page } from '../page';
import { nameAttribute, nameSubject, nameValue } from '../quality/words';

/** Why an investigation began, in a sentence. */
export function sayTrigger(
  trigger: InvestigationTrigger,
  { text, format }: Pick<Page, 'text' | 'format'>,
): string {
  switch (trigger.kind) {
    case 'quality': {
      const subject = nameSubject(trigger.subject, text);
      const attribute = nameAttribute(trigger.attribute, text);
      const to = nameValue(trigger.to, text);
      if (trigger.from === undefined) return text.investigation.became({ subject, attribute, to });
      const from = nameValue(trigger.from, text);
      return text.investigation.changed({ subject, attribute, from, to });
    }
    case 'negative_feedback':
    case 'opt_out': {
      const { line, observed, expected, kind } = trigger;
      const told = { line, observed: format.count(observed), usual: format.number(expected) };
      return kind === 'opt_out'
        ? text.investigation.optOut(told)
        : text.investigation.negativeFeedback(told);
    }
    case 'request':
      return text.investigation.request;
  }
}

/** What a suspect is called. */
export function nameSuspect(subject: Subject, text: Dictionary): string {
  return subject.kind === 'node'
    ? `${subject.flow} / ${subject.node}`
    : `${text.subjects.template} ${subject.template}`;
}
