import { type Evidence, type Measure, type Subject, writeCount } from '@turnspan/insights';

/** What moves, as people would say it. */
const MEASURES: Readonly<Record<Measure, string>> = {
  drop_off: 'fell silent',
  confusion: 'confused',
  loop: 'in circles',
  bot_failure: 'bot failed',
  slow_answer: 'bot slower',
  slow_reply: 'slower to reply',
  opt_out: 'opted out',
  negative_feedback: 'complained',
  failed_message: 'not delivered',
  unread: 'did not read',
  volume: 'how many',
};

/** What a measure is called. */
export function nameMeasure(measure: Measure): string {
  return MEASURES[measure];
}

/** What a suspect is called: its node and flow, or its template. */
export function nameSubject(subject: Subject): string {
  return subject.kind === 'node'
    ? `${subject.node} of ${subject.flow}`
    : `template ${subject.template}`;
}

/** Evidence in words: what happened to how many more, of late. */
export function tellEvidence({ measure, windowDays, ratio, peopleAtLeast }: Evidence): string {
  const times = `${Number(ratio.toPrecision(2))} times the usual`;
  const people = `${writeCount(peopleAtLeast)} people more at least`;
  return `${MEASURES[measure]}: ${times} in ${windowDays} days, ${people}`;
}
