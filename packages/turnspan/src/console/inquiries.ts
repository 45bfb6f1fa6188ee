import type {
  InvestigationDocument,
  InvestigationSummary,
  InvestigationTrigger,
} from '@turnspan/console';
import type { QualitySubject, Timestamp } from '@turnspan/core';
import {
  type Answer,
  findNegativeChanges,
  type Investigation,
  investigate,
  type RowSource,
  readEvidence,
} from '@turnspan/insights';
import type { QualityChangeRow } from '@turnspan/journal';
import type { KnownSteps } from './known-steps';

const DAY_MS = 86_400_000;
const LOOK_BACK_MS = 90 * DAY_MS;
const MOST_CHANGES = 10_000;
/** Each of them takes a moment; who wants an older one names its time. */
const MOST_INVESTIGATIONS = 12;
/** What an investigation looks at. */
const WINDOW_MS = 35 * DAY_MS;

/** Investigations of the changes for the worse that a journal knows of. */
export class Inquiries {
  readonly #source: RowSource;
  readonly #steps: KnownSteps;
  readonly #now: () => Timestamp;
  /** What was before a moment does not change any more. */
  readonly #answers = new Map<Timestamp, Promise<Answer<Investigation>>>();

  constructor(
    source: RowSource,
    { steps, now }: { readonly steps: KnownSteps; readonly now: () => Timestamp },
  ) {
    this.#source = source;
    this.#steps = steps;
    this.#now = now;
  }

  /** When each of them was, and what it is called, the latest first. */
  async list(): Promise<readonly Occasion[]> {
    const until = this.#now();
    const query = { since: until - LOOK_BACK_MS, until, limit: MOST_CHANGES };
    const rows = await this.#source.rows('quality_changes', query);
    // The columns are those of this very table.
    const changes = rows as unknown as readonly QualityChangeRow[];
    return findNegativeChanges(changes).map(toOccasion).reverse().slice(0, MOST_INVESTIGATIONS);
  }

  /** All of them, in short. */
  async summarize(): Promise<readonly InvestigationSummary[]> {
    const occasions = await this.list();
    const summaries: InvestigationSummary[] = [];
    for (const occasion of occasions) {
      summaries.push(toSummary(occasion, await this.#answer(occasion)));
    }
    return summaries;
  }

  /** One of them; undefined if there is none of that name. */
  async tell(id: string): Promise<InvestigationDocument | undefined> {
    const occasion = toRequest(id) ?? (await this.list()).find((each) => each.id === id);
    if (!occasion) return undefined;
    const answer = await this.#answer(occasion);
    const { at } = occasion;
    return {
      ...toSummary(occasion, answer),
      period: { since: at - WINDOW_MS, until: at },
      answer: cutMovements(answer),
      texts: this.#tellTexts(answer),
      traces: [],
    };
  }

  #answer({ at, trigger }: Occasion): Promise<Answer<Investigation>> {
    const known = this.#answers.get(at);
    if (known !== undefined) return known;
    const answer = readEvidence(this.#source, at).then((rows) => investigate(rows, at));
    // Anybody may ask for any moment; only what happened is remembered.
    if (trigger.kind === 'request') return answer;
    this.#answers.set(at, answer);
    answer.catch(() => this.#answers.delete(at));
    return answer;
  }

  #tellTexts(answer: Answer<Investigation>): InvestigationDocument['texts'] {
    if (answer.kind !== 'found') return [];
    return answer.value.suspects.flatMap(({ subject }) => {
      if (subject.kind !== 'node') return [];
      const { flow, node } = subject;
      return [{ flow, node, text: this.#steps.textOf(flow, node) }];
    });
  }
}

/** What moved least clearly nobody scrolls to. */
const MOST_MOVEMENTS = 60;

function cutMovements(answer: Answer<Investigation>): Answer<Investigation> {
  if (answer.kind !== 'found') return answer;
  const movements = answer.value.movements.slice(0, MOST_MOVEMENTS);
  return { kind: 'found', value: { ...answer.value, movements } };
}

/** What is looked into. */
export interface Occasion {
  readonly id: string;
  readonly at: Timestamp;
  readonly trigger: InvestigationTrigger;
}

function toOccasion(change: QualityChangeRow): Occasion {
  const { kind, subject, name, language, account, attribute, key, previous, value } = change;
  const about: QualitySubject = {
    kind,
    id: subject,
    ...(name !== null && { name }),
    ...(language !== null && { language }),
    ...(account !== null && { accountId: account }),
  };
  const told = { from: previous ?? undefined, to: value, reason: change.reason ?? undefined };
  return {
    id: [kind, subject, attribute, ...(key === '' ? [] : [key]), change.at].join('.'),
    at: change.at,
    trigger: { kind: 'quality', subject: about, attribute, ...told },
  };
}

/** `at.` and a time asks for an investigation of that moment. */
function toRequest(id: string): Occasion | undefined {
  const [, at] = /^at\.(\d{1,15})$/.exec(id) ?? [];
  return at === undefined ? undefined : { id, at: Number(at), trigger: { kind: 'request' } };
}

function toSummary(occasion: Occasion, answer: Answer<Investigation>): InvestigationSummary {
  const suspects = answer.kind === 'found' ? answer.value.suspects : [];
  return { ...occasion, suspect: suspects[0]?.subject, suspects: suspects.length };
}
