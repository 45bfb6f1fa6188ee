import type { InvestigationDocument } from '@turnspan/console';
import { attempt } from '@turnspan/core';
import type { Answer, Investigation } from '@turnspan/insights';
import { INVESTIGATION_BYTES, type InvestigationRow } from '@turnspan/journal';
import type { Occasion } from './occasion';

/** An investigation as the journal has it: without what the bot says, which is in no journal. */
export type KeptInvestigation = Omit<InvestigationDocument, 'texts' | 'traces'>;

const DAY_MS = 86_400_000;
/** What an investigation looks at. */
const WINDOW_MS = 35 * DAY_MS;
/** What moved least clearly nobody scrolls to. */
const MOST_MOVEMENTS = 60;

/** What was found out about an occasion, without what nobody scrolls to. */
export function toKept(occasion: Occasion, answer: Answer<Investigation>): KeptInvestigation {
  const { id, at, trigger, until = at } = occasion;
  const suspects = answer.kind === 'found' ? answer.value.suspects : [];
  return {
    ...{ id, at, trigger },
    suspect: suspects[0]?.subject,
    suspects: suspects.length,
    enough: answer.kind === 'found',
    period: { since: until - WINDOW_MS, until },
    answer: cutAnswer(answer, { suspects: suspects.length, movements: MOST_MOVEMENTS }),
  };
}

/** An investigation as the journal takes it, however much was found out. */
export function toInvestigationRow(
  { id, at, trigger }: Occasion,
  kept: KeptInvestigation,
): InvestigationRow {
  return { id, at, ...toColumns(trigger), document: write(kept) };
}

function toColumns(
  trigger: Occasion['trigger'],
): Pick<InvestigationRow, 'trigger' | 'subject' | 'from' | 'to'> {
  if (trigger.kind === 'request') return { trigger: 'request', subject: '', from: null, to: '' };
  if (trigger.kind === 'quality') {
    const { subject, attribute, from = null, to } = trigger;
    return { trigger: attribute, subject: subject.id, from, to };
  }
  const { kind, line, observed, expected } = trigger;
  return { trigger: kind, subject: line, from: expected.toFixed(1), to: String(observed) };
}

/** An investigation that the journal had; undefined if it is none that can be read. */
export function parseKept({ id, at, document }: InvestigationRow): KeptInvestigation | undefined {
  const kept = attempt<Partial<KeptInvestigation> | null>(
    () => JSON.parse(document),
    () => undefined,
  );
  if (!kept?.trigger || !kept.answer || !kept.period) return undefined;
  const { trigger, answer, period, suspect, suspects = 0 } = kept;
  const enough = answer.kind === 'found';
  return { id, at, trigger, answer, period, suspect, suspects, enough };
}

/** Many names that are long are too much; then the least grave are left out. */
function write(kept: KeptInvestigation): string {
  let text = JSON.stringify(kept);
  for (let most = countParts(kept.answer) >> 1; isTooLarge(text) && most > 0; most >>= 1) {
    const answer = cutAnswer(kept.answer, { suspects: most, movements: most });
    text = JSON.stringify({ ...kept, answer });
  }
  return text;
}

function isTooLarge(text: string): boolean {
  return Buffer.byteLength(text) > INVESTIGATION_BYTES;
}

function countParts(answer: Answer<Investigation>): number {
  if (answer.kind !== 'found') return 0;
  return Math.max(answer.value.suspects.length, answer.value.movements.length);
}

function cutAnswer(
  answer: Answer<Investigation>,
  most: { readonly suspects: number; readonly movements: number },
): Answer<Investigation> {
  if (answer.kind !== 'found') return answer;
  const suspects = answer.value.suspects.slice(0, most.suspects);
  const movements = answer.value.movements.slice(0, most.movements);
  return { kind: 'found', value: { ...answer.value, suspects, movements } };
}
