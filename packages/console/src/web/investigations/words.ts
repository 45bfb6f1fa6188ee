import type { Subject } from '@turnspan/insights';
import type { InvestigationTrigger } from '../../documents/investigations';
import type { Dictionary } from '../language/dictionary';
import { nameAttribute, nameSubject, nameValue } from '../quality/words';

/** Why an investigation began, in a sentence. */
export function sayTrigger(trigger: InvestigationTrigger, text: Dictionary): string {
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
      return text.investigation.negativeFeedback;
    case 'opt_out':
      return text.investigation.optOut;
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
