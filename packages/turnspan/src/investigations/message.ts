import type { Answer, Investigation, Suspect } from '@turnspan/insights';
import { nameSubject, tellEvidence } from '../cli/report/measure-words';
import type { Occasion } from './occasion';
import type { InvestigationsOptions } from './options';
import { tellTrigger } from './trigger-words';

/** Beyond that, whoever wants to know more looks at the console. */
const MOST_SUSPECTS = 5;
const MOST_EVIDENCE = 3;

/** An investigation as it is posted: what changed, and nodes and templates with counts. */
export function toMessage(
  occasion: Occasion,
  answer: Answer<Investigation>,
  format: InvestigationsOptions['format'],
): string {
  const text = tell(occasion, answer);
  if (format === 'slack') return JSON.stringify({ text: escapeForSlack(text) });
  const { id, at } = occasion;
  return JSON.stringify({
    ...{ kind: 'investigation', id, at, text, trigger: toTold(occasion) },
    ...toFindings(answer),
  });
}

function toTold({ trigger }: Occasion): object {
  if (trigger.kind !== 'quality') return trigger;
  const { subject, attribute, from, to } = trigger;
  const { kind, id, name, language } = subject;
  return { subject: { kind, id, name, language }, attribute, from, to };
}

function toFindings(answer: Answer<Investigation>): object {
  if (answer.kind !== 'found') return { notEnoughData: answer.reason, suspects: [] };
  const suspects = answer.value.suspects.slice(0, MOST_SUSPECTS);
  return {
    suspects: suspects.map(({ subject, score, evidence }) => ({
      subject,
      score,
      evidence: evidence.map(({ measure, windowDays, observed, expected, peopleAtLeast, q }) => {
        return { measure, windowDays, observed, expected, peopleAtLeast, q };
      }),
    })),
  };
}

function tell({ trigger, at }: Occasion, answer: Answer<Investigation>): string {
  const head = `${tellTrigger(trigger)} at ${new Date(at).toISOString()}.`;
  return [head, ...tellFindings(answer)].join('\n');
}

function tellFindings(answer: Answer<Investigation>): readonly string[] {
  if (answer.kind !== 'found') return [`Not enough data: ${answer.reason}`];
  const { suspects } = answer.value;
  if (suspects.length === 0) return ['Nothing got worse beyond chance before it.'];
  return [
    'What got worse before it, the gravest first:',
    ...suspects.slice(0, MOST_SUSPECTS).flatMap(tellSuspect),
    'That it came before does not prove that it was the cause.',
  ];
}

function tellSuspect({ subject, evidence }: Suspect, index: number): readonly string[] {
  const told = [...new Set(evidence.slice(0, MOST_EVIDENCE).map(tellEvidence))];
  return [`${index + 1}. ${nameSubject(subject)}`, ...told.map((each) => `    • ${each}`)];
}

/** Slack takes these three as the beginning of something else. */
function escapeForSlack(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
